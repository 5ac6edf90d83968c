"""One difference between two schemas: what happened where, and what may show it."""

import math
from dataclasses import dataclass
from typing import TypeAlias

from upheld.diff.forms import NAMES, Fixed, Lists, Numbers, Objects, Part, Texts, written
from upheld.model import Json

Steps: TypeAlias = tuple[tuple[Part, str | int], ...]
"""The way from the root to a value: on the sending side, the part and the member or item of it, outermost first; of a
text, the JSON that it holds."""

MADE_UP = "Body_"
"""How the names begin that FastAPI makes up for a body, which nobody has written."""

LISTED_MOST = 6
"""So many listed values are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One difference between two schemas.

    `small` is the sending side, the old schema of a request and the new one of an answer; `big` the accepting one.
    """

    what: str
    """A key of `WORDS`."""
    loses: bool
    """Whether what is sent is no longer all accepted there, as far as this alone says; else there is room to spare."""
    small: str | None
    """A JSON pointer into the sending side's document; `None` where nothing stands there."""
    big: str | None
    values: tuple[Json, ...] = ()
    """What may be sent there and is refused, the likeliest first."""
    unsure: bool = False
    """Whether it could not be told if there are such values."""
    sent: str = ""
    """What the sending side says, in short."""
    accepted: str = ""
    about: str | None = None
    """Where what is told of stands, if neither `small` nor `big` says it well: a union, of one of its alternatives."""
    deprecated: bool = False
    """Whether it was said to go away where it stood before."""


def type_name(part: Part) -> str:
    """Return the type of a part's values, as JSON Schema calls it."""
    if isinstance(part, Numbers) and part.whole:
        return "integer"
    if isinstance(part, Fixed):
        return "array" if isinstance(part.value, list) else "object"
    return NAMES[type(part)]


def described(part: Part) -> str:
    """Return what to call a part of a union that has no name: its type, and what tells it from others of that type."""
    match part:
        case Texts(formats=formats) if formats:
            more = f" ({' and '.join(sorted(formats))})"
        case Lists() if (size := told(part, "size")) != "any":
            more = f" ({size})"
        case Objects() if part.required:
            more = f" (with {', '.join(sorted(part.required)[:LISTED_MOST])})"
        case _:
            more = ""
    return f"{type_name(part)}{more}"


def is_component(place: str | None) -> bool:
    """Return whether a pointer leads to a schema of the components, not into one."""
    _, found, name = (place or "").partition("/components/schemas/")
    return bool(found) and "/" not in name


def listing(values: frozenset[Json]) -> str:
    """Return values as a sentence lists them."""
    told = [written(value) for value in sorted(values, key=lambda value: (isinstance(value, str), value))]
    more = f" and {len(told) - LISTED_MOST} more" if len(told) > LISTED_MOST else ""
    return ", ".join(told[:LISTED_MOST]) + more


def told(part: Part, aspect: str) -> str:
    """Return in words what a part says of one aspect; "any" where it says nothing."""
    match aspect, part:
        case "range", Numbers():
            return _range(part)
        case "length", Texts():
            return _between(part.low, part.high, "character")
        case "pattern", Texts():
            return " and ".join(sorted(part.patterns)) or "any"
        case "format", Texts():
            return " and ".join(sorted(part.formats)) or "any"
        case "size", Lists():
            sizes = _between(part.low, part.high, "item")
            return f"{'' if sizes == 'any' else f'{sizes}, '}no two equal" if part.unique else sizes
        case "size", Objects():
            return _between(part.low, part.high, "member")
    return "any"


def _range(part: Numbers) -> str:
    low = f"{'>' if part.low_open else '≥'} {written(part.low)}" if part.low > -math.inf else ""
    high = f"{'<' if part.high_open else '≤'} {written(part.high)}" if part.high < math.inf else ""
    steps = [f"a multiple of {float(step):g}" for step in sorted(part.steps)]
    return ", ".join(filter(None, (low, high, *steps))) or "any"


def _between(low: int, high: int | None, noun: str) -> str:
    if high is None:
        return f"at least {low} {noun}{'' if low == 1 else 's'}" if low else "any"
    if low == high:
        return f"{low} {noun}{'' if low == 1 else 's'}"
    return f"{low} to {high} {noun}s" if low else f"at most {high} {noun}{'' if high == 1 else 's'}"
