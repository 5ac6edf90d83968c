"""What two forms have in common, and what is left of everything without one."""

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

from upheld.diff.forms import (
    EVERYTHING,
    FREE,
    KINDS,
    All,
    Booleans,
    Fixed,
    Form,
    Lists,
    Members,
    Nulls,
    Number,
    Numbers,
    Objects,
    Part,
    Texts,
    full,
)
from upheld.diff.texts import keeps, matches
from upheld.model import Json

PARTS_MOST = 200
"""More parts than this are not multiplied out."""

Holds: TypeAlias = Callable[[Part, Json], bool | None]
"""Whether a part accepts a value; `None` where that cannot be told."""

_unknown = itertools.count()


def unknown() -> str:
    """Return a condition that is like no other: nothing is known of it."""
    return f"?{next(_unknown)}"


def both(*conditions: All) -> All:
    """Return the nodes of several conditions that all apply."""
    if len(conditions) == 1:
        return conditions[0]
    return tuple(sorted({node for condition in conditions for node in condition}))


def meet(one: Form, other: Form, holds: Holds) -> Form:
    """Return what both forms accept."""
    if len(one.parts) * len(other.parts) > PARTS_MOST * len(KINDS):
        return bounded(one, frozenset({unknown()}))
    found: dict[Part, None] = {}
    for kind in KINDS:
        for first in one.of(kind):
            for second in other.of(kind):
                if (common := _common(first, second, holds)) is not None:
                    found[common] = None
                    if len(found) > max(PARTS_MOST, len(one.parts), len(other.parts)):
                        return bounded(one, frozenset({unknown()}))
    return Form(tuple(found))


def bounded(form: Form, atoms: frozenset[str]) -> Form:
    """Return a form whose parts have further conditions."""
    return Form(tuple(replace(part, atoms=part.atoms | atoms) for part in form.parts)) if atoms else form


def _common(one: Part, other: Part, holds: Holds) -> Part | None:
    made = _meet(one, other, holds)
    if made is None:
        return None
    origin = one.origin if one.origin >= 0 else other.origin
    atoms = made.atoms | one.atoms | other.atoms if one.atoms or other.atoms else made.atoms
    return made if made.origin == origin and made.atoms == atoms else replace(made, atoms=atoms, origin=origin)


def _meet(one: Part, other: Part, holds: Holds) -> Part | None:
    match one, other:
        case Fixed(), Fixed():
            return one if one.text == other.text else None
        case (Fixed() as fixed, part) | (part, Fixed() as fixed):
            held = holds(part, fixed.value)
            return None if held is False else fixed if held else replace(fixed, atoms=fixed.atoms | {unknown()})
        case Nulls(), Nulls():
            return one
        case Booleans(), Booleans():
            return Booleans(values=one.values & other.values) if one.values & other.values else None
        case Numbers(), Numbers():
            return _numbers(one, other)
        case Texts(), Texts():
            return _texts(one, other)
        case Lists(), Lists():
            return _lists(one, other)
        case Objects(), Objects():
            return _objects(one, other)
    return None


# Numbers and texts ----------------------------------------------------------------------------------------------


def _numbers(one: Numbers, other: Numbers) -> Part | None:
    low = max((one.low, one.low_open), (other.low, other.low_open))
    high = min((one.high, not one.high_open), (other.high, not other.high_open))
    values = one.values if other.values is None else other.values if one.values is None else one.values & other.values
    return tidy(
        Numbers(
            low=low[0],
            low_open=low[1],
            high=high[0],
            high_open=not high[1],
            whole=one.whole or other.whole,
            steps=one.steps | other.steps,
            values=values,
            without=one.without | other.without,
        )
    )


def tidy(part: Numbers) -> Numbers | None:
    """Return numbers in the one way to say them; `None` where there are none."""
    if part.values is not None:
        values = frozenset(value for value in part.values if has_number(part, value))
        return Numbers(values=values, atoms=part.atoms, origin=part.origin) if values else None
    step = _common_step((*part.steps, *((Fraction(1),) if part.whole else ())))
    if step is not None and step.denominator == 1:
        part = _closed(replace(part, whole=True, steps=frozenset({step} if step != 1 else ())))
    elif step is not None:
        part = replace(part, steps=frozenset({step}))
    if part.low > part.high or (part.low == part.high and (part.low_open or part.high_open)):
        return None
    return part


def _common_step(steps: Sequence[Fraction]) -> Fraction | None:
    """Return the smallest number of which all multiples are multiples of all the steps."""
    if not steps:
        return None
    return Fraction(math.lcm(*(step.numerator for step in steps)), math.gcd(*(step.denominator for step in steps)))


def _closed(part: Numbers) -> Numbers:
    low, high = part.low, part.high
    if low > -math.inf:
        low = math.floor(low) + 1 if part.low_open else math.ceil(low)
    if high < math.inf:
        high = math.ceil(high) - 1 if part.high_open else math.floor(high)
    return replace(part, low=low, low_open=False, high=high, high_open=False)


def has_number(part: Numbers, value: Number) -> bool:
    """Return whether a part accepts a number; its atoms apart."""
    if part.values is not None and value not in part.values:
        return False
    if value in part.without or value < part.low or value > part.high:
        return False
    if (part.low_open and value == part.low) or (part.high_open and value == part.high):
        return False
    if part.whole and isinstance(value, float) and not value.is_integer():
        return False
    return all(_is_multiple(value, step.numerator, step.denominator) for step in part.steps)


def _is_multiple(value: Number, numerator: int, denominator: int) -> bool:
    # As people write them: 0.3 is a multiple of 0.1, though the nearest doubles are not.
    return (Fraction(str(value)) * denominator / numerator).denominator == 1


def _texts(one: Texts, other: Texts) -> Part | None:
    highs = [high for high in (one.high, other.high) if high is not None]
    if other.values is not None and one == FREE:
        return other
    values = one.values if other.values is None else other.values if one.values is None else one.values & other.values
    made = Texts(
        low=max(one.low, other.low),
        high=min(highs, default=None),
        patterns=one.patterns | other.patterns,
        formats=one.formats | other.formats,
        values=values,
        without=one.without | other.without,
        content=both(one.content, other.content) if one.content and other.content else one.content or other.content,
    )
    if made.values is not None:
        kept = frozenset(value for value in made.values if has_text(made, value) is not False)
        unsure = any(has_text(made, value) is None for value in kept)
        if not kept:
            return None
        return made if unsure or made.formats else Texts(values=kept)
    return None if made.high is not None and made.low > made.high else made


def has_text(part: Texts, value: str) -> bool | None:
    """Return whether a part accepts a text, formats and atoms apart; `None` where an expression cannot be read."""
    if part.values is not None and value not in part.values:
        return False
    if value in part.without or len(value) < part.low or (part.high is not None and len(value) > part.high):
        return False
    return every(matches(pattern, value) for pattern in part.patterns)


def holds_text(part: Texts, value: str) -> bool | None:
    """Return whether a part accepts a text, atoms apart; `None` where that cannot be told."""
    return every((has_text(part, value), *(keeps(form, value) for form in part.formats)))


def every(answers: Iterable[bool | None]) -> bool | None:
    """Return whether all answers are yes; `None` where one is not known, and none is no."""
    unsure = False
    for answer in answers:
        if answer is False:
            return False
        unsure = unsure or answer is None
    return None if unsure else True


# Arrays and objects ---------------------------------------------------------------------------------------------


def _lists(one: Lists, other: Lists) -> Part | None:
    length = max(len(one.prefix), len(other.prefix))
    highs = [high for high in (one.high, other.high) if high is not None]
    made = Lists(
        prefix=tuple(both(one.item(at), other.item(at)) for at in range(length)),
        items=both(one.items, other.items),
        low=max(one.low, other.low),
        high=min(highs, default=None),
        unique=one.unique or other.unique,
    )
    return None if made.high is not None and made.low > made.high else made


def _objects(one: Objects, other: Objects) -> Part | None:
    highs = [high for high in (one.high, other.high) if high is not None]
    names = [*one.members, *(name for name in other.members if name not in one.members)]
    members = Members((name, both(member(one, name), member(other, name))) for name in names)
    extra = None if one.extra is None and other.extra is None else both(one.extra or (), other.extra or ())
    made = Objects(
        members=members,
        required=one.required | other.required,
        patterns=tuple(sorted({*one.patterns, *other.patterns})),
        extra=extra,
        names=both(one.names, other.names),
        low=max(one.low, other.low),
        high=min(highs, default=None),
        atoms=_apart(one, other) | _apart(other, one),
    )
    return None if made.high is not None and max(made.low, len(made.required)) > made.high else made


def _apart(one: Objects, other: Objects) -> frozenset[str]:
    """Return an unknown condition where names that one part tells by expression are extra ones to another."""
    told = {pattern for pattern, _ in other.patterns}
    hidden = other.extra not in (None, EVERYTHING) and any(pattern not in told for pattern, _ in one.patterns)
    return frozenset({unknown()}) if hidden else frozenset()


def member(part: Objects, name: str) -> All:
    """Return what applies to a member of an object; where an expression cannot be read, it is taken not to match."""
    if not part.patterns:
        return part.members.get(name, part.extra or EVERYTHING)
    found = [condition for pattern, condition in part.patterns if matches(pattern, name)]
    if name in part.members:
        return both(part.members[name], *found)
    return both(*found) if found else part.extra or EVERYTHING


# Without --------------------------------------------------------------------------------------------------------


def negated(form: Form) -> Form | None:
    """Return what a form refuses; `None` where that cannot be said as a form."""
    rest: list[Part] = []
    for kind in KINDS:
        left: list[Part] = [full(kind)]
        for part in form.of(kind):
            if part.atoms or isinstance(part, Fixed):
                return None
            if part == full(kind):
                left = []
                break
            outside = _outside(part)
            if outside is None:
                return None
            left = [common for one in left for two in outside if (common := _meet(one, two, _cannot)) is not None]
        rest += left
    return Form(tuple(rest))


def _cannot(_part: Part, _value: Json) -> bool | None:
    return None


def _outside(part: Part) -> list[Part] | None:
    match part:
        case Booleans():
            return [Booleans(values=frozenset({False, True}) - part.values)]
        case Texts() if part == Texts(values=part.values):
            return [Texts(without=part.values or frozenset())]
        case Numbers() if part == Numbers(values=part.values):
            return [Numbers(without=part.values or frozenset())]
        case Numbers() if part == Numbers(
            low=part.low, low_open=part.low_open, high=part.high, high_open=part.high_open
        ):
            below = Numbers(high=part.low, high_open=not part.low_open)
            above = Numbers(low=part.high, low_open=not part.high_open)
            return [one for one, bound in ((below, part.low), (above, part.high)) if abs(bound) < math.inf]
        case Texts() if part == Texts(low=part.low, high=part.high):
            short = [Texts(high=part.low - 1)] if part.low > 0 else []
            return [*short, Texts(low=part.high + 1)] if part.high is not None else [*short]
    return None


def without_members(names: frozenset[str], never: All) -> Form:
    """Return what is no object that has all of some members: at least one of them is not there."""
    others = tuple(full(kind) for kind in KINDS if kind is not Objects)
    return Form((*others, *(Objects(members=Members({name: never})) for name in sorted(names))))
