"""Values that do not meet every condition yet: which to go on with, and what lies next to them."""

import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from upheld.source.computing import Whole
from upheld.source.values import Known, Op, Value

_BEAM, _ALIKE_MOST = 4, 2
"""How many values are changed further, and how many of them meet the same."""
_NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class Near:
    """A value that does not meet everything."""

    value: Any
    missed: frozenset[int]
    """The ids of the conditions that it does not meet."""
    documented: bool


def best(found: Iterable[Near]) -> list[Near]:
    """Return the values that meet most, few that meet the same."""
    kept: list[Near] = []
    for near in sorted(found, key=lambda near: len(near.missed) + (not near.documented)):
        alike = sum((near.missed, near.documented) == (other.missed, other.documented) for other in kept)
        if alike < _ALIKE_MOST and len(kept) < _BEAM:
            kept.append(near)
    return kept


def goes_round(condition: Value) -> bool:
    """Return whether only trying tells what becomes of a condition."""
    waiting = [condition]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Known) and isinstance(one.value, Whole):
            return True
        waiting += one.args if isinstance(one, Op) else ()
    return False


def neighbours(value: Any) -> Iterator[Any]:
    """Yield what differs from a value at its end, one of which has the right check digit, and multiples of it."""
    if type(value) is int:
        yield from (value + step for step in range(1, _NEIGHBOURS + 1))
        yield from (value * 2, value // 2, value * 10)
    elif type(value) is str and value:
        yield from (value[:-1] + letter for letter in (string.digits if value[-1].isdigit() else string.ascii_letters))
        yield from (value[:-1] + letter for letter in "Xx")
        yield from (value * 2, value * 4)
