"""What a call does: into the project's own code, or to a library that is known well enough."""

import ast
import contextlib
import functools
import importlib
import inspect
import operator
import sys
import typing
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

from starlette.background import BackgroundTask, BackgroundTasks
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response

from upheld.model import ClaimKind
from upheld.source import answers, blocking, by_type, connection, expressions, items, methods, modelled, objects
from upheld.source.annotations import bare
from upheld.source.operations import CALLS, plain
from upheld.source.values import (
    FOREIGN,
    LOST,
    NONE,
    Args,
    Bound,
    Closure,
    Display,
    Input,
    Known,
    Kwargs,
    Op,
    Scope,
    Special,
    Thing,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from upheld.source.machine import Machine


def call(machine: "Machine", function: Value, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    """Return what a call returns. Errors: Raised."""
    match function:
        case Known():
            if function.state and machine.code.owns(function.value):
                machine.path.lost = True  # another may stand there by then
            return _known(machine, function.value, args, kwargs, scope, node)
        case Closure():
            return machine.run_closure(function, args, kwargs, scope)
        case Bound(function=Special() as special):
            return _special(machine, special, function.this, args, kwargs, scope, node)
        case Bound():
            return _method(machine, function, args, kwargs, scope, node)
        case Special(name="reading", payload=tuple() as where):
            return Input(where, bytes)
        case Special(name="reading", payload=how):
            return Input(("body",), bytes if how == "body" else None)
        case Special(name="next", payload=inner):
            return typing.cast("Value", inner())
        case Special(name="app", payload=inner):
            machine.sent = inner()
            answers.pass_on(machine, args, scope, node)
            return NONE
        case Special(name="add_task"):
            return _later(machine, args, kwargs, scope, node)
        case Special(name="partial", payload=(inner, before, named)):
            return machine.call(inner, [*before, *args], {**named, **kwargs}, scope, node)
        case Special(name="send"):
            return answers.send(machine, args, scope, node)
        case Thing() if issubclass(function.cls, Response):
            machine.sent = function
            return NONE
        case Thing() if machine.code.owns(function.cls):
            return machine.call(
                objects.attribute(machine, function, "__call__", scope, node), args, kwargs, scope, node
            )
        case Unknown(foreign=True) | Special() | Thing():
            hand_over(machine, args, kwargs)
            return FOREIGN
        case Op(name="item", args=(Known(value=dict() as table), index)):
            chosen = items.one_of(
                machine, list(table.values()), machine.place(node, scope), state=False, index=index, keys=list(table)
            )
            return machine.call(chosen, args, kwargs, scope, node)
    machine.path.lost = True
    return LOST


def _later(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    """Keep a call for when the answer was sent."""
    if args:
        function = args[0].function if isinstance(args[0], Bound) else args[0]
        waits = inspect.iscoroutinefunction(function.value) if isinstance(function, Known) else scope.waits
        place = Scope(scope.globals, scope.file, scope.qualname, depth=scope.depth, waits=waits)
        machine.later.append(functools.partial(machine.call, args[0], args[1:], kwargs, place, node))
    return NONE


def hand_over(machine: "Machine", args: Args, kwargs: Kwargs) -> None:
    """Note that a library was handed a function of the app's, which it may call, or what may become an answer."""
    for value in (*args, *kwargs.values()):
        match value:
            case Closure() | Bound():
                machine.path.lost = True
            case Known() if inspect.isroutine(value.value) and machine.code.owns(value.value):
                machine.path.lost = True
            case Thing() if issubclass(value.cls, Response | BaseException) and value not in machine.raised:
                machine.path.lost = True


def _known(machine: "Machine", function: Any, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    if isinstance(function, functools.partial):
        before: Args = [Known(part) for part in function.args]
        named: Kwargs = {name: Known(part) for name, part in function.keywords.items()}
        return machine.call(Known(function.func), [*before, *args], {**named, **kwargs}, scope, node)
    if inspect.ismethod(function) and machine.code.owns(function.__func__):
        return machine.call(Known(function.__func__), [Known(function.__self__), *args], kwargs, scope, node)
    model = modelled.MODELLED.get(_hashable(function))
    if model is not None:
        return typing.cast("Value", model(machine, args, kwargs, scope, node))
    if scope.waits and (name := blocking.name(function, args)) is not None:
        machine.meet(ClaimKind.BLOCKS, node, scope, what=name)
    if (waiting := blocking.made(Known(function))) is not None:
        return waiting
    if _hashable(function) in CALLS:
        return called(machine, function, args, kwargs, scope, node)
    if inspect.isclass(function):
        return _class(machine, function, args, kwargs, scope, node)
    if inspect.isfunction(function) and machine.code.own(function.__code__.co_filename):
        return machine.run(function, args, kwargs, scope)
    if _is_managing(function):
        return _managed(machine, function, args, kwargs, scope, node)
    if (wrapped := getattr(function, "__wrapped__", None)) is not None and inspect.isfunction(wrapped):
        made = machine.call(Known(wrapped), args, kwargs, scope, node)
        return made if inspect.isfunction(function) else by_type.kept(made)  # which `functools` caches
    if not inspect.isroutine(function) and machine.code.owns(function):
        static = inspect.getattr_static(type(function), "__call__", None)
        if inspect.isfunction(static):
            return machine.run(static, [Known(function), *args], kwargs, scope)
    return called(machine, function, args, kwargs, scope, node)


def _is_managing(function: Any) -> bool:
    """Return whether `contextlib` has made a context manager of a generator."""
    made_by = function.__code__.co_filename if inspect.isfunction(function) else ""
    return made_by == contextlib.__file__ and hasattr(function, "__wrapped__")


def _managed(machine: "Machine", function: Any, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    place = replace(scope, pauses=True)
    machine.take_paused()
    value = machine.call(Known(function.__wrapped__), args, kwargs, place, node)
    paused = machine.take_paused()
    return Special("managed", (value, paused)) if paused is not None else value


def _hashable(function: Any) -> Any:
    try:
        hash(function)
    except TypeError:
        return None
    return function


def called(machine: "Machine", function: Any, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    """Return what a function of a library returns: it is called where it only computes."""
    known = {name: part.value for name, part in kwargs.items() if isinstance(part, Known) and plain(part.value)}
    if _hashable(function) is not None and function in CALLS and len(known) == len(kwargs):
        function = functools.partial(function, **known) if known else function
        if any(isinstance(part, Display) and not part.whole for part in args):
            return Display("list", [*args[0].items], whole=False) if isinstance(args[0], Display) else FOREIGN
        args = [
            Op("list", tuple(part.items)) if isinstance(part, Display) and part.kind != "dict" else part
            for part in args
        ]
        if all(isinstance(part, Input | Op) or (isinstance(part, Known) and plain(part.value)) for part in args):
            if function in (int, float) and len(args) == 1 and isinstance(args[0], Input | Op):
                _converted(machine, function, args[0], node, scope)
            if function is divmod and isinstance(args[-1], Input | Op):
                expressions.nonzero(machine, args[-1], node, scope)
            return expressions.computed(machine, "call", [Known(function), *args], node, scope)
    if _speaks_http(str(getattr(function, "__module__", "") or "")) or _hashable(function) in _OPAQUE:
        machine.path.lost = True
    hand_over(machine, args, kwargs)
    return FOREIGN


@functools.cache
def _speaks_http(module: str) -> bool:
    """Return whether a library may raise an HTTPException of its own."""
    package = module.partition(".")[0]
    return any(name.partition(".")[0] == package and _raises(found) for name, found in list(sys.modules.items()))


def _raises(module: ModuleType) -> bool:
    return any(inspect.isclass(one) and issubclass(one, HTTPException) for one in list(vars(module).values()))


def _converted(machine: "Machine", function: Any, text: Value, node: ast.AST, scope: Scope) -> None:
    """Fork where a text is none that a number can be made of."""
    if isinstance(text, Input) and bare(text.annotation)[0] in (str, None):
        digits = Op("method", (Op("call", (Known(str), text)), Known("isdigit")))
        if machine.path.decide(Op("not", (digits,)), (*machine.place(node, scope), "number")):
            raise machine.raises(ValueError, node, scope)


def _class(machine: "Machine", cls: type, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    if issubclass(cls, FileResponse):
        machine.path.lost = True  # it may answer 206, 304 and 416 by itself
    if issubclass(cls, BackgroundTasks):
        return Special("tasks")
    if issubclass(cls, BackgroundTask):
        return _later(machine, args, kwargs, scope, node)
    if cls is functools.partial and args:
        return Special("partial", (args[0], args[1:], kwargs))
    if cls is Headers:
        return Special("bag", "header")
    init = inspect.getattr_static(cls, "__init__", None)
    own = inspect.isfunction(init) and machine.code.own(init.__code__.co_filename)
    if issubclass(cls, HTTPException) and not own:
        return answers.with_status(machine, cls, args, kwargs, scope, node, 0)
    if issubclass(cls, Response) and not own:
        made = answers.with_status(machine, cls, args, kwargs, scope, node, 1)
        default = 307 if issubclass(cls, RedirectResponse) else 200
        made.fields.setdefault("status_code", Known(default))
        return made
    if not machine.code.owns(cls) and not issubclass(cls, BaseException):
        if cls.__name__ in ("suppress", "SimpleNamespace"):
            made = Thing(cls, dict(kwargs))
            made.fields |= {str(at): part for at, part in enumerate(args)}
            return made
        hand_over(machine, args, kwargs)
        return FOREIGN
    return objects.construct(machine, cls, args, kwargs, scope, node)


def _method(machine: "Machine", bound: Bound, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    function, this = bound.function, bound.this
    if isinstance(function, Known) and inspect.isfunction(function.value):
        inner = function.value
        if machine.code.own(inner.__code__.co_filename):
            return machine.run(inner, [this, *args], kwargs, scope)
        if isinstance(this, Thing) and inner.__name__ == "__init__":
            return answers.init(machine, this, owner=objects.owner_of(inner), args=args, kwargs=kwargs)
        if _is_managing(inner):
            return _managed(machine, inner, [this, *args], kwargs, scope, node)
        if (wrapped := getattr(inner, "__wrapped__", None)) is not None:
            return machine.call(Bound(Known(wrapped), this), args, kwargs, scope, node)
    if isinstance(function, Known):
        if isinstance(this, Thing) and getattr(function.value, "__name__", "") == "__init__":
            objects.given(this, this.cls, args, kwargs)
            return NONE
        if scope.waits and (name := blocking.method_name(function.value, this)) is not None:
            machine.meet(ClaimKind.BLOCKS, node, scope, what=name)
        if (made := blocking.made(bound)) is not None:
            return made
        if isinstance(this, Known) and not inspect.isfunction(function.value):
            return _known(
                machine,
                getattr(this.value, getattr(function.value, "__name__", ""), function.value),
                args,
                kwargs,
                scope,
                node,
            )
    elif not isinstance(function, Unknown):
        return machine.call(function, [this, *args], kwargs, scope, node)
    hand_over(machine, args, kwargs)
    return FOREIGN


def _special(
    machine: "Machine", special: Special, this: Value, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST
) -> Value:
    name = str(special.payload)
    match special.name:
        case "bag" if isinstance(this, Special):
            if name in ("get", "getlist", "getall") and args and isinstance(args[0], Known):
                found = connection.named(machine, this.payload, str(args[0].value), node, scope)
                default = args[1] if len(args) > 1 else kwargs.get("default", NONE)
                if isinstance(default, Known) and default.value is None:
                    return found
                absent = Op("is", (found, NONE))
                return default if machine.path.decide(absent, (*machine.place(node, scope), "get")) else found
            return FOREIGN
        case "method":
            return methods.of_plain(machine, this, name, args, kwargs, scope, node)
        case "container" if isinstance(this, Known):
            return methods.of_container(machine, this, name, args, scope, node)
        case "display" if isinstance(this, Display):
            return methods.of_display(machine, this, name, args, scope, node)
        case "model":
            return this if name in ("model_copy", "copy") else FOREIGN
    return FOREIGN


_OPAQUE = frozenset(
    {
        setattr, delattr, exec, eval, compile, globals, locals, vars, __import__, importlib.import_module,
        operator.methodcaller, operator.attrgetter,
    }
)  # fmt: skip
"""Functions that lead to others by a text, or change what was read."""
