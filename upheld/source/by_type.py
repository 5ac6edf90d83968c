"""What is known of a value of which only the type is: what it can do is what its class does."""

import enum
import inspect
import sys
import types
import typing
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.background import BackgroundTasks
from starlette.requests import HTTPConnection
from starlette.responses import Response

from upheld.source import blocking
from upheld.source.annotations import bare
from upheld.source.operations import PLAIN
from upheld.source.values import FOREIGN, LOST, NONE, Display, Known, Scope, Special, Thing, Unknown, Value

if TYPE_CHECKING:
    from upheld.source.machine import Machine


def typed(machine: "Machine", annotation: Any, scope: Scope) -> Value:
    """Return what is known of a value of which only the type is: a class of the project's, or nothing."""
    if isinstance(annotation, str):
        annotation = scope.globals.get(annotation)
    kind, optional = bare(annotation)
    if kind is None:
        return LOST
    if not inspect.isclass(kind):
        return FOREIGN
    if issubclass(kind, HTTPConnection):
        return Special("request")
    if issubclass(kind, BackgroundTasks):
        return Special("tasks")
    if not machine.code.owns(kind):
        return Thing(kind, made=False) if issubclass(kind, Response) or blocking.waiting(kind) else FOREIGN
    if optional or issubclass(kind, enum.Enum):
        return Unknown(foreign=True)
    only = implementation(machine, kind)
    if only is None and _is_abstract(kind):
        return Unknown(foreign=True)
    return Thing(only or kind, made=False)


def promised(machine: "Machine", value: Value, annotation: Any, scope: Scope) -> Value:
    """Return what a type says of a value of which nothing else is known; tables may hold anything of the app's."""
    if not isinstance(value, Unknown) or value.foreign:
        return value
    kind, optional = bare(scope.globals.get(annotation) if isinstance(annotation, str) else annotation)
    kind = typing.get_origin(kind) or kind
    if not inspect.isclass(kind) or kind.__module__.partition(".")[0] in _HOLDING:
        return value
    if machine.code.owns(kind):
        machine.path.promised.add(kind)
    return FOREIGN if optional else typed(machine, kind, scope)


def inside(machine: "Machine", annotation: Any) -> Value:
    """Return what a type says of what is in a container: the values of a table, the items of a list, pairs of both."""
    kind, _ = bare(annotation)
    parts = typing.get_args(kind)
    if not parts or not inspect.isclass(typing.get_origin(kind)):
        return LOST
    part = parts[-1 if issubclass(typing.get_origin(kind), Mapping) else 0]
    if typing.get_origin(part) is tuple:
        return Display("tuple", [_one(machine, one) for one in typing.get_args(part)])
    return _one(machine, part)


def view(annotation: Any, name: str) -> Any:
    """Return the type of the list that `keys`, `values` or `items` of a table is; `None` where its own says nothing."""
    parts = typing.get_args(annotation)
    if len(parts) != 2:
        return None
    inner = {"keys": parts[0], "values": parts[1]}.get(name, types.GenericAlias(tuple, parts))
    return types.GenericAlias(list, (inner,))


def _one(machine: "Machine", annotation: Any) -> Value:
    kind, optional = bare(annotation)
    plain = typing.get_origin(kind) or kind
    is_plain = not optional and inspect.isclass(plain) and issubclass(plain, (*PLAIN, set, frozenset))
    return FOREIGN if is_plain else promised(machine, LOST, annotation, Scope({}, ""))


_HOLDING = frozenset({"builtins", "collections", "functools", "types", "typing"})
"""Modules of types that say nothing of what is in their objects, which may be functions of the app's."""


def _is_abstract(kind: type) -> bool:
    return getattr(kind, "_is_protocol", False) or inspect.isabstract(kind)


def implementation(machine: "Machine", kind: type) -> type | None:
    """Return the one class of the project that stands behind a protocol or an abstract class."""
    if not _is_abstract(kind):
        return None
    found: dict[type, None] = {}
    known: type
    for known in kind.__subclasses__():
        if not inspect.isabstract(known):
            found[known] = None
    if not found and getattr(kind, "_is_protocol", False):
        names = {name for name in vars(kind) if not name.startswith("_") and callable(getattr(kind, name, None))}
        for module in list(sys.modules.values()):
            file = getattr(module, "__file__", None)
            if isinstance(file, str) and machine.code.own(file):
                for cls in list(vars(module).values()):
                    if inspect.isclass(cls) and cls is not kind and names and names <= {*dir(cls)}:
                        found[cls] = None
    return next(iter(found)) if len(found) == 1 else None


def attribute(machine: "Machine", owner: type, name: str) -> Value | None:
    """Return what a class says of the type of its objects' attribute; `None` for nothing, or of one of its own."""
    annotation = machine.code.attributes(owner).get(name)
    if annotation is None or "ClassVar" in str(annotation):
        return None
    module = sys.modules.get(owner.__module__)
    return typed(machine, annotation, Scope(vars(module) if module else {}, ""))


def below(cls: type) -> list[type]:
    """Return the classes that are made of one."""
    found: list[type] = [*type.__subclasses__(cls)]
    for one in found:  # which grows meanwhile
        others: list[type] = type.__subclasses__(one)
        found += [other for other in others if other not in found]
    return found


def anything(machine: "Machine", function: types.FunctionType, scope: Scope) -> dict[str, Value]:
    """Return what a function gets that may have been called with anything else than its defaults."""
    code = function.__code__
    positional = code.co_varnames[: code.co_argcount]
    names = [*positional[len(positional) - len(function.__defaults__ or ()) :], *(function.__kwdefaults__ or ())]
    return {name: typed(machine, function.__annotations__.get(name), scope) for name in names}


def let_go(machine: "Machine", this: Thing, scope: Scope) -> None:
    """Keep of what an `__init__` sets what no other line changes: an object that is there may hold anything else."""
    annotations = machine.code.attributes(this.cls)
    by_any = machine.code.changed.of_any
    for name, value in this.fields.items():
        match value:
            case Known(value=known) if by_any or machine.code.may_change(name, known):
                this.fields[name] = Known(known, state=True, annotation=annotations.get(name))
            case Display():
                this.fields[name] = kept(value, annotations.get(name))
            case Thing(made=True) if name not in machine.code.changed.bound:
                value.made = False
                value.fields["?init"] = NONE
                let_go(machine, value, scope)
            case Thing(made=False) | Known() | Unknown():
                pass
            case _ if by_any or machine.code.may_change(name, None):
                this.fields[name] = typed(machine, annotations.get(name), scope)


def kept(value: Value, annotation: Any = None) -> Value:
    """Return what was made once and is there since: a list or a table may have been filled by now."""
    match value:
        case Display(kind=kind, items=[]) if kind in _EMPTY:
            return Known(_EMPTY[kind](), state=True, annotation=annotation)
        case Display(kind=kind) if kind in _EMPTY:
            value.whole = False
    return value


_EMPTY: dict[str, type] = {"dict": dict, "list": list, "set": set}
