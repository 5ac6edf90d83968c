"""Texts that match a regular expression, made in microseconds.

Reads Python's own parse of the expression. What it cannot make (look-around, back references) it says nothing about.
"""

import random
import re
import string
from functools import cache, lru_cache
from re import _constants, _parser  # the parser that `re` is made of
from typing import Any

_REPEATS_MOST = 4
_DRAWN = 4
_LONGER_MOST = 300
"""So many characters are added at most: an expression may take long to refuse a long text."""
_PRINTABLE = [ord(char) for char in string.printable[:95]]
_CATEGORIES = {
    _constants.CATEGORY_DIGIT: [ord(char) for char in string.digits],
    _constants.CATEGORY_WORD: [ord(char) for char in string.ascii_letters + string.digits + "_"],
    _constants.CATEGORY_SPACE: [ord(" ")],
}


def matching(pattern: str, chance: random.Random) -> str | None:
    """Return a text that matches an expression, anchored or not; `None` where it has parts that cannot be made."""
    parsed = _parsed(pattern)
    if parsed is None:
        return None
    try:
        text = "".join(_made(parsed, chance))
    except NotImplementedError:
        return None
    return text if re.search(pattern, text) else None


@lru_cache(maxsize=256)
def drawn(pattern: str) -> tuple[str, ...]:
    """Return a few texts that match an expression, the same ones each time; () where none can be made."""
    chance = random.Random(pattern)
    made = (matching(pattern, chance) for _ in range(_DRAWN))
    return tuple(text for text in made if text is not None)


def sized(pattern: str, text: str, length: int) -> str | None:
    """Return a text of a length that matches, made of another by cutting it or repeating one character."""
    missing = length - len(text)
    if missing > _LONGER_MOST:
        return None
    if missing < 0:
        return text[:length] if re.search(pattern, text[:length]) else None
    for place, char in enumerate(text):
        made = text[:place] + char * missing + text[place:]
        if re.search(pattern, made):
            return made
    return None


@cache
def _parsed(pattern: str) -> Any:
    try:
        return _parser.parse(pattern)
    except (re.error, RecursionError, OverflowError):
        return None


def _made(parsed: Any, chance: random.Random) -> list[str]:
    texts: list[str] = []
    for kind, value in parsed:
        match kind:
            case _constants.LITERAL:
                texts.append(chr(value))
            case _constants.ANY:
                texts.append(chr(chance.choice(_PRINTABLE)))
            case _constants.NOT_LITERAL:
                texts.append(chr(chance.choice([code for code in _PRINTABLE if code != value])))
            case _constants.IN:
                texts.append(chr(chance.choice(_members(value))))
            case _constants.MAX_REPEAT | _constants.MIN_REPEAT | _constants.POSSESSIVE_REPEAT:
                least, most, inner = value
                for _ in range(chance.randint(least, max(least, min(most, least + _REPEATS_MOST)))):
                    texts += _made(inner, chance)
            case _constants.SUBPATTERN:
                texts += _made(value[-1], chance)
            case _constants.BRANCH:
                texts += _made(chance.choice(value[1]), chance)
            case _constants.AT:
                pass
            case _:
                raise NotImplementedError
    return texts


def _members(items: Any) -> list[int]:
    found: list[int] = []
    negated = False
    for kind, value in items:
        match kind:
            case _constants.NEGATE:
                negated = True
            case _constants.LITERAL:
                found.append(value)
            case _constants.RANGE:
                found.extend(range(value[0], min(value[1], value[0] + 200) + 1))
            case _constants.CATEGORY if value in _CATEGORIES:
                found.extend(_CATEGORIES[value])
            case _:
                raise NotImplementedError
    codes = [code for code in _PRINTABLE if code not in found] if negated else found
    if not codes:
        raise NotImplementedError
    return codes
