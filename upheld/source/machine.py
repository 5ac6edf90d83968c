"""Runs the app's code on values that are only partly known, one way at a time: its functions."""

import ast
import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException

from upheld.model import ClaimKind, Location
from upheld.source import by_type, expressions, library, objects, statements
from upheld.source.changes import FunctionNode, is_empty
from upheld.source.code import Code
from upheld.source.computing import Wholes, parameters
from upheld.source.exits import Left, Raised, Skipped, Yielded
from upheld.source.operations import plain, stateful
from upheld.source.path import Path, Sight
from upheld.source.values import LOST, NONE, Bound, Closure, Display, Input, Known, Op, Scope, Thing, Value

DEEPEST = 16
"""How many calls may be nested."""


class Paused:
    """What is left of a generator that has yielded."""

    def __init__(self, machine: "Machine", yielded: Yielded, scope: Scope) -> None:
        """Take where it has stopped."""
        self._machine, self._rest, self._scope = machine, yielded.rest, scope
        self.guarded = yielded.guarded
        """Whether it may take what is raised meanwhile."""

    def run(self) -> None:
        """Run what comes after the `yield`. Errors: Raised."""
        with contextlib.suppress(Left, Skipped, Yielded):
            for block in self._rest:
                statements.run(self._machine, block, self._scope)

    def close(self) -> None:
        """Run it where the answer may have been sent: what it raises then may be an answer, or none."""
        try:
            self.run()
        except Raised as raised:
            if raised.cls is None or issubclass(raised.cls, HTTPException) or self._machine.code.owns(raised.cls):
                self._machine.refused = True


class Machine:
    """Follows one way."""

    def __init__(self, code: Code, path: Path, wholes: Wholes) -> None:
        """Take the project's code, the way that remembers what is chosen and met, and what is evaluated whole."""
        self.code, self.path = code, path
        self.wholes = wholes
        self.sent: Value = NONE
        """What a middleware that speaks ASGI sent last."""
        self.later: list[Callable[[], object]] = []
        """What runs once there is an answer: background tasks, and what follows a `yield`."""
        self.raised: list[Value] = []
        """The exceptions that were raised."""
        self.paused: Paused | None = None
        """What is left of the generator that was called last."""
        self.refused = False
        """Whether what follows a `yield` raised what may still be answered."""

    # Functions ---------------------------------------------------------------------------------------------------

    def call(
        self, function: Value, args: Sequence[Value], kwargs: Mapping[str, Value], scope: Scope, node: ast.AST
    ) -> Value:
        """Return what a call returns. Errors: Raised."""
        return library.call(self, function, list(args), dict(kwargs), scope, node)

    def run(
        self,
        function: Any,
        args: Sequence[Value],
        kwargs: Mapping[str, Value],
        scope: Scope,
        *,
        waits: bool | None = None,
        owner: type | None = None,
    ) -> Value:
        """Return what a function of the project's returns."""
        node = self.code.node(function)
        if node is None or scope.depth >= DEEPEST:
            self.path.lost = True
            return LOST
        whole = self.wholes.whole(function)
        given = parameters(function, args, kwargs) if whole is not None else None
        if given is not None:
            self.path.followed.add(node)
            return expressions.computed(self, "call", [Known(whole), *given], node, scope)
        names: dict[str, Value] = {}
        cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=False)
        for name, cell in cells:
            try:
                names[name] = Known(cell.cell_contents, self.code.may_change(name, cell.cell_contents))
            except ValueError:  # an empty cell
                continue
        outer = Scope(function.__globals__, function.__code__.co_filename, names=names)
        defaults: dict[str, Value] = {}
        positional = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
        for name, default in zip(reversed(positional), reversed(function.__defaults__ or ()), strict=False):
            defaults[name] = Known(default, is_empty(default))
        for name, default in (function.__kwdefaults__ or {}).items():
            defaults[name] = Known(default, is_empty(default))
        inner = Scope(
            function.__globals__,
            function.__code__.co_filename,
            qualname=function.__qualname__,
            outer=outer,
            owner=owner or objects.owner_of(function),
            depth=scope.depth + 1,
            waits=scope.waits if waits is None else waits,
        )
        types = dict(getattr(function, "__annotations__", {}))
        self._bind(node, inner, args, kwargs, defaults, types)
        return by_type.promised(self, self.body(node, inner, pauses=scope.pauses), types.get("return"), inner)

    def run_closure(self, closure: Closure, args: Sequence[Value], kwargs: Mapping[str, Value], scope: Scope) -> Value:
        """Return what an inner function or a lambda returns."""
        if scope.depth >= DEEPEST:
            self.path.lost = True
            return LOST
        outer = closure.scope
        inner = Scope(
            outer.globals,
            outer.file,
            qualname=getattr(closure.node, "name", outer.qualname),
            outer=outer,
            owner=outer.owner,
            depth=scope.depth + 1,
            waits=scope.waits,
        )
        self._bind(closure.node, inner, args, kwargs, closure.defaults, {})
        return self.body(closure.node, inner)

    def body(self, node: FunctionNode, scope: Scope, *, pauses: bool = False) -> Value:
        """Return what a function's body returns, its parameters being set; of a generator, all that it yields.

        One that `pauses` is run to its first `yield`, and `paused` is what is left.
        """
        self.path.followed.add(node)
        if isinstance(node, ast.Lambda):
            return self.eval(node.body, scope)
        generates = self.code.generates(node)
        if generates and not pauses:
            return self._yielded(node, scope)
        try:
            statements.run(self, node.body, scope)
        except Left as left:
            return left.value
        except Yielded as yielded:
            self.paused = Paused(self, yielded, scope)
            return yielded.value
        return NONE

    def _yielded(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Value:
        scope.yielded = Display("list", [], whole=False)
        scope.waits = scope.waits and isinstance(node, ast.AsyncFunctionDef)  # any other may be iterated in a thread
        try:
            statements.run(self, node.body, scope)
        except Left:
            pass
        except Raised:  # not when it is called, but somewhere on the way through it
            self.path.open = True
            raise
        return scope.yielded

    def take_paused(self) -> "Paused | None":
        """Return what is left of the generator that was called last, once."""
        paused, self.paused = self.paused, None
        return paused

    def afterwards(self) -> None:
        """Run what comes after the answer: what it raises is none, and what cannot be followed changes none."""
        lost, due = self.path.lost, [*self.later]
        for one in due:
            with contextlib.suppress(Raised):
                one()
        self.path.lost = lost or self.refused

    def _bind(
        self,
        node: FunctionNode,
        scope: Scope,
        args: Sequence[Value],
        kwargs: Mapping[str, Value],
        defaults: Mapping[str, Value],
        types: Mapping[str, Any],
    ) -> None:
        given, named = list(args), dict(kwargs)
        for one in (*node.args.posonlyargs, *node.args.args):
            if given:
                scope.names[one.arg] = given.pop(0)
            elif one.arg in named:
                scope.names[one.arg] = named.pop(one.arg)
            elif one.arg in defaults:
                scope.names[one.arg] = defaults[one.arg]
            else:
                scope.names[one.arg] = by_type.typed(self, types.get(one.arg), scope)
        for one in node.args.kwonlyargs:
            found = named.pop(one.arg, None) or defaults.get(one.arg)
            scope.names[one.arg] = found if found is not None else by_type.typed(self, types.get(one.arg), scope)
        if node.args.vararg is not None:
            scope.names[node.args.vararg.arg] = Display("tuple", given)
        if node.args.kwarg is not None:
            pairs = [part for name, value in named.items() for part in (Known(name), value)]
            scope.names[node.args.kwarg.arg] = Display("dict", list(pairs))

    def defaults(self, node: FunctionNode, scope: Scope) -> dict[str, Value]:
        """Return the defaults of an inner function's parameters."""
        positional = [*node.args.posonlyargs, *node.args.args]
        last = positional[len(positional) - len(node.args.defaults) :]
        found = {one.arg: self.eval(value, scope) for one, value in zip(last, node.args.defaults, strict=True)}
        for one, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
            if value is not None:
                found[one.arg] = self.eval(value, scope)
        return found

    # What both statements and expressions need -----------------------------------------------------------------------

    def eval(self, node: ast.expr, scope: Scope) -> Value:
        """Return what an expression is. Errors: Raised."""
        self.path.step()
        return expressions.evaluated(self, node, scope)

    def truth(self, value: Value, node: ast.AST, scope: Scope) -> bool:
        """Return whether a value is true on this way."""
        for name in ("__bool__", "__len__"):
            found = objects.operated(self, value, name, [], node, scope)
            if found is not None:
                return self.truth(found, node, scope)
        match value:
            case Known(state=False):
                return bool(value.value) if plain(value.value) else True
            case Input() | Op():
                if stateful(value):
                    self.path.open = True
                return self.path.decide(value, self.place(node, scope))
            case Thing() if value.made or not hasattr(value.cls, "__len__"):
                return True
            case Display(whole=True):
                return bool(value.items)
            case Closure() | Bound():
                return True
        return bool(self.path.fork(self.place(node, scope)))

    def place(self, node: ast.AST, scope: Scope) -> tuple[object, ...]:
        """Return what tells a fork from others."""
        return (scope.file, getattr(node, "lineno", 0), getattr(node, "col_offset", 0), type(node).__name__)

    def at(self, node: ast.AST, scope: Scope) -> Location:
        """Return an expression's line."""
        return self.code.location(scope.file, getattr(node, "lineno", 1), scope.qualname)

    def raises(self, cls: type, node: ast.AST, scope: Scope) -> Raised:
        """Return an exception that an operation of the language raises."""
        return Raised(Thing(cls), self.at(node, scope))

    def meet(self, kind: ClaimKind, node: ast.AST, scope: Scope, **what: Any) -> None:
        """Remember something that was met on the way."""
        if self.code.own(scope.file):
            self.path.meet(Sight(kind=kind, location=self.at(node, scope), **what))
