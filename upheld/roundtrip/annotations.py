"""Annotations of a generated package: what they take, and whether a value is of one."""

import sys
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

SHOWN_MOST = 80
_UNIONS = (typing.Union, types.UnionType)


def parts(hint: Any, space: dict[str, Any] | None = None) -> Iterator[Any]:
    """Yield the members of a union, and what is annotated or named, down to plain types.

    `space` is where names in quotes stand for something.
    """
    for part in _whole(hint):
        if hasattr(part, "__value__"):  # `type X = …`
            yield from parts(part.__value__, vars(sys.modules[part.__module__]))
        elif isinstance(part, typing.ForwardRef | str) and space is not None:
            yield from parts(_meant(part, space), space)
        else:
            yield part


def _whole(hint: Any) -> Iterator[Any]:
    """Yield the members of a union; what has a name stays as it is, since it may be made of itself."""
    origin = typing.get_origin(hint)
    if origin in _UNIONS:
        for part in typing.get_args(hint):
            yield from _whole(part)
    elif origin is typing.Annotated:
        yield from _whole(typing.get_args(hint)[0])
    else:
        yield hint


def _meant(hint: typing.ForwardRef | str, space: dict[str, Any]) -> Any:
    return eval(hint if isinstance(hint, str) else hint.__forward_arg__, space)  # noqa: S307 - the package's own words


def without(hint: Any, kind: type) -> Any:
    """Return a union without one of its members."""
    if typing.get_origin(hint) not in _UNIONS:
        return hint
    rest = tuple(part for part in typing.get_args(hint) if part is not kind)
    return typing.Union[rest]  # noqa: UP007 - its members are known only here


def is_list(hint: Any) -> bool:
    """Whether an annotation takes a list, and nothing that stands in one text."""
    return _shapes(hint) in ({"list"}, {"list", "object"})


def is_object(hint: Any) -> bool:
    """Whether an annotation takes an object, and nothing else."""
    return _shapes(hint) == {"object"}


def _shapes(hint: Any) -> set[str]:
    return {_shape(part) for part in parts(hint) if part is not type(None) and part is not None}


def _shape(part: Any) -> str:
    origin = typing.get_origin(part) or part
    if not isinstance(origin, type) or issubclass(origin, str | bytes):
        return "text"
    if issubclass(origin, BaseModel):
        root = origin.model_fields.get("root") if origin.__pydantic_root_model__ else None
        return next(iter(_shapes(root.annotation)), "text") if root is not None else "object"
    if issubclass(origin, Mapping):
        return "object"
    return "list" if issubclass(origin, Sequence | AbstractSet) else "text"


def member_names(hint: Any) -> set[str] | None:
    """Return the names on the wire of an object's members; `None` where they may be any."""
    found = set[str]()
    for part in parts(hint):
        if isinstance(part, type) and issubclass(part, BaseModel) and part.model_config.get("extra") != "allow":
            found |= {field.alias or name for name, field in part.model_fields.items()}
        elif part is not type(None):
            return None
    return found


def item(hint: Any) -> Any:
    """Return the annotation of an iterable's items; `None` for what has none."""
    return next(iter(typing.get_args(hint)), None)


def streamed(hint: Any, stream: object) -> Any:
    """Return the annotation of the items of a stream that a method returned."""
    for part in parts(hint):
        origin = typing.get_origin(part) or part
        if isinstance(origin, type) and isinstance(stream, origin):
            return next(iter(typing.get_args(part)), Any)
    return Any


def body_of(error: type[Any]) -> Any:
    """Return the annotation of an error's body: its own property's, else what its base is made of."""
    own = error.__dict__.get("body")
    if isinstance(own, property) and own.fget is not None:
        return typing.get_type_hints(own.fget)["return"]
    for base in getattr(error, "__orig_bases__", ()):
        made_of = next(iter(typing.get_args(base)), None)
        if made_of is not None and not isinstance(made_of, typing.TypeVar):
            space = vars(sys.modules[error.__module__])
            return _meant(made_of, space) if isinstance(made_of, typing.ForwardRef | str) else made_of
    return Any


def mistyped(value: object, hint: Any, known: dict[object, Any]) -> str | None:
    """Return what is wrong with a value for an annotation, in one line; `None` for nothing.

    Of a stream only its class is looked at; its items come later. `known` keeps what was made for each annotation.
    """
    for part in _whole(hint):
        origin = typing.get_origin(part) or part
        if part is Any or part is object or (part in (None, type(None)) and value is None):
            return None
        if isinstance(origin, type) and origin.__module__.endswith("._runtime.streams"):
            if isinstance(value, origin):
                return None
        elif _is(value, part, known):
            return None
    return f"{type(value).__name__} {shown(value)} is no {named(hint)}"


def _is(value: object, kind: Any, known: dict[object, Any]) -> bool:
    key = ("typed", repr(kind))
    if key not in known:
        known[key] = TypeAdapter(kind)
    try:
        known[key].validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


def named(hint: Any) -> str:
    """Return an annotation as it is written."""
    if typing.get_origin(hint) in _UNIONS:
        return " | ".join(named(part) for part in typing.get_args(hint))
    if hint is type(None):
        return "None"
    return hint.__name__ if isinstance(hint, type) and not typing.get_args(hint) else str(hint).replace("typing.", "")


def shown(value: object) -> str:
    """Return a value in short."""
    text = repr(value)
    return text if len(text) <= SHOWN_MOST else f"{text[: SHOWN_MOST - 1]}…"
