"""Functions of Python and its libraries that are known well enough to be read as what they do."""

import ast
import asyncio
import datetime as dt
import functools
import hmac
import inspect
import re
import secrets
import typing
from typing import TYPE_CHECKING, Any

import anyio.to_thread
from starlette.concurrency import run_in_threadpool

from upheld.source import alternatives, by_type, expressions, items, library, objects, validators
from upheld.source.annotations import bare, models_of
from upheld.source.operations import NOW, op, plain
from upheld.source.values import (
    FOREIGN,
    LOST,
    Args,
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


def _isinstance(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    value, kinds = args[0], args[1]
    if not isinstance(kinds, Known):
        return FOREIGN
    match value:
        case Thing():
            return Known(issubclass(value.cls, kinds.value)) if value.made else FOREIGN
        case Known():
            return Known(isinstance(value.value, kinds.value), value.state)
        case Input(where=where, annotation=annotation) if models_of(annotation):
            return Known(
                issubclass(alternatives.chosen(machine, where, models_of(annotation), node, scope), kinds.value)
            )
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
    parts = args[0].items if isinstance(args[0], Display) else items.iterated(machine, args[0], node, scope)
    for position, one in enumerate(parts):
        place = ast.copy_location(ast.Constant(position), node)
        if machine.truth(one, place, scope) is wanted:
            return Known(wanted)
    return Known(not wanted)


def _aggregate(name: str) -> Any:
    def aggregated(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
        if len(args) == 1 and isinstance(args[0], Display) and not args[0].whole and args[0].items:
            return args[0].items[0]
        return library.called(machine, {"sum": sum, "min": min, "max": max}[name], args, kwargs, scope, node)

    return aggregated


def _same(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    """Compare two texts; `hmac` takes those of ASCII characters alone, and bytes."""
    for text in args[:2]:
        if isinstance(text, Input) and bare(text.annotation)[0] in (str, None):
            ascii_only = Op("method", (text, Known("isascii")))
            if machine.path.decide(Op("not", (ascii_only,)), (*machine.place(node, scope), "ascii")):
                raise machine.raises(TypeError, node, scope)
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
    kind = args[0].value if isinstance(args[0], Known) else None
    return by_type.promised(machine, args[1], kind, scope)


def _iter(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return args[0]


def _next(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    for one in items.iterated(machine, args[0], node, scope):
        return one
    if len(args) > 1:
        return args[1]
    raise machine.raises(StopIteration, node, scope)


def _enumerate(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    whole = isinstance(args[0], Display | Known)
    made: list[Value] = []
    for at, one in enumerate(items.iterated(machine, args[0], node, scope)):
        made.append(Display("tuple", [Known(at), one]))
        if not whole:  # any other item comes at any other place
            made.append(Display("tuple", [FOREIGN, one]))
    return Display("list", made)


def _zip(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    columns = [[*items.iterated(machine, part, node, scope)] for part in args]
    return Display("list", [Display("tuple", [*row]) for row in zip(*columns, strict=False)])


def _map(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    columns = [[*items.iterated(machine, part, node, scope)] for part in args[1:]]
    made = [machine.call(args[0], [*row], {}, scope, node) for row in zip(*columns, strict=False)]
    return Display("list", made, whole=all(isinstance(part, Known | Display) for part in args[1:]))


def _filter(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    kept = [
        one
        for one in items.iterated(machine, args[1], node, scope)
        if machine.truth(one if _is_none(args[0]) else machine.call(args[0], [one], {}, scope, node), node, scope)
    ]
    return Display("list", kept, whole=isinstance(args[1], Known | Display))


def _copied(kind: Any) -> Any:
    """Make a list, or the like, of a table of objects; of plain values it is computed."""

    def copied(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
        match args:
            case [Known(value=dict() | list() | tuple() as table) as known] if not plain(table):
                view = by_type.view(known.annotation, "keys") if isinstance(table, dict) else known.annotation
                return Known([*table], known.state, view)
        return library.called(machine, kind, args, kwargs, scope, node)

    return copied


def _is_none(value: Value) -> bool:
    return isinstance(value, Known) and value.value is None


def _reduce(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    value: Value = args[2] if len(args) > 2 else FOREIGN
    for one in items.iterated(machine, args[1], node, scope):
        value = machine.call(args[0], [value, one], {}, scope, node)
    return value


def _keyed(inner: Any) -> Any:
    """Run the `key` that things are ordered by, before they are."""

    def ordered(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
        key = kwargs.get("key")
        if key is None or _is_none(key):
            found: Value = inner(machine, args, kwargs, scope, node)
            return found
        for one in items.iterated(machine, args[0], node, scope) if len(args) == 1 else args:
            machine.call(key, [one], {}, scope, node)
        return FOREIGN

    return ordered


def _sorted(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return library.called(machine, sorted, args, kwargs, scope, node)


def _awaited(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return args[0]


def _gather(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return Display("list", list(args))


def _today(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return Known(NOW.date())


def _now(machine: "Machine", args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST) -> Value:
    return Known(NOW.replace(tzinfo=dt.UTC) if args or kwargs else NOW)


MODELLED: dict[Any, Any] = {
    isinstance: _isinstance, any: _any, all: _all, len: _len, getattr: _getattr, super: _super,
    sum: _aggregate("sum"), min: _keyed(_aggregate("min")), max: _keyed(_aggregate("max")), iter: _iter, next: _next,
    map: _map, filter: _filter, sorted: _keyed(_sorted), functools.reduce: _reduce, anext: _next, aiter: _iter,
    validators.unchanged: _awaited,
    list: _copied(list), tuple: _copied(tuple), reversed: _copied(reversed),
    enumerate: _enumerate, zip: _zip, asyncio.gather: _gather, typing.cast: _cast,
    hmac.compare_digest: _same, secrets.compare_digest: _same,
    re.match: _regex("match"), re.fullmatch: _regex("fullmatch"), re.search: _regex("search"),
    run_in_threadpool: _threaded(0), asyncio.to_thread: _threaded(0), anyio.to_thread.run_sync: _threaded(0),
    asyncio.create_task: _awaited, asyncio.ensure_future: _awaited, asyncio.wait_for: _awaited,
    asyncio.shield: _awaited,
    dt.date.today: _today, dt.datetime.now: _now, dt.datetime.utcnow: _now,
}  # fmt: skip
"""By the function itself, whatever name the app gave it."""
