"""Objects of the app and of the framework: their attributes, what is in them, what only their class says."""

import ast
import dataclasses
import enum
import functools
import inspect
import types
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError
from starlette.datastructures import State, UploadFile
from starlette.responses import Response

from upheld.source import alternatives, by_type, connection, validators
from upheld.source.annotations import bare, member, model_of
from upheld.source.changes import is_empty
from upheld.source.exits import Raised
from upheld.source.operations import CONTAINERS, PLAIN, Now, Today, of_the_present, op
from upheld.source.pure import DATA
from upheld.source.values import (
    FOREIGN,
    LOST,
    NONE,
    Bound,
    Display,
    Input,
    Known,
    Op,
    Scope,
    Special,
    Thing,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from upheld.source.machine import Machine


def owner_of(function: Any) -> type | None:
    """Return the class that a method is defined in."""
    name, _, _ = function.__qualname__.rpartition(".")
    found: Any = None
    for step in name.split(".") if name and "<locals>" not in name else ():
        found = function.__globals__.get(step) if found is None else getattr(found, step, None)
    return found if inspect.isclass(found) else None


def operated(
    machine: "Machine", this: Value, name: str, args: list[Value], node: ast.AST, scope: Scope
) -> Value | None:
    """Return what a special method of the app's makes of an object; `None` where it has none of that name."""
    cls = this.cls if isinstance(this, Thing) else type(this.value) if isinstance(this, Known) else None
    static = _special_method(cls, name) if cls is not None and cls.__module__ != "builtins" else None
    if static is None or not machine.code.own(static.__code__.co_filename):
        return None
    return machine.call(Bound(Known(static), this), args, {}, scope, node)


@functools.cache
def _special_method(cls: type, name: str) -> types.FunctionType | None:
    static = inspect.getattr_static(cls, name, None)
    return static if isinstance(static, types.FunctionType) else None


def attribute(machine: "Machine", this: Value, name: str, scope: Scope, node: ast.AST) -> Value:
    """Return an attribute."""
    match this:
        case Special(name="super", payload=(owner, below)):
            return _above(owner, below, name)
        case Special():
            return connection.attribute(machine, this, name)
        case Input():
            return _of_input(machine, alternatives.narrowed(machine, this, node, scope), name, scope, node)
        case Op():
            return (
                Bound(Special("method", name), this) if _is_method(name) else (op("attr", this, Known(name)) or FOREIGN)
            )
        case Thing():
            return _of_thing(machine, this, name, scope, node)
        case Known():
            return _of_known(machine, this, name, scope, node)
        case Display():
            return Bound(Special("display", name), this)
        case Unknown():
            machine.path.asked.add(name)
            return this
    return FOREIGN


_DATA = frozenset(
    [
        "year",
        "month",
        "day",
        "hour",
        "minute",
        "second",
        "microsecond",
        "days",
        "seconds",
        "value",
        "name",
        "real",
        "imag",
        "hex",
        "int",
        "version",
        "numerator",
        "denominator",
        "tzinfo",
    ]
)
"""What the values of a request have beside methods."""


def _is_method(name: str) -> bool:
    return name not in _DATA and name not in DATA


def _of_input(machine: "Machine", this: Input, name: str, scope: Scope, node: ast.AST) -> Value:
    model = model_of(this.annotation)
    if model is not None:
        found = member(this, name)
        if found is not None:
            return validators.made(machine, found)
        static = inspect.getattr_static(model, name, None)
        if static is not None and machine.code.owns(getattr(static, "fget", static)):
            return _descriptor(machine, static, name, this, model, scope, node)
        return Bound(Special("model", name), this)
    kind, _ = bare(this.annotation)
    if inspect.isclass(kind) and issubclass(kind, UploadFile):
        return connection.uploaded(this, name)
    if inspect.isclass(kind) and machine.code.owns(kind):
        static = inspect.getattr_static(kind, name, None)
        if issubclass(kind, enum.Enum) and not inspect.isfunction(static) and not isinstance(static, property):
            return op("attr", this, Known(name)) or FOREIGN
        if static is not None:
            return _descriptor(machine, static, name, this, kind, scope, node)
        if dataclasses.is_dataclass(kind):
            types_of = {field.name: field.type for field in dataclasses.fields(kind)}
            return Input((*this.where, name), types_of.get(name))
    if _is_method(name):
        return Bound(Special("method", name), this)
    return op("attr", this, Known(name)) or FOREIGN


def _descriptor(
    machine: "Machine", static: Any, name: str, this: Value, cls: type, scope: Scope, node: ast.AST
) -> Value:
    """Return what a class attribute is when it is asked for by an object."""
    if isinstance(static, property):
        getter = static.fget
        return machine.call(Known(getter), [this], {}, scope, node) if getter is not None else FOREIGN
    if isinstance(static, staticmethod):
        return Known(static.__func__)
    if isinstance(static, classmethod):
        return Bound(Known(static.__func__), Known(cls))
    if type(static).__name__ == "cached_property":
        return by_type.kept(machine.call(Known(static.func), [this], {}, scope, node))
    if inspect.isfunction(static):
        return Bound(Known(static), this)
    if isinstance(static, types.MethodDescriptorType):
        return Bound(Known(static), this)
    if isinstance(static, types.MemberDescriptorType | types.WrapperDescriptorType):
        return FOREIGN
    changes = machine.code.may_change(name, static)
    return Known(static, changes, machine.code.attributes(cls).get(name) if changes else None)


def _of_thing(machine: "Machine", this: Thing, name: str, scope: Scope, node: ast.AST) -> Value:
    hooked = operated(machine, this, "__getattribute__", [Known(name)], node, scope)
    if hooked is not None:
        return hooked
    if name in this.fields:
        return this.fields[name]
    if name == "__class__":
        return Known(this.cls)
    if name == "headers" and issubclass(this.cls, Response):
        return FOREIGN
    static = inspect.getattr_static(this.cls, name, None)
    below = [] if this.made else by_type.below(this.cls)
    if not inspect.isroutine(static) and any(name in vars(one) for one in below):
        return LOST  # it may be one of those
    default = not this.made and isinstance(static, PLAIN)  # of a field that an object may have another value of
    if default and (value := by_type.attribute(machine, this.cls, name)) is not None:
        return value
    if static is not None and not isinstance(static, types.MemberDescriptorType | types.GetSetDescriptorType):
        return _descriptor(machine, static, name, this, this.cls, scope, node)
    if not this.made and machine.code.owns(this.cls) and "?init" not in this.fields:
        this.fields["?init"] = NONE
        init = inspect.getattr_static(this.cls, "__init__", None)
        if any("__init__" in vars(one) for one in below):
            return by_type.attribute(machine, this.cls, name) or LOST
        if inspect.isfunction(init) and machine.code.node(init) is not None:
            machine.run(init, [this], by_type.anything(machine, init, scope), scope, owner=None)
            by_type.let_go(machine, this, scope)
        if name in this.fields:
            return this.fields[name]
    if (value := by_type.attribute(machine, this.cls, name)) is not None:
        return value
    found = operated(machine, this, "__getattr__", [Known(name)], node, scope)
    return found if found is not None else FOREIGN


def _of_known(machine: "Machine", this: Known, name: str, scope: Scope, node: ast.AST) -> Value:
    value = this.value
    if isinstance(value, types.ModuleType):
        found = getattr(value, name, None)
        if not machine.code.owns_module(value):
            return Known(found, isinstance(found, list))  # such as `sys.argv`, which anybody may change
        return Known(found, machine.code.may_change(name, found))
    if isinstance(value, CONTAINERS) and not isinstance(value, tuple):
        return Bound(Special("container", name), this)
    if isinstance(value, PLAIN) and not isinstance(value, enum.Enum):
        if callable(getattr(value, name, None)):
            return Bound(Special("method", name), this)
        try:
            found = getattr(value, name)
        except AttributeError:
            return LOST if this.state else FOREIGN  # it will be something else by then
        return of_the_present(found, state=this.state) if isinstance(value, Now | Today) else Known(found, this.state)
    if inspect.isclass(value):
        static = inspect.getattr_static(value, name, None)
        if isinstance(static, classmethod):
            return Bound(Known(static.__func__), this)
        if isinstance(static, staticmethod):
            return Known(static.__func__)
        try:
            there: Any = getattr(value, name)
            return Known(there, machine.code.may_change(name, there))
        except Exception:  # noqa: BLE001 - a metaclass of the app's may raise anything
            return FOREIGN
    own = machine.code.owns(value)
    fields = getattr(value, "__dict__", {})
    if isinstance(fields, Mapping) and name in fields and not isinstance(value, types.FunctionType):
        may_change = machine.code.may_change(name, fields[name]) or _changes_itself(machine, type(value))
        changes = may_change or not isinstance(fields[name], PLAIN)
        annotation = machine.code.attributes(type(value)).get(name) if changes else None
        return Known(fields[name], (this.state or may_change) and changes, annotation)
    static = inspect.getattr_static(type(value), name, None)
    if static is not None and (own or isinstance(value, enum.Enum)):
        if inspect.isdatadescriptor(static) and not isinstance(static, property):
            try:
                return Known(getattr(value, name), this.state)
            except Exception:  # noqa: BLE001 - a descriptor of any make
                return FOREIGN
        return _descriptor(machine, static, name, this, type(value), scope, node)
    if callable(getattr(type(value), name, None)):
        return Bound(Known(getattr(type(value), name)), this)
    if isinstance(value, State):
        return Known(getattr(value, name), state=True) if hasattr(value, name) else LOST
    found = operated(machine, this, "__getattr__", [Known(name)], node, scope)
    return found if found is not None else FOREIGN


def _changes_itself(machine: "Machine", cls: type) -> bool:
    """Return whether a class's objects set attributes of theirs by names that are computed."""
    return any(one.__name__ in machine.code.changed.of_themselves for one in cls.__mro__)


def _above(owner: type, this: Value, name: str) -> Value:
    """Return a method of the classes above one, as `super()` finds it."""
    cls = this.cls if isinstance(this, Thing) else type(this.value) if isinstance(this, Known) else owner
    order = list(cls.__mro__)
    for above in order[order.index(owner) + 1 :] if owner in order else ():
        if name in vars(above):
            static = vars(above)[name]
            return Bound(Known(getattr(static, "__func__", static)), this)
    return FOREIGN


def set_attribute(
    machine: "Machine", this: Value, name: str, value: Value, target: ast.Attribute, scope: Scope
) -> None:
    """Set an attribute of an object that the code made."""
    if operated(machine, this, "__setattr__", [Known(name), value], target, scope) is not None:
        return
    static = inspect.getattr_static(this.cls, name, None) if isinstance(this, Thing) else None
    if isinstance(static, property) and machine.code.owns(static.fset):
        machine.call(Bound(Known(static.fset), this), [value], {}, scope, target)
    elif isinstance(this, Thing):
        this.fields[name] = value
        if name == "status_code":
            this.place = machine.at(target, scope)
    elif isinstance(this, Special) and this.name == "answer" and name == "status_code":
        this.payload = (value, machine.at(target, scope))


def contains(machine: "Machine", part: Value, whole: Value) -> Value | None:
    """Return whether something is in a container, where that is no plain question."""
    match whole:
        case Special(name="bag", payload=location) if isinstance(part, Known) and isinstance(part.value, str):
            name = part.value.lower() if location == "header" else part.value
            absent = op("is", Input((location, name), str, optional=True), NONE)
            return op("not", absent) if absent is not None else None
        case Input() if (
            isinstance(part, Known) and isinstance(part.value, str) and bare(whole.annotation)[0] in (None, dict)
        ):
            absent = op("is", Input((*whole.where, part.value), None, optional=True), NONE)
            return op("not", absent) if absent is not None else None
        case Known(state=True) if isinstance(part, Unknown | Thing) or not _some(whole.value):
            return FOREIGN
        case Display() if not whole.whole:
            return FOREIGN
    return None


def _some(container: object) -> bool:
    return isinstance(container, CONTAINERS) and bool(container)


def pairs(value: Value) -> list[tuple[Value, Value]]:
    """Return the keys and values of a dict that is known."""
    if isinstance(value, Display) and value.kind == "dict":
        return list(zip(value.items[::2], value.items[1::2], strict=True))
    if isinstance(value, Known) and isinstance(value.value, dict):
        return [(Known(name), Known(part, value.state or is_empty(part))) for name, part in value.value.items()]
    return []


def like(machine: "Machine", values: list[Any], annotation: Any = None) -> Value:
    """Return something of the kind that a store holds; of an empty one, of the kind that its type says."""
    kinds = {type(value) for value in values}
    if kinds == {tuple} and len(lengths := {*map(len, values)}) == 1:
        return Display("tuple", [like(machine, [value[at] for value in values]) for at in range(lengths.pop())])
    if len(kinds) == 1 and not issubclass(kind := kinds.pop(), (*PLAIN, *CONTAINERS)):
        return Thing(kind, made=False)
    if kinds:
        return FOREIGN if all(issubclass(kind, (*PLAIN, *CONTAINERS)) for kind in kinds) else LOST
    return by_type.inside(machine, annotation)


def construct(
    machine: "Machine", cls: type, args: list[Value], kwargs: dict[str, Value], scope: Scope, node: ast.AST
) -> Value:
    """Return what a class makes."""
    made = Thing(cls, place=machine.at(node, scope))
    init = inspect.getattr_static(cls, "__init__", None)
    if inspect.isfunction(init) and machine.code.own(init.__code__.co_filename) and machine.code.node(init) is not None:
        machine.run(init, [made, *args], kwargs, scope, owner=owner_of(init))
        return made
    given(made, cls, args, kwargs)
    if issubclass(cls, BaseModel):
        try:
            validators.check_model(machine, cls, made, made.fields.items(), scope, node)
        except Raised as raised:
            raise validators.refused(raised, ValidationError) from None
    else:
        operated(machine, made, "__post_init__", [], node, scope)
    return made


def given(made: Thing, cls: type, args: list[Value], kwargs: dict[str, Value]) -> None:
    """Set the fields that a constructor of a library, or a generated one, sets of its arguments."""
    try:
        names = list(inspect.signature(cls).parameters)
    except (TypeError, ValueError):
        names = []
    made.fields |= dict(zip(names, args, strict=False)) | kwargs
    for name, default in _defaults(cls).items():
        made.fields.setdefault(name, default)


def _defaults(cls: type) -> dict[str, Value]:
    if issubclass(cls, BaseModel):
        return {
            name: Known(field.default) for name, field in cls.model_fields.items() if not field.is_required()
            and field.default_factory is None
        }  # fmt: skip
    try:
        found = inspect.signature(cls).parameters
    except (TypeError, ValueError):
        return {}
    return {
        name: Known(parameter.default) for name, parameter in found.items() if parameter.default is not parameter.empty
    }
