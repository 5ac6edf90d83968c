"""Texts that match an expression, or nothing where it has parts that cannot be made."""

import random
import re

import pytest

from upheld.pattern import matching, sized

MADE = [
    "^a$",
    "abc",
    "^[A-Z]{2}\\d{3,}$",
    "^(red|green|blue)-[0-9]+$",
    "^\\w+@\\w+\\.(com|org)$",
    "^[^a-y]$",
    "^.{3}$",
    "^a*b+?c?$",
    "^(?:x|(y))$",
    "^[\\s]$",
    "^[^/]+$",
    "^[a-z\\d_-]{3,16}$",
    "^\\+?[1-9]\\d{1,14}$",
    "^(?P<year>\\d{4})$",
    "a++",
    "",
]
NOT_MADE = ["(?=a)b", "(a)\\1", "(", "^[^\x20-\x7e]$", "\\bword\\b\\B", "[\\D]", "$a", "a" * 10 + "{1"]


@pytest.mark.parametrize("pattern", MADE)
def test_made(pattern: str) -> None:
    chance = random.Random(1)
    for _ in range(50):
        text = matching(pattern, chance)
        assert text is not None
        assert re.search(pattern, text)


@pytest.mark.parametrize("pattern", NOT_MADE)
def test_not_made(pattern: str) -> None:
    """What is made without understanding everything matches all the same, or is not handed out."""
    text = matching(pattern, random.Random(1))
    assert text is None or re.search(pattern, text)


SIZED: dict[str, tuple[str, int, str | None]] = {
    "^[a-z]+@[a-z]+$": ("a@b", 5, "aaa@b"),
    "^x[0-9]*$": ("x1", 4, "x111"),
    "^(ab)+$": ("ab", 4, None),
    "^[0-9]+$": ("1", 1, "1"),
    "^[a-b]+$": ("ab", 1, "a"),
    "^[a-b]+b$": ("ab", 1, None),
    "^[c-d]*$": ("", 2, None),
    "^[e-f]*$": ("e", 1000, None),
}


@pytest.mark.parametrize("pattern", SIZED)
def test_sized(pattern: str) -> None:
    text, length, expected = SIZED[pattern]
    assert expected == sized(pattern, text, length)


def test_variety() -> None:
    chance = random.Random(1)
    assert 3 == len({matching("^(red|green|blue)$", chance) for _ in range(50)})
