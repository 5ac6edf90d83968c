"""What is asked of a request member that is to have a Python value."""

import datetime as dt
import decimal
import enum
import math
import uuid
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from upheld.model import Exactly, Json, Presence, Shaped, Want, Where
from upheld.source.inversion import Sized
from upheld.source.operations import UnsureError

PRESENT = object()
"""A value of which only the presence is known."""


def want(where: Where, value: Any, others: Iterable[Any] = (), *, absent: bool) -> Want:
    """Return what is asked of a member whose Python value is to be this one, `None` perhaps being its absence.

    `others` would do as well.
    """
    if value is PRESENT:
        return Presence.PRESENT
    if value is None and (absent or where[0] != "body" or len(where) == 1):
        return Presence.ABSENT
    if isinstance(value, Sized):
        size = value.length
        return Shaped(schema={"minLength": size, "maxLength": size, "minItems": size, "maxItems": size})
    return Exactly(value=wire(value), others=tuple(map(wire, others)))


def wire(value: Any) -> Json:
    """Return a Python value as the JSON that is sent for it. Errors: UnsureError for what no JSON stands for."""
    match value:
        case enum.Enum():
            return wire(value.value)
        case None | bool() | int() | str():
            return value
        case float():
            if not math.isfinite(value):
                raise UnsureError
            return value
        case decimal.Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case uuid.UUID():
            return str(value)
        case dt.datetime():
            return (value if value.tzinfo is not None else value.replace(tzinfo=dt.UTC)).isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return f"PT{int(value.total_seconds())}S"
        case bytes():
            return value.decode("latin-1")
        case list() | tuple() | set() | frozenset():
            return [wire(part) for part in (value if isinstance(value, list | tuple) else sorted(value, key=repr))]
        case dict():
            return {str(name): wire(part) for name, part in value.items()}
        case BaseModel():
            return value.model_dump(mode="json", by_alias=True)
    raise UnsureError
