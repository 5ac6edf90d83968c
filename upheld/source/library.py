"""What a call does: into the project's own code, or to a library that is known well enough."""

import ast
import asyncio
import contextlib
import datetime as dt
import functools
import hmac
import importlib
import inspect
import operator
import re
import secrets
import sys
import typing
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

import anyio.to_thread
from starlette.background import BackgroundTask, BackgroundTasks
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response

from upheld.model import ClaimKind, Location
from upheld.source import blocking, expressions, objects, validators
from upheld.source.annotations import bare
from upheld.source.operations import CALLS, NOW, op, plain
from upheld.source.values import (
    FOREIGN,
    LOST,
    NONE,
    Bound,
    Closure,
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

Args: TypeAlias = list[Value]
Kwargs: TypeAlias = dict[str, Value]


def call(machine: "Machine", function: Value, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    """Return what a call returns. Errors: Raised."""
    match function:
        case Known():
            return _known(machine, function.value, args, kwargs, scope, node)
        case Closure():
            return machine.run_closure(function, args, kwargs, scope)
        case Bound(function=Special() as special):
            return _special(machine, special, function.this, args, kwargs, scope, node)
        case Bound():
            return _method(machine, function, args, kwargs, scope, node)
        case Special(name="reading", payload=how):
            return Input(("body",), bytes if how == "body" else None)
        case Special(name="next", payload=inner):
            return typing.cast("Value", inner())
        case Special(name="app", payload=inner):
            machine.sent = inner()
            _passed_on(machine, args, scope, node)
            return NONE
        case Special(name="add_task"):
            return _later(machine, args, kwargs, scope, node)
        case Special(name="partial", payload=(inner, before, named)):
            return machine.call(inner, [*before, *args], {**named, **kwargs}, scope, node)
        case Special(name="send"):
            return _send(machine, args, scope, node)
        case Thing() if issubclass(function.cls, Response):
            machine.sent = function
            return NONE
        case Thing() if machine.code.owns(function.cls):
            return machine.call(
                objects.attribute(machine, function, "__call__", scope, node), args, kwargs, scope, node
            )
        case Unknown(foreign=True) | Special() | Thing():
            _hand_over(machine, args, kwargs)
            return FOREIGN
        case Op(name="item", args=(Known(value=dict() as table), index)):
            chosen = expressions.one_of(
                machine, list(table.values()), machine.place(node, scope), state=False, index=index, keys=list(table)
            )
            return machine.call(chosen, args, kwargs, scope, node)
    machine.path.lost = True
    return LOST


def _send(machine: "Machine", args: Args, scope: Scope, node: ast.AST) -> Value:
    for name, value in objects.pairs(args[0]) if args else ():
        if isinstance(name, Known) and name.value == "status":
            machine.sent = Special("answer", (value, machine.at(node, scope)))
    return NONE


def _passed_on(machine: "Machine", args: Args, scope: Scope, node: ast.AST) -> None:
    """Hand the start of an answer to the function that a middleware has put in place of `send`."""
    answer, send = machine.sent, args[2] if len(args) > 2 else None
    if send is None or isinstance(send, Special):
        return
    status, place = answered(answer)
    start = [Known("type"), Known("http.response.start"), Known("status"), status, Known("headers"), FOREIGN]
    machine.sent = NONE
    machine.call(send, [Display("dict", start)], {}, scope, node)
    if answered(machine.sent)[0] is status:
        machine.sent = Special("answer", (status, place))


def answered(answer: Value) -> tuple[Value, Location | None]:
    """Return the status of an answer and the line that decided it."""
    if isinstance(answer, Special) and answer.name == "answer":
        status, place = answer.payload
        return status or LOST, place
    if isinstance(answer, Thing) and issubclass(answer.cls, Response):
        return answer.fields.get("status_code", LOST), answer.place
    if isinstance(answer, Known) and isinstance(answer.value, Response):
        return Known(answer.value.status_code, answer.state), None
    return LOST, None


def _later(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    """Keep a call for when the answer was sent."""
    if args:
        function = args[0].function if isinstance(args[0], Bound) else args[0]
        waits = inspect.iscoroutinefunction(function.value) if isinstance(function, Known) else scope.waits
        place = Scope(scope.globals, scope.file, scope.qualname, depth=scope.depth, waits=waits)
        machine.later.append(functools.partial(machine.call, args[0], args[1:], kwargs, place, node))
    return NONE


def _hand_over(machine: "Machine", args: Args, kwargs: Kwargs) -> None:
    """Note that a library was handed a function of the app's, which it may call."""
    for value in (*args, *kwargs.values()):
        if isinstance(value, Closure | Bound) or (
            isinstance(value, Known) and inspect.isroutine(value.value) and machine.code.owns(value.value)
        ):
            machine.path.lost = True


def _known(machine: "Machine", function: Any, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    if isinstance(function, functools.partial):
        before: Args = [Known(part) for part in function.args]
        named: Kwargs = {name: Known(part) for name, part in function.keywords.items()}
        return machine.call(Known(function.func), [*before, *args], {**named, **kwargs}, scope, node)
    if inspect.ismethod(function) and machine.code.owns(function.__func__):
        return machine.call(Known(function.__func__), [Known(function.__self__), *args], kwargs, scope, node)
    model = MODELLED.get(_hashable(function))
    if model is not None:
        return typing.cast("Value", model(machine, args, kwargs, scope, node))
    if scope.waits and (name := blocking.name(function, args)) is not None:
        machine.meet(ClaimKind.BLOCKS, node, scope, what=name)
    if (waiting := blocking.made(Known(function))) is not None:
        return waiting
    if _hashable(function) in CALLS:
        return _library(machine, function, args, kwargs, scope, node)
    if inspect.isclass(function):
        return _class(machine, function, args, kwargs, scope, node)
    if inspect.isfunction(function) and machine.code.own(function.__code__.co_filename):
        return machine.run(function, args, kwargs, scope)
    if _is_managing(function):
        return _managed(machine, function, args, kwargs, scope, node)
    if (wrapped := getattr(function, "__wrapped__", None)) is not None and inspect.isfunction(wrapped):
        return machine.call(Known(wrapped), args, kwargs, scope, node)
    if not inspect.isroutine(function) and machine.code.owns(function):
        static = inspect.getattr_static(type(function), "__call__", None)
        if inspect.isfunction(static):
            return machine.run(static, [Known(function), *args], kwargs, scope)
    return _library(machine, function, args, kwargs, scope, node)


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


def _library(machine: "Machine", function: Any, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
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
    _hand_over(machine, args, kwargs)
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
        return _with_status(machine, cls, args, kwargs, scope, node, 0)
    if issubclass(cls, Response) and not own:
        made = _with_status(machine, cls, args, kwargs, scope, node, 1)
        default = 307 if issubclass(cls, RedirectResponse) else 200
        made.fields.setdefault("status_code", Known(default))
        return made
    if not machine.code.owns(cls) and not issubclass(cls, BaseException):
        if cls.__name__ in ("suppress", "SimpleNamespace"):
            made = Thing(cls, dict(kwargs))
            made.fields |= {str(at): part for at, part in enumerate(args)}
            return made
        _hand_over(machine, args, kwargs)
        return FOREIGN
    return objects.construct(machine, cls, args, kwargs, scope, node)


def _with_status(
    machine: "Machine", cls: type, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST, position: int
) -> Thing:
    made = Thing(cls, dict(kwargs), place=machine.at(node, scope))
    if len(args) > position:
        made.fields["status_code"] = args[position]
    elif "status_code" not in kwargs:
        static = inspect.getattr_static(cls, "status_code", None)
        if isinstance(static, int):
            made.fields["status_code"] = Known(static)
    return made


def _method(machine: "Machine", bound: Bound, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    function, this = bound.function, bound.this
    if isinstance(function, Known) and inspect.isfunction(function.value):
        inner = function.value
        if machine.code.own(inner.__code__.co_filename):
            return machine.run(inner, [this, *args], kwargs, scope)
        if isinstance(this, Thing) and inner.__name__ == "__init__":
            return _library_init(machine, this, owner=objects.owner_of(inner), args=args, kwargs=kwargs)
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
    _hand_over(machine, args, kwargs)
    return FOREIGN


def _library_init(machine: "Machine", this: Thing, *, owner: type | None, args: Args, kwargs: Kwargs) -> Value:
    if owner is not None and issubclass(owner, HTTPException | Response):
        position = 0 if issubclass(owner, HTTPException) else 1
        if len(args) > position:
            this.fields["status_code"] = args[position]
        this.fields |= kwargs
        if issubclass(owner, Response):
            this.fields.setdefault("status_code", Known(307 if issubclass(owner, RedirectResponse) else 200))
        return NONE
    objects.given(this, owner or this.cls, args, kwargs)
    return NONE


def _special(
    machine: "Machine", special: Special, this: Value, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST
) -> Value:
    name = str(special.payload)
    match special.name:
        case "bag" if isinstance(this, Special):
            if name in ("get", "getlist", "getall") and args and isinstance(args[0], Known):
                found = objects.named(machine, this.payload, str(args[0].value), node, scope)
                default = args[1] if len(args) > 1 else kwargs.get("default", NONE)
                if isinstance(default, Known) and default.value is None:
                    return found
                absent = Op("is", (found, NONE))
                return default if machine.path.decide(absent, (*machine.place(node, scope), "get")) else found
            return FOREIGN
        case "method":
            return _plain_method(machine, this, name, args, kwargs, scope, node)
        case "container" if isinstance(this, Known):
            return _container(machine, this, name, args, scope, node)
        case "display" if isinstance(this, Display):
            return _display(machine, this, name, args, scope, node)
        case "model":
            return this if name in ("model_copy", "copy") else FOREIGN
    return FOREIGN


def _plain_method(
    machine: "Machine", this: Value, name: str, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST
) -> Value:
    if isinstance(this, Input) and name == "get" and args and isinstance(args[0], Known):
        found = Input((*this.where, str(args[0].value)), None, optional=True)
        if len(args) > 1 and machine.path.decide(Op("is", (found, NONE)), (*machine.place(node, scope), "get")):
            return args[1]
        return found
    if name == "format" and isinstance(this, Known) and isinstance(this.value, str) and not kwargs:
        return expressions.formatted(this.value, "{}", args)
    if kwargs:
        return FOREIGN
    if isinstance(this, Known) and isinstance(this.value, re.Pattern) and name in ("match", "fullmatch", "search"):
        return expressions.computed(machine, "match", [Known(name), this, *args[:1]], node, scope)
    return expressions.computed(machine, "method", [this, Known(name), *args], node, scope)


def _container(machine: "Machine", this: Known, name: str, args: Args, scope: Scope, node: ast.AST) -> Value:
    table = this.value
    if name == "get" and isinstance(table, dict) and args:
        default = args[1] if len(args) > 1 else NONE
        lacks = expressions.computed(machine, "not in", [args[0], this], node, scope)
        place = (*machine.place(node, scope), "get")
        if isinstance(lacks, Input | Op):
            machine.path.open = machine.path.open or this.state
            absent = machine.path.decide(lacks, place) if table or not this.state else bool(machine.path.fork(place))
        else:
            absent = machine.truth(lacks, node, scope)
        return default if absent else expressions.item(machine, this, args[0], node, scope)
    if name in ("values", "items", "keys") and isinstance(table, dict):
        if this.state:
            return Known([*table.values()], state=True) if name == "values" else Known([], state=True)
        return Known([*getattr(table, name)()])
    if name in ("index", "count", "union", "intersection", "difference", "issubset", "issuperset", "isdisjoint"):
        return expressions.computed(machine, "method", [this, Known(name), *args], node, scope)
    if name in ("pop", "popitem") and isinstance(table, dict) and len(args) == 1:
        return expressions.item(machine, this, args[0], node, scope)
    if name == "remove" and machine.path.fork((*machine.place(node, scope), "remove")):
        raise machine.raises(ValueError if isinstance(table, list) else KeyError, node, scope)
    return FOREIGN


def _display(machine: "Machine", this: Display, name: str, args: Args, scope: Scope, node: ast.AST) -> Value:
    if name in ("append", "add") and args:
        this.items.append(args[0])
        return NONE
    if name == "extend" and args:
        this.items += expressions.iterated(machine, args[0], node, scope)
        return NONE
    if name == "get" and this.kind == "dict" and args:
        for known, value in reversed(objects.pairs(this)):
            if machine.truth(expressions.computed(machine, "==", [args[0], known], node, scope), node, scope):
                return value
        return args[1] if len(args) > 1 else NONE
    if name in ("values", "keys", "items") and this.kind == "dict":
        pairs = objects.pairs(this)
        if name == "items":
            return Display("list", [Display("tuple", [*pair]) for pair in pairs], this.whole)
        return Display("list", [pair[name == "values"] for pair in pairs], this.whole)
    return FOREIGN


# Functions that are modelled ------------------------------------------------------------------------------------------


def _isinstance(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    value, kinds = args[0], args[1]
    if not isinstance(kinds, Known):
        return FOREIGN
    match value:
        case Thing():
            return Known(issubclass(value.cls, kinds.value)) if value.made else FOREIGN
        case Known():
            return Known(isinstance(value.value, kinds.value), value.state)
        case Input() if inspect.isclass(known := bare(value.annotation)[0]):
            return Known(issubclass(known, kinds.value))
        case Input() | Op():
            return op("isinstance", value, kinds) or FOREIGN
    return FOREIGN


def _any(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return _quantified(machine, args, scope, node, wanted=True)


def _all(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return _quantified(machine, args, scope, node, wanted=False)


def _quantified(machine: "Machine", args: Args, scope: Scope, node: ast.AST, *, wanted: bool) -> Value:
    if isinstance(args[0], Unknown):
        return FOREIGN
    items = args[0].items if isinstance(args[0], Display) else expressions.iterated(machine, args[0], node, scope)
    for position, one in enumerate(items):
        part = ast.copy_location(ast.Constant(position), node)
        if machine.truth(one, part, scope) is wanted:
            return Known(wanted)
    return Known(not wanted)


def _aggregate(name: str) -> Any:
    def aggregated(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
        if len(args) == 1 and isinstance(args[0], Display) and not args[0].whole and args[0].items:
            return args[0].items[0]
        return _library(machine, {"sum": sum, "min": min, "max": max}[name], args, kwargs, scope, node)

    return aggregated


def _same(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return op("==", _text(args[0]), _text(args[1])) or FOREIGN


def _text(value: Value) -> Value:
    """Return a text as it was before it was encoded."""
    if (
        isinstance(value, Op)
        and value.name == "method"
        and isinstance(value.args[1], Known)
        and value.args[1].value == "encode"
    ):
        return value.args[0]
    return Known(value.value.decode()) if isinstance(value, Known) and isinstance(value.value, bytes) else value


def _len(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    value = args[0]
    found = objects.operated(machine, value, "__len__", [], node, scope)
    if found is not None:
        return found
    if isinstance(value, Display):
        return Known(len(value.items) // (1 + (value.kind == "dict"))) if value.whole else FOREIGN
    if isinstance(value, Known) and hasattr(value.value, "__len__"):
        return Known(len(value.value), value.state) if plain(value.value) else FOREIGN
    return op("call", Known(len), value) or FOREIGN


def _threaded(skipped: int) -> Any:
    def threaded(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
        scope.waits, before = False, scope.waits
        try:
            return machine.call(args[skipped], args[skipped + 1 :], kwargs, scope, node)
        finally:
            scope.waits = before

    return threaded


def _regex(kind: str) -> Any:
    def matched(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
        return expressions.computed(machine, "match", [Known(kind), *args[:3]], node, scope)

    return matched


def _getattr(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    if len(args) > 1 and isinstance(args[1], Known) and isinstance(args[1].value, str):
        return objects.attribute(machine, args[0], args[1].value, scope, node)
    machine.path.lost = True
    return LOST


def _super(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    this = expressions.lookup(machine, "self", scope)
    owner = scope.owner
    return Special("super", (owner, this)) if owner is not None else FOREIGN


def _cast(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return args[1]


def _iter(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return args[0]


def _next(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    for one in expressions.iterated(machine, args[0], node, scope):
        return one
    if len(args) > 1:
        return args[1]
    raise machine.raises(StopIteration, node, scope)


def _enumerate(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    whole = isinstance(args[0], Display | Known)
    made: list[Value] = []
    for at, one in enumerate(expressions.iterated(machine, args[0], node, scope)):
        made.append(Display("tuple", [Known(at), one]))
        if not whole:  # any other item comes at any other place
            made.append(Display("tuple", [FOREIGN, one]))
    return Display("list", made)


def _zip(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    columns = [[*expressions.iterated(machine, part, node, scope)] for part in args]
    return Display("list", [Display("tuple", [*row]) for row in zip(*columns, strict=False)])


def _map(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    columns = [[*expressions.iterated(machine, part, node, scope)] for part in args[1:]]
    made = [machine.call(args[0], [*row], {}, scope, node) for row in zip(*columns, strict=False)]
    return Display("list", made, whole=all(isinstance(part, Known | Display) for part in args[1:]))


def _filter(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    kept = [
        one
        for one in expressions.iterated(machine, args[1], node, scope)
        if machine.truth(one if _is_none(args[0]) else machine.call(args[0], [one], {}, scope, node), node, scope)
    ]
    return Display("list", kept, whole=isinstance(args[1], Known | Display))


def _is_none(value: Value) -> bool:
    return isinstance(value, Known) and value.value is None


def _reduce(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    value: Value = args[2] if len(args) > 2 else FOREIGN
    for one in expressions.iterated(machine, args[1], node, scope):
        value = machine.call(args[0], [value, one], {}, scope, node)
    return value


def _keyed(inner: Any) -> Any:
    """Run the `key` that things are ordered by, before they are."""

    def ordered(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
        key = kwargs.get("key")
        if key is None or _is_none(key):
            found: Value = inner(machine, args, kwargs, scope, node)
            return found
        for one in expressions.iterated(machine, args[0], node, scope) if len(args) == 1 else args:
            machine.call(key, [one], {}, scope, node)
        return FOREIGN

    return ordered


def _sorted(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return _library(machine, sorted, args, kwargs, scope, node)


def _awaited(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return args[0]


def _gather(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return Display("list", list(args))


def _dumps(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return FOREIGN


def _today(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return Known(NOW.date())


def _now(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return Known(NOW.replace(tzinfo=dt.UTC) if args or kwargs else NOW)


_OPAQUE = frozenset(
    {
        setattr, delattr, exec, eval, compile, globals, locals, vars, __import__, importlib.import_module,
        operator.methodcaller, operator.attrgetter,
    }
)  # fmt: skip
"""Functions that lead to others by a text, or change what was read."""
MODELLED: dict[Any, Any] = {
    isinstance: _isinstance, any: _any, all: _all, len: _len, getattr: _getattr, super: _super,
    sum: _aggregate("sum"), min: _keyed(_aggregate("min")), max: _keyed(_aggregate("max")), iter: _iter, next: _next,
    map: _map, filter: _filter, sorted: _keyed(_sorted), functools.reduce: _reduce, anext: _next, aiter: _iter,
    validators.unchanged: _awaited,
    enumerate: _enumerate, zip: _zip, asyncio.gather: _gather, typing.cast: _cast,
    hmac.compare_digest: _same, secrets.compare_digest: _same,
    re.match: _regex("match"), re.fullmatch: _regex("fullmatch"), re.search: _regex("search"),
    run_in_threadpool: _threaded(0), asyncio.to_thread: _threaded(0), anyio.to_thread.run_sync: _threaded(0),
    asyncio.create_task: _awaited, asyncio.ensure_future: _awaited, asyncio.wait_for: _awaited,
    asyncio.shield: _awaited,
    dt.date.today: _today, dt.datetime.now: _now, dt.datetime.utcnow: _now,
}  # fmt: skip
"""By the function itself, whatever name the app gave it."""
