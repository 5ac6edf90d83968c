"""Whether numbers between some bounds are all between others."""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from upheld.diff.forms import Number, Numbers
from upheld.diff.meeting import has_number

LARGEST = 1e300
"""Larger numbers are not reckoned with, but for themselves: not every integer fits a float."""
LISTED_MOST = 64
"""So many integers between two bounds are tried one by one."""


def some(part: Numbers, count: int = 1) -> list[Number]:
    """Return a few numbers that a part accepts, those that read well first; [] where none was found."""
    if part.values is not None:
        return sorted(part.values, key=lambda value: (abs(value), value))[:count]
    return _first(part, _tried(part, [part]), count)


def uncovered(part: Numbers, others: Sequence[Numbers]) -> list[Number] | None:
    """Return numbers that a part accepts and none of the others does: [] for none, `None` where that is not known."""
    sure = [other for other in others if not other.atoms]
    tried = dict.fromkeys(value for value in _tried(part, others) if has_number(part, value))
    apart = [value for value in tried if not _any(others, value)]
    if not apart:
        if part.values is not None:
            covered = all(_any(sure, value) for value in part.values)
        else:
            covered = all(_covered(part, low, high, sure) for low, high in _cells(part, sure))
        if covered:
            return []
        apart = [value for value in tried if not _any(sure, value)]  # a validator may know more of the others
    return sorted(apart, key=lambda value: (abs(value), value < 0, value))[:3] or None


def _any(others: Sequence[Numbers], value: Number) -> bool:
    return any(has_number(other, value) for other in others)


def _covered(part: Numbers, low: Number, high: Number, others: Sequence[Numbers]) -> bool:
    """Whether what lies strictly between two neighbouring bounds is all accepted by one of the others."""
    step = Fraction(max((*part.steps, *((1,) if part.whole else ())), default=0))
    finite = math.inf not in (high, -low)
    if step and finite and Fraction(high) - Fraction(low) <= LISTED_MOST * step:
        multiples = (
            times * step for times in range(math.floor(Fraction(low) / step), math.ceil(Fraction(high) / step) + 1)
        )
        between = (int(value) if value.denominator == 1 else float(value) for value in multiples)
        return all(_any(others, value) for value in between if low < value < high and has_number(part, value))
    return any(
        other.values is None and other.low <= low and other.high >= high and _is_finer(other, part) for other in others
    )


def _is_finer(other: Numbers, part: Numbers) -> bool:
    """Whether another part is as fine as a part or finer: it leaves out no step of it."""
    steps = [*part.steps, *((1,) if part.whole else ())]
    if other.whole and not (part.whole or any(step.denominator == 1 for step in part.steps)):
        return False
    return all(any((step / wanted).denominator == 1 for step in steps) for wanted in other.steps)


def _cells(part: Numbers, others: Sequence[Numbers]) -> Iterator[tuple[Number, Number]]:
    """Yield the stretches between neighbouring bounds within a part; what lies on a bound has been tried."""
    points = [part.low, part.high]
    for other in others:
        points += [other.low, other.high, *(other.values or ()), *other.without]
    inside = sorted({point for point in points if part.low <= point <= part.high})
    yield from pairwise(inside)


def _tried(part: Numbers, others: Sequence[Numbers]) -> Iterator[Number]:
    """Yield numbers at which the parts may differ: their bounds and listed values, and what lies beside and between."""
    yield from (0, 1, -1, 0.5, 2)
    if part.values is not None:
        yield from part.values
    points: set[Number] = {part.low, part.high}
    for other in others:
        points |= {other.low, other.high, *(other.values or ()), *other.without}
    yield from (point for point in points if LARGEST <= abs(point) < math.inf)
    inside = sorted(point for point in points if abs(point) < LARGEST)
    steps = sorted({float(step) for one in (part, *others) for step in one.steps})
    for point in inside:
        yield from (point, point + 1, point - 1)
        if abs(point) < 2**52:
            yield from (point + 0.5, point - 0.5, point + 0.1, point - 0.1)
        if abs(point) >= 2**53:  # where the next number is the same one
            yield from (int(point) + 1, int(point) - 1, 2 * int(point))
    for low, high in pairwise(inside):
        yield (low + high) / 2 if abs(low + high) < 2**53 else (low + high) // 2
        if high - low <= LISTED_MOST:
            yield from range(math.ceil(low), math.floor(high) + 1)
    for step in steps:
        for point in (0, *inside):
            near = round(point / step) if step and abs(point) < 2**52 else 0
            for times in range(near - 3, near + 7):
                value = times * step
                yield int(value) if value.is_integer() else float(repr(round(value, 12)))
    yield from (step / 2 for step in steps)
    product = math.prod(step for one in (part, *others) for step in one.steps)
    yield int(product) if product == int(product) else float(product)


def _first(part: Numbers, tried: Iterator[Number], count: int) -> list[Number]:
    found: dict[Number, None] = {}
    for value in tried:
        if len(found) == count:
            break
        if has_number(part, value):
            found[value] = None
    return list(found)
