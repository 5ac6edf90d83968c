"""Values of one request member that may make a condition true, or false: guesses, to be checked afterwards."""

import contextlib
import datetime as dt
import decimal
import enum
from collections.abc import Iterable, Iterator
from typing import Any

from upheld.pattern import drawn
from upheld.source import inversion
from upheld.source.operations import Chosen
from upheld.source.values import Input, Known, Op, Value

_PREDICATES = ("1", "a", "A", " ", "aB1", "é", "-", "٣", "²", "")
_FAR = 40_000


def suggestions(condition: Value, chosen: Chosen, wanted: Input) -> Iterator[Any]:
    """Yield Python values of one member for a condition on it, the others being chosen."""
    match condition:
        case Op(name="not", args=(inner,)):
            yield from suggestions(inner, chosen, wanted)
        case Op(name="in" | "not in", args=(part, whole)):
            yield from _membership(part, whole, chosen, wanted)
        case Op(name="==" | "!=" | "<" | "<=" | ">" | ">=" | "is" | "is not", args=(left, right)):
            for here, there in ((left, right), (right, left)):
                if inversion.holds(here, wanted):
                    for target in _beside(inversion.value_of(there, chosen, wanted)):
                        yield from inversion.inverted(here, target, chosen, wanted)
        case Op(name="isinstance", args=(inner, Known(value=kinds))):
            for kind in kinds if isinstance(kinds, tuple) else (kinds,):
                yield from inversion.inverted(inner, _SAMPLES.get(kind, inversion.OUTSIDER), chosen, wanted)
        case Op(name="fails", args=(Op(name="call", args=(Known(value=function), inner, *_)) as call,)):
            for target in _UNREADABLE.get(function, ("", "a")):
                yield from inversion.inverted(inner, target, chosen, wanted)
            for target in _READABLE:
                yield from inversion.inverted(call, target, chosen, wanted)
        case Op(name="fails", args=(Op(name="item", args=(inner, _)),)):
            for target in ({}, 1, []):
                yield from inversion.inverted(inner, target, chosen, wanted)
        case Op(name="match", args=(_, Known(value=pattern), text, *_)):
            yield from _matches(getattr(pattern, "pattern", pattern), text, chosen, wanted)
        case Op(name="method", args=(inner, Known(value=method), *arguments)):
            yield from _method(str(method), inner, arguments, chosen, wanted)
        case Op(name="item", args=(Known(value=dict() as table), inner)):
            for each in table:
                yield from inversion.inverted(inner, each, chosen, wanted)
        case Op(name=name, args=args) if name not in ("item", "slice", "attr", "call"):
            for part in args:
                if inversion.holds(part, wanted):
                    yield from suggestions(part, chosen, wanted)
    if isinstance(condition, Op) and condition.name in _QUESTIONS:
        for part in condition.args:
            if isinstance(part, Op):
                yield from suggestions(part, chosen, wanted)
        return
    for target in (0, 1, True, False, None, "", "a", [], -1):
        yield from inversion.inverted(condition, target, chosen, wanted)


_QUESTIONS = frozenset(
    {"==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in", "not", "truth", "isinstance", "fails", "match"}
)
"""What is true or false, whatever it is about."""
_UNREADABLE: dict[Any, tuple[str, ...]] = {
    int: ("²", "½", "", "a", "1.5", "-"),
    dt.date.fromisoformat: ("2023-02-30", "", "a"),
    dt.datetime.fromisoformat: ("2023-02-30T00:00:00", "", "a"),
    dt.datetime.strptime: ("2023-02-30", "", "a"),
}
"""Texts that pass what is usually asked of a text before it is converted, and others."""
_READABLE = (1, 0, 1000, dt.date(2024, 1, 1), dt.datetime(2024, 1, 1))
_SAMPLES: dict[Any, Any] = {str: "a", int: 7, float: 1.5, bool: True, list: [], dict: {}, type(None): None}


def _beside(target: Any) -> Iterator[Any]:
    """Yield a value, what lies just beside it, and something far from it."""
    yield target
    if isinstance(target, bool) or target is None:
        yield from (not target,) if target is not None else ("a", 1)
    elif isinstance(target, int):
        yield from (target - 1, target + 1, target + 1000, 0 if target > 0 else target - 1000)
    elif isinstance(target, float | decimal.Decimal):
        number: Any = target
        small, large = type(number)("0.01"), type(number)(1000)
        with contextlib.suppress(ArithmeticError):
            yield from (number - small, number + small, number - 1, number + 1, number + large, number - large)
    elif isinstance(target, enum.Enum):
        yield from (one for one in type(target) if one is not target)
    elif isinstance(target, str):
        yield from (f"{target}a", target[:-1], inversion.OUTSIDER, "", "~")
    elif isinstance(target, dt.date | dt.timedelta):
        for days in (1, -1, 366, -366, _FAR, -_FAR):
            with contextlib.suppress(OverflowError):
                yield target + dt.timedelta(days=days)
    elif isinstance(target, list | tuple):
        yield from (type(target)(), type(target)([*target, *target[:1]]))


def _membership(part: Value, whole: Value, chosen: Chosen, wanted: Input) -> Iterator[Any]:
    if inversion.holds(part, wanted):
        container = inversion.value_of(whole, chosen, wanted)
        found: list[Any] = []
        if isinstance(container, str):
            found = [container[:1], container]
        elif isinstance(container, range):
            found = [container[0], container[-1], container[-1] + 1] if len(container) else []
        elif isinstance(container, list | tuple | set | frozenset | dict):
            members = sorted(container, key=repr) if isinstance(container, set | frozenset) else list(container)
            found = members[: inversion.MEMBERS_MOST]
        for target in found:
            yield from inversion.inverted(part, target, chosen, wanted)
        for target in _outsiders(found):
            yield from inversion.inverted(part, target, chosen, wanted)
    if inversion.holds(whole, wanted):
        target = inversion.value_of(part, chosen, wanted)
        for container in (target, f"{target} {inversion.OUTSIDER}", [target], {str(target): 1}, inversion.OUTSIDER, []):
            yield from inversion.inverted(whole, container, chosen, wanted)


def _outsiders(found: list[Any]) -> Iterator[Any]:
    numbers = [one for one in found if isinstance(one, int | float)]
    if numbers:
        yield from (max(numbers) + 1, min(numbers) - 1)
    for one in found[:1]:
        if isinstance(one, enum.Enum):
            yield from type(one)
        if isinstance(one, dt.date):
            yield from _beside(one)
    yield from (inversion.OUTSIDER, "ZZ", 987_654)


def _matches(pattern: object, text: Value, chosen: Chosen, wanted: Input) -> Iterator[Any]:
    if isinstance(pattern, str):
        for made in drawn(pattern):
            yield from inversion.inverted(text, made, chosen, wanted)
    for other in (inversion.OUTSIDER, "0", "!"):
        yield from inversion.inverted(text, other, chosen, wanted)


def _method(name: str, inner: Value, arguments: Iterable[Value], chosen: Chosen, wanted: Input) -> Iterator[Any]:
    if not inversion.holds(inner, wanted):
        for part in arguments:
            yield from suggestions(part, chosen, wanted)
        return
    given = [inversion.value_of(argument, chosen, wanted) for argument in arguments]
    made: list[Any] = []
    if name in ("startswith", "endswith", "count", "find", "index") and given:
        there = inversion.value_of(inner, chosen, wanted)
        for one in given[0] if isinstance(given[0], tuple) else given[:1]:
            if isinstance(one, str) and isinstance(there, str):
                made.append(there[: -len(one) or None] + one if name == "endswith" else one + there[len(one) :])
            made += [f"{one}a", one] if name == "startswith" else [f"a{one}", one]
    elif name.startswith("is"):
        made += _PREDICATES
    elif name == "get" and given:
        made += [{str(given[0]): 1}, {}]
    for target in (*made, inversion.OUTSIDER):
        yield from inversion.inverted(inner, target, chosen, wanted)


# Inversion -----------------------------------------------------------------------------------------------------------
