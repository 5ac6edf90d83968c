"""Chance draws what `random.Random` draws."""

import random

import pytest

from upheld.drive.chance import Chance


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 7, 8, 9, 100])
def test_the_same_is_chosen(length: int) -> None:
    chance, known = Chance(f"seed {length}"), random.Random(f"seed {length}")
    items = list(range(length))
    assert [known.choice(items) for _ in range(200)] == [chance.choice(items) for _ in range(200)]
    assert known.random() == chance.random()


def test_nothing_to_choose_from() -> None:
    with pytest.raises(IndexError):
        Chance(0).choice([])
