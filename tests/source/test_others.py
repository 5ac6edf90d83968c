"""Values that would do as well as the first."""

from collections.abc import Callable
from typing import Any

import pytest

from upheld.source.others import others

CASES: dict[str, tuple[Any, Callable[[Any], bool], list[Any]]] = {
    "texts of the same kind": ("AA-8", lambda it: len(it) == 4, [f"AA-{digit}" for digit in "90123456"]),
    "small letters": ("ab", lambda it: it.islower(), ["ac", "ad", "ae", "af", "ag", "ah", "ai", "aj"]),
    "the last one that may be another": ("a)", lambda it: it[1] == ")", [f"{letter})" for letter in "bcdefghi"]),
    "no letter and no digit": ("@", lambda it: "@" in it, [f"@{letter}" for letter in "abcdefgh"]),
    "nothing": ("", lambda _: True, [*"abcdefgh"]),
    "numbers": (7, lambda it: it > 5, [*range(8, 16)]),
    "all but a few": (7, lambda it: it != 9, [8, 10, 11, 12, 13, 14, 15, 16]),
    "asked for itself": ("admin", lambda it: it == "admin", []),
    "a bound": (19, lambda it: it < 21, []),
    "no text and no number": ([1], lambda _: True, []),
    "true or false": (True, lambda _: True, []),
}


@pytest.mark.parametrize(("value", "does", "expected"), CASES.values(), ids=CASES)
def test_others(value: Any, does: Callable[[Any], bool], expected: list[Any]) -> None:
    assert expected == others(value, does)
