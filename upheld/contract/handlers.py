"""The function behind a route: its name, its `def` line, and what FastAPI parses for it."""

import functools
import inspect
import linecache
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from fastapi._compat import get_cached_model_fields
from fastapi.dependencies import utils
from fastapi.dependencies.models import Dependant
from fastapi.params import Form, Header
from pydantic import BaseModel, Field, Json, create_model
from pydantic.fields import FieldInfo

from upheld.contract.errors import is_own, relative
from upheld.contract.foreign import Foreign
from upheld.model import Handler, Location, Member

LOCATIONS = ("path", "query", "header", "cookie")


def handler(endpoint: Callable[..., object], root: Path, members: tuple[Member, ...] = (), **known: Foreign) -> Handler:
    """Describe an endpoint as its author wrote it, below `functools.wraps`, partials and `__call__`."""
    function = unwrapped(endpoint)
    module = getattr(function, "__module__", None) or type(endpoint).__module__
    name = getattr(function, "__qualname__", None) or type(endpoint).__qualname__
    return Handler(
        qualname=f"{module}.{name}",
        location=location(function, root, name),
        endpoint=endpoint,
        function=function,
        members=members,
        **known,
    )


def unwrapped(endpoint: Callable[..., object]) -> Callable[..., object]:
    """Return the innermost function or class that an endpoint stands for."""
    found: Any = endpoint
    for _ in range(32):  # partials, wrappers and callables may be nested, never this deep
        inner = _inner(found)
        if inner is found:
            break
        found = inner
    return found  # type: ignore[no-any-return]  # whatever was wrapped, it can be called


def _inner(found: Foreign) -> Foreign:
    if isinstance(found, functools.partial | functools.partialmethod):
        return found.func
    if inspect.ismethod(found):
        return found.__func__
    if hasattr(found, "__wrapped__"):
        try:
            return inspect.unwrap(found)
        except ValueError:  # a circle of `__wrapped__`
            return found
    if inspect.isfunction(found) or inspect.isclass(found) or inspect.isbuiltin(found):
        return found
    call = getattr(type(found), "__call__", None)  # noqa: B004  # the function is wanted, not whether it is there
    return call if inspect.isfunction(call) else found


def location(function: Callable[..., object], root: Path, qualname: str) -> Location | None:
    """Return the `def` or `class` line of a function, not its first decorator's; `None` where there is no source."""
    code = getattr(function, "__code__", None)
    if code is not None:
        path, first = code.co_filename, code.co_firstlineno
    elif inspect.isclass(function):
        try:
            path, first = inspect.getsourcefile(function) or "", inspect.getsourcelines(function)[1]
        except (OSError, TypeError):
            return None
    else:
        return None
    lines = linecache.getlines(path)
    if not lines:
        return None
    name = re.escape(qualname.rpartition(".")[2])
    head = re.compile(rf"\s*(?:async\s+def|def|class)\s+{name}\b")
    line = next((at for at in range(first, len(lines) + 1) if head.match(lines[at - 1])), first)
    line = line if line <= len(lines) else first
    text = lines[line - 1].strip() if line <= len(lines) else ""
    shown = relative(path, root) if is_own(path, root) else Path(path).as_posix()
    return Location(path=shown, line=line, code=text, qualname=qualname)


def members(dependant: Dependant, body_field: Foreign) -> tuple[Member, ...]:
    """List what FastAPI parses for a route: parameters of its endpoint and dependencies, then the body."""
    found = list(_parameters(dependant))
    if body_field is not None:
        annotation = _body(_flat(dependant, "body"), body_field.field_info.annotation)
        found.append(Member(location="body", name="", annotation=annotation))
    return tuple(found)


def _parameters(dependant: Dependant) -> Iterator[Member]:
    seen = set()
    for place in LOCATIONS:
        for field in _flat(dependant, place):
            for name, info in _wire(field, header=isinstance(field.field_info, Header)):
                if (place, name) not in seen:  # two dependencies may ask for the same one
                    seen.add((place, name))
                    checks = tuple(info.metadata)
                    yield Member(location=place, name=name, annotation=info.annotation, checks=checks)


def _flat(dependant: Dependant, place: str) -> list[Any]:
    """Return the fields of one location of a dependant and all it depends on, the endpoint's own first."""
    found, seen, waiting = [], set(), [dependant]
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        found += getattr(current, f"{place}_params")
        waiting += reversed(current.dependencies)
    return found


def _wire(field: Foreign, *, header: bool) -> Iterable[tuple[str, FieldInfo]]:
    """Yield the wire name and the declaration of a parameter, or of every member of a parameter model."""
    model = parameter_model(field.field_info)
    if model is None:
        yield wire_name(field, convert=False), field.field_info
        return
    convert = header and getattr(field.field_info, "convert_underscores", True)
    for part in get_cached_model_fields(model):
        yield wire_name(part, convert=convert), part.field_info


def parameter_model(info: FieldInfo) -> type[BaseModel] | None:
    """Return the parameter model that a declaration stands for, `Model` or `Model | None`, if it is one."""
    if any(part is Json or type(part) is Json for part in info.metadata):
        return None
    found: Any = info.annotation
    if get_origin(found) is Union or type(found).__name__ == "UnionType":
        rest = [part for part in get_args(found) if part is not type(None)]
        found = rest[0] if len(rest) == 1 else None
    return found if inspect.isclass(found) and issubclass(found, BaseModel) else None


def wire_name(field: Foreign, *, convert: bool) -> str:
    """Return the name on the wire as FastAPI documents it."""
    aliases: Any = getattr(utils, "_get_param_aliases", None)  # private, but it alone knows AliasChoices
    if aliases is not None:
        return str(aliases(field, convert_underscores=convert)[0][1])
    name = str(field.field_info.validation_alias or field.alias)
    return name.replace("_", "-") if convert and name == field.name else name


def _body(fields: list[Any], annotation: object) -> object:
    """Return the type of a whole body; form models are taken apart, since their members lie side by side."""
    models = [parameter_model(field.field_info) if isinstance(field.field_info, Form) else None for field in fields]
    if not any(models) or (len(fields) == 1 and models[0] is annotation):
        return annotation
    parts: dict[str, object] = {}
    for field, model in zip(fields, models, strict=True):
        for part in get_cached_model_fields(model) if model else [field]:
            parts.setdefault(wire_name(part, convert=False), part.field_info.annotation)
    definitions: Any = {f"member_{at}": (kind, Field(alias=name)) for at, (name, kind) in enumerate(parts.items())}
    return create_model(getattr(annotation, "__name__", "Body"), **definitions)
