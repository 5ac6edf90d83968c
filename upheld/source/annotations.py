"""What a type says: the bare class of `Annotated[X | None, …]`, the items of a list, the members of a model."""

import enum
import inspect
import types
import typing
import uuid
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from upheld.source.values import Input


def bare(annotation: Any) -> tuple[Any, bool]:
    """Return a type below `Annotated`, `NewType` and `Optional`, `None` for anything, and whether it may be `None`."""
    if inspect.isclass(annotation) and get_origin(annotation) is None:
        return (None if annotation in (object, inspect.Parameter.empty) else annotation), False
    try:
        return _bare(annotation)
    except TypeError:  # metadata that cannot be hashed
        return _bare.__wrapped__(annotation)


_ITEMS: dict[Any, Any] = {str: "a", int: 1, uuid.UUID: uuid.UUID(int=1, version=4)}


@cache
def _bare(annotation: Any) -> tuple[Any, bool]:
    optional = False
    for _ in range(8):
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif isinstance(annotation, typing.NewType):
            annotation = annotation.__supertype__
        elif type(annotation).__name__ == "TypeAliasType":
            annotation = annotation.__value__
        elif get_origin(annotation) is Union or isinstance(annotation, types.UnionType):
            parts = [part for part in get_args(annotation) if part is not type(None)]
            optional = optional or len(parts) < len(get_args(annotation))
            annotation = parts[0] if len(parts) == 1 else None
        else:
            break
    return (None if annotation in (Any, inspect.Parameter.empty, object) else annotation), optional


def model_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a type is."""
    kind, _ = bare(annotation)
    return kind if inspect.isclass(kind) and issubclass(kind, BaseModel) else None


def models_of(annotation: Any) -> tuple[type[BaseModel], ...]:
    """Return the models of a union of nothing else; () for any other type."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is not Union and not isinstance(annotation, types.UnionType):
        return ()
    parts = [part for part in get_args(annotation) if part is not type(None)]
    found = [model for part in parts if (model := model_of(part)) is not None]
    return tuple(found) if len(found) == len(parts) > 1 else ()


def items_of(annotation: Any) -> Any:
    """Return the type of a list's items; `None` for what is no list."""
    kind, _ = bare(annotation)
    origin = get_origin(kind) or kind
    if origin in (list, set, frozenset, tuple) or getattr(origin, "__module__", "") == "collections.abc":
        arguments = get_args(kind)
        return arguments[0] if arguments else Any
    return None


def repeated(this: Any) -> list[list[Any]]:
    """Return a list in which an item comes twice, for a member that is a list; nothing for items of other types."""
    kind, _ = bare(items_of(this.annotation)) if isinstance(this, Input) else (None, False)
    if get_origin(kind) is Literal:
        return [[get_args(kind)[0]] * 2]
    if inspect.isclass(kind) and issubclass(kind, enum.Enum):
        return [[*kind][:1] * 2]
    return [[_ITEMS[kind]] * 2] if kind in _ITEMS else []


def member(this: Input, name: str) -> Input | None:
    """Return a model's member, by its name on the wire; `None` where the model has none of that name."""
    model = model_of(this.annotation)
    field = model.model_fields.get(name) if model is not None else None
    if field is None or model is None:
        return None
    alias = field.validation_alias if isinstance(field.validation_alias, str) else field.alias
    wire = alias if isinstance(alias, str) else name
    if this.where[0] == "header" and wire == name:
        wire = name.replace("_", "-")
    return Input((*this.where, wire), field.annotation, not field.is_required() and field.default is None)
