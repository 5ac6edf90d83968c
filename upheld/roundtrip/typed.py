"""Whether what a method returned, or an error holds, is of the annotated type."""

import typing
from typing import Any

from pydantic import TypeAdapter, ValidationError

from upheld.roundtrip.shipped import parts


def mistyped(value: object, hint: Any, known: dict[object, TypeAdapter[Any]]) -> str | None:
    """Return what is wrong with a value for an annotation, in one line; `None` for nothing.

    Of a stream only its class is looked at; its items come later.
    """
    for part in parts(hint):
        origin = typing.get_origin(part) or part
        if part is Any or part is object or (part in (None, type(None)) and value is None):
            return None
        if isinstance(origin, type) and origin.__module__.endswith("._runtime.streams"):
            if isinstance(value, origin):
                return None
            continue
        if _is(value, part, known):
            return None
    return f"{type(value).__name__} {_shown(value)} is no {_name(hint)}"


def item(hint: Any, stream: object) -> Any:
    """Return the annotation of a stream's items."""
    for part in parts(hint):
        origin = typing.get_origin(part) or part
        if isinstance(origin, type) and isinstance(stream, origin):
            return next(iter(typing.get_args(part)), Any)
    return Any


def _is(value: object, kind: Any, known: dict[object, TypeAdapter[Any]]) -> bool:
    key = ("typed", repr(kind))
    try:
        if key not in known:
            known[key] = TypeAdapter(kind)
        known[key].validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


def _name(hint: Any) -> str:
    name = getattr(hint, "__name__", None)
    return name if isinstance(hint, type) and isinstance(name, str) else str(hint).replace("typing.", "")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
