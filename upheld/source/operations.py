"""What is computed of request members: values as trees that can be evaluated, once members are chosen."""

import datetime as dt
import decimal
import enum
import operator
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from upheld.model import Where
from upheld.source.pure import FUNCTIONS, VALUES
from upheld.source.values import Display, Input, Known, Op, Value

Chosen = Mapping[Where, Any]
"""Python values of request members."""


class UnsureError(Exception):
    """An expression cannot be evaluated: a member is not chosen, or only its shape is."""


PLAIN = (
    str, bytes, int, float, complex, bool, type(None), decimal.Decimal, uuid.UUID, enum.Enum, re.Pattern, re.Match,
    dt.date, dt.time, dt.timedelta, dt.tzinfo, type(dt.date.min.isocalendar()), range, *VALUES,
)  # fmt: skip
"""Types whose methods change nothing and know nothing of the world."""
CONTAINERS = (list, tuple, set, frozenset, dict)


class Today(dt.date):
    """A day that the present is told by; what is added to it is one, too."""


class Now(dt.datetime):
    """A moment that the present is told by; what is added to it is one, too."""

    def date(self) -> Today:
        """Return its day."""
        return Today(self.year, self.month, self.day)


class Moving(int):
    """A part of the present: its year, its hour."""


_OF_THE_PRESENT = (Today, Now, Moving)
NOW = Now(2026, 1, 1, 12)
"""Stands for the present: what is compared with it is tried far in the past and far in the future."""


def plain(value: object, depth: int = 2) -> bool:
    """Return whether an object is made of nothing but plain values."""
    if isinstance(value, PLAIN):
        return True
    if not isinstance(value, CONTAINERS) or depth == 0 or len(value) > 2000:
        return False
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    return all(plain(part, depth - 1) for part in parts)


def _method(this: Any, name: str, *args: Any) -> Any:
    if not plain(this) or name.startswith("_"):
        raise UnsureError
    if isinstance(this, list | dict | set) and name not in ("get", "keys", "values", "items", "count", "index"):
        raise UnsureError
    return getattr(this, name)(*args)


def _attribute(this: Any, name: str) -> Any:
    if not isinstance(this, PLAIN):
        raise UnsureError
    return getattr(this, name)


def _match(kind: str, pattern: Any, text: Any, flags: int = 0) -> Any:
    return getattr(re.compile(pattern, flags), kind)(text)


def _aligned(compare: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Compare moments with and without an offset as if both had one."""

    def compared(a: Any, b: Any) -> Any:
        if isinstance(a, dt.datetime) and isinstance(b, dt.datetime) and (a.tzinfo is None) != (b.tzinfo is None):
            a, b = (one.replace(tzinfo=one.tzinfo or dt.UTC) for one in (a, b))
        return compare(a, b)

    return compared


OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "==": operator.eq, "!=": operator.ne,
    "<": _aligned(operator.lt), "<=": _aligned(operator.le), ">": _aligned(operator.gt), ">=": _aligned(operator.ge),
    "is": operator.eq, "is not": operator.ne,
    "in": lambda part, whole: part in whole, "not in": lambda part, whole: part not in whole,
    "not": operator.not_, "truth": bool,
    "+": operator.add, "-": _aligned(operator.sub), "*": operator.mul, "/": operator.truediv,
    "//": operator.floordiv, "%": operator.mod, "**": lambda a, b: operator.pow(a, b) if abs(b) < 64 else None,
    "&": operator.and_, "|": operator.or_, "^": operator.xor,
    "neg": operator.neg, "pos": operator.pos, "inv": operator.invert,
    "item": operator.getitem, "attr": _attribute, "method": _method, "match": _match,
    "slice": lambda whole, a, b, c: whole[a:b:c],
    "isinstance": isinstance, "call": lambda function, *args: function(*args),
    "list": lambda *parts: [*parts], "tuple": lambda *parts: parts, "set": lambda *parts: {*parts},
    "dict": lambda *parts: dict(zip(parts[::2], parts[1::2], strict=True)),
    "text": lambda *parts: "".join(map(str, parts)),
}  # fmt: skip
CALLS: frozenset[Any] = frozenset(
    {
        len, int, float, str, bool, abs, round, min, max, sum, sorted, set, frozenset, list, tuple, dict, ord, chr,
        divmod, reversed, bytes, repr, hash, decimal.Decimal, uuid.UUID, dt.date, dt.datetime,
        dt.time, dt.timedelta, dt.date.fromisoformat, dt.datetime.fromisoformat, *FUNCTIONS,
    }
)  # fmt: skip
"""Functions that may be called while reading."""


FAILING: Mapping[Any, type[Exception]] = {
    int: ValueError, float: ValueError, decimal.Decimal: decimal.InvalidOperation, uuid.UUID: ValueError,
    dt.date.fromisoformat: ValueError, dt.datetime.fromisoformat: ValueError, dt.datetime.strptime: ValueError,
}  # fmt: skip
"""Those that refuse most texts, and what they raise."""


def inputs(value: Value) -> Iterator[Input]:
    """Yield the request members that a value is computed of."""
    if isinstance(value, Input):
        yield value
    elif isinstance(value, Op):
        for part in value.args:
            yield from inputs(part)


def stateful(value: Value) -> bool:
    """Return whether a value depends on something that requests may change."""
    if isinstance(value, Known):
        return value.state
    return isinstance(value, Op) and any(map(stateful, value.args))


def evaluate(value: Value, chosen: Chosen) -> Any:
    """Return what a value is, once members are chosen. Errors: UnsureError, and whatever the computation raises."""
    match value:
        case Known():
            return value.value
        case Input():
            try:
                found = chosen[value.where]
            except KeyError:
                raise UnsureError from None
            return found
        case Op(name="fails", args=(inner,)):
            if isinstance(inner, Op) and inner.name == "item":
                evaluate(inner.args[0], chosen)  # what raises there is another matter
            return _fails(inner, chosen)
        case Op():
            return OPERATIONS[value.name](*(evaluate(part, chosen) for part in value.args))
    raise UnsureError


def _fails(value: Value, chosen: Chosen) -> bool:
    try:
        evaluate(value, chosen)
    except UnsureError:
        raise
    except Exception:  # noqa: BLE001 - whatever the app would get
        return True
    return False


def key(value: Value) -> object:
    """Return what is the same for the same expression."""
    match value:
        case Known():
            found = value.value
            scalar = isinstance(found, str | int | float | bool | type(None) | bytes)
            return (type(found).__name__, found) if scalar else ("object", id(found))
        case Input():
            return value.where
        case Op():
            return (value.name, *map(key, value.args))
    return ("object", id(value))


def op(name: str, *args: Value) -> Value | None:
    """Return an expression, computed where nothing of the request is in it; `None` where a part is unknown."""
    parts = [packed(part) for part in args]
    known = [part for part in parts if isinstance(part, Known | Input | Op)]
    if len(known) < len(parts):
        return None
    if any(isinstance(part, Input | Op) for part in known):
        return Op(name, tuple(known))
    state = any(isinstance(part, Known) and part.state for part in known)
    try:
        found = evaluate(Op(name, tuple(known)), {})
    except RecursionError:
        return None
    if any(isinstance(part, Known) and isinstance(part.value, _OF_THE_PRESENT) for part in known):
        return of_the_present(found, state=state)
    return Known(found, state)


def of_the_present(found: object, *, state: bool) -> Known:
    """Return what is computed of the present: whether something holds by now says nothing of later."""
    if type(found) is int:
        return Known(Moving(found), state)
    return Known(found, state or not isinstance(found, _OF_THE_PRESENT))


def packed(value: Value) -> Value:
    """Return a display as an expression, where its parts are all known or computed."""
    if not isinstance(value, Display) or not value.whole:
        return value
    parts = [packed(part) for part in value.items]
    if not all(isinstance(part, Known | Input | Op) for part in parts):
        return value
    made = Op(value.kind, tuple(parts))
    if all(isinstance(part, Known) for part in parts):
        try:
            return Known(evaluate(made, {}), any(isinstance(part, Known) and part.state for part in parts))
        except TypeError:
            return value
    return made
