"""Runs the app's code on values that are only partly known, one way at a time: its statements."""

import ast
import contextlib
import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from upheld.model import ClaimKind, Location
from upheld.source import expressions, library, objects, patterns
from upheld.source.code import Code, FunctionNode
from upheld.source.operations import plain, stateful
from upheld.source.path import Path, Sight
from upheld.source.values import FOREIGN, LOST, NONE, Bound, Closure, Display, Input, Known, Op, Scope, Thing, Value

DEEPEST = 16
"""How many calls may be nested."""


class Raised(Exception):  # noqa: N818 - it is what the app raises, and no error of ours
    """An exception of the app's."""

    def __init__(self, value: Value, place: Location | None) -> None:
        """Take the exception and the line that raised it."""
        self.value, self.place = value, place
        self.__suppress_context__ = True

    @property
    def cls(self) -> type | None:
        """The class of the exception; `None` where it is unknown."""
        if isinstance(self.value, Thing):
            return self.value.cls
        if isinstance(self.value, Known):
            return self.value.value if inspect.isclass(self.value.value) else type(self.value.value)
        return None


class Yielded(Exception):  # noqa: N818 - the way out of a generator
    """A generator's first value."""

    def __init__(self, value: Value) -> None:
        """Take the value."""
        self.value = value
        self.rest: list[Sequence[ast.stmt]] = []
        """What is left to run of each block around the `yield`, the innermost first."""


class _Left(Exception):  # noqa: N818 - the way out of a function
    def __init__(self, value: Value) -> None:
        self.value = value


class _Loop(Exception):  # noqa: N818 - the way out of a round
    pass


class Machine:
    """Follows one way."""

    def __init__(self, code: Code, path: Path) -> None:
        """Take the project's code, and the way that remembers what is chosen and met."""
        self.code, self.path = code, path
        self.sent: Value = NONE
        """What a middleware that speaks ASGI sent last."""
        self.later: list[Callable[[], object]] = []
        """What runs once there is an answer: background tasks, and what follows a `yield`."""

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
        names: dict[str, Value] = {}
        cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=False)
        for name, cell in cells:
            try:
                names[name] = Known(cell.cell_contents, name in self.code.changed)
            except ValueError:  # an empty cell
                continue
        outer = Scope(function.__globals__, function.__code__.co_filename, names=names)
        defaults: dict[str, Value] = {}
        positional = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
        for name, default in zip(reversed(positional), reversed(function.__defaults__ or ()), strict=False):
            defaults[name] = Known(default)
        defaults |= {name: Known(default) for name, default in (function.__kwdefaults__ or {}).items()}
        inner = Scope(
            function.__globals__,
            function.__code__.co_filename,
            qualname=function.__qualname__,
            outer=outer,
            owner=owner or objects.owner_of(function),
            depth=scope.depth + 1,
            waits=scope.waits if waits is None else waits,
        )
        self._bind(node, inner, args, kwargs, defaults, dict(getattr(function, "__annotations__", {})))
        return self.body(node, inner)

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

    def body(self, node: FunctionNode, scope: Scope) -> Value:
        """Return what a function's body returns, its parameters being set."""
        if isinstance(node, ast.Lambda):
            return self.eval(node.body, scope)
        try:
            self.statements(node.body, scope)
        except _Left as left:
            return left.value
        except Yielded as yielded:
            self.later += [functools.partial(self._resumed, yielded.rest, scope)]
            return yielded.value
        return NONE

    def _resumed(self, rest: Sequence[Sequence[ast.stmt]], scope: Scope) -> None:
        with contextlib.suppress(_Left, _Loop, Yielded):
            for block in rest:
                self.statements(block, scope)

    def afterwards(self) -> None:
        """Run what comes after the answer: what it raises is none, and what cannot be followed changes none."""
        lost, due = self.path.lost, [*self.later]
        for one in due:
            with contextlib.suppress(Raised):
                one()
        self.path.lost = lost

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
                scope.names[one.arg] = objects.typed(self, types.get(one.arg), scope)
        for one in node.args.kwonlyargs:
            found = named.pop(one.arg, None) or defaults.get(one.arg)
            scope.names[one.arg] = found if found is not None else objects.typed(self, types.get(one.arg), scope)
        if node.args.vararg is not None:
            scope.names[node.args.vararg.arg] = Display("tuple", given)
        if node.args.kwarg is not None:
            pairs = [part for name, value in named.items() for part in (Known(name), value)]
            scope.names[node.args.kwarg.arg] = Display("dict", list(pairs))

    # Statements --------------------------------------------------------------------------------------------------

    def statements(self, body: Sequence[ast.stmt], scope: Scope) -> None:
        """Run statements in turn."""
        for position, statement in enumerate(body):
            self.path.step()
            try:
                self._statement(statement, scope)
            except Yielded as yielded:
                yielded.rest.append(body[position + 1 :])
                raise

    def _statement(self, node: ast.stmt, scope: Scope) -> None:
        match node:
            case ast.Expr():
                if isinstance(node.value, ast.Yield | ast.YieldFrom):
                    inner = node.value.value
                    raise Yielded(self.eval(inner, scope) if inner is not None else NONE)
                self.eval(node.value, scope)
            case ast.Return():
                value = self.eval(node.value, scope) if node.value is not None else NONE
                if isinstance(value, Thing) and value.place is None:
                    value.place = self.at(node, scope)
                raise _Left(value)
            case ast.If():
                self.statements(
                    node.body if self.truth(self.eval(node.test, scope), node, scope) else node.orelse, scope
                )
            case ast.Raise():
                self._raise(node, scope)
            case ast.Assign():
                value = self._assigned(node.value, scope)
                for target in node.targets:
                    self.assign(target, value, scope)
            case ast.AnnAssign() if node.value is not None:
                self.assign(node.target, self._assigned(node.value, scope), scope)
            case ast.AugAssign():
                old = self.eval(_loaded(node.target), scope)
                new = expressions.binary(self, node.op, old, self.eval(node.value, scope), node, scope)
                self.assign(node.target, new, scope)
            case ast.For() | ast.AsyncFor():
                self._for(node, scope)
            case ast.While():
                self._while(node, scope)
            case ast.Try() | ast.TryStar():
                self._try(node, scope)
            case ast.With() | ast.AsyncWith():
                self._with(node, scope)
            case ast.Match():
                self._match(node, scope)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                scope.names[node.name] = Closure(node, scope, self.defaults(node, scope))
            case ast.Assert():
                if not self.truth(self.eval(node.test, scope), node, scope):
                    raise Raised(Thing(AssertionError), self.at(node, scope))
            case ast.Break() | ast.Continue():
                raise _Loop
            case ast.ClassDef():
                scope.names[node.name] = LOST
            case ast.Import() | ast.ImportFrom():
                expressions.imported(node, scope)

    def _assigned(self, node: ast.expr, scope: Scope) -> Value:
        if isinstance(node, ast.Yield | ast.YieldFrom):
            raise Yielded(self.eval(node.value, scope) if node.value is not None else NONE)
        return self.eval(node, scope)

    def defaults(self, node: FunctionNode, scope: Scope) -> dict[str, Value]:
        """Return the defaults of an inner function's parameters."""
        positional = [*node.args.posonlyargs, *node.args.args]
        last = positional[len(positional) - len(node.args.defaults) :]
        found = {one.arg: self.eval(value, scope) for one, value in zip(last, node.args.defaults, strict=True)}
        for one, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
            if value is not None:
                found[one.arg] = self.eval(value, scope)
        return found

    def _raise(self, node: ast.Raise, scope: Scope) -> None:
        if node.exc is None:
            current = expressions.lookup(self, "__current__", scope)
            raise Raised(current, self.at(node, scope))
        value = self.eval(node.exc, scope)
        if isinstance(value, Known) and inspect.isclass(value.value):
            value = self.call(value, [], {}, scope, node)
        raise Raised(value, self.at(node, scope))

    def _for(self, node: ast.For | ast.AsyncFor, scope: Scope) -> None:
        for item in expressions.iterated(self, self.eval(node.iter, scope), node, scope):
            self.assign(node.target, item, scope)
            try:
                self.statements(node.body, scope)
            except _Loop:
                continue
        self.statements(node.orelse, scope)

    def _while(self, node: ast.While, scope: Scope) -> None:
        for _ in range(2):
            if not self.truth(self.eval(node.test, scope), node, scope):
                break
            try:
                self.statements(node.body, scope)
            except _Loop:
                break

    def _try(self, node: ast.Try | ast.TryStar, scope: Scope) -> None:
        try:
            fails = any(
                isinstance(part, ast.Call | ast.Subscript | ast.BinOp) for one in node.body for part in ast.walk(one)
            )
            if fails and node.handlers:
                way = self.path.choose(self.place(node, scope), len(node.handlers) + 1)
                if way:  # something that cannot be followed raised what this handler takes
                    self.path.open = True
                    handler = node.handlers[way - 1]
                    kinds = self._kinds(handler, scope)
                    cls = kinds[0] if kinds else Exception
                    self._handle(handler, Thing(cls, made=False), scope)
                    self.statements(node.finalbody, scope)
                    return
            try:
                self.statements(node.body, scope)
            except Raised as raised:
                handled = self._handler(node.handlers, raised, scope)
                if handled is None:
                    raise
                self._handle(handled, raised.value, scope)
            else:
                self.statements(node.orelse, scope)
        except Yielded as yielded:
            yielded.rest.append(node.finalbody)
            raise
        except BaseException:
            self.statements(node.finalbody, scope)
            raise
        else:
            self.statements(node.finalbody, scope)

    def _handle(self, handler: ast.ExceptHandler, value: Value, scope: Scope) -> None:
        scope.names["__current__"] = value
        if handler.name is not None:
            scope.names[handler.name] = value
        self.statements(handler.body, scope)

    def _handler(self, handlers: list[ast.ExceptHandler], raised: Raised, scope: Scope) -> ast.ExceptHandler | None:
        for handler in handlers:
            kinds = self._kinds(handler, scope)
            if handler.type is None or raised.cls is None:
                return handler
            if any(issubclass(raised.cls, kind) for kind in kinds):
                return handler
        return None

    def _kinds(self, handler: ast.ExceptHandler, scope: Scope) -> list[type]:
        if handler.type is None:
            return [Exception]
        value = self.eval(handler.type, scope)
        parts = value.items if isinstance(value, Display) else [value]
        known = [part.value for part in parts if isinstance(part, Known)]
        flat = [one for part in known for one in (part if isinstance(part, tuple) else (part,))]
        return [one for one in flat if inspect.isclass(one)]

    def _with(self, node: ast.With | ast.AsyncWith, scope: Scope) -> None:
        suppressed: list[type] = []
        for item in node.items:
            value = self.eval(item.context_expr, scope)
            if isinstance(value, Thing) and value.cls.__name__ == "suppress":
                suppressed += [part.value for part in value.fields.values() if isinstance(part, Known)]
            entered = objects.entered(self, value, node, scope)
            if item.optional_vars is not None:
                self.assign(item.optional_vars, entered, scope)
        try:
            self.statements(node.body, scope)
        except Raised as raised:
            if raised.cls is None or not any(issubclass(raised.cls, kind) for kind in suppressed):
                raise

    def _match(self, node: ast.Match, scope: Scope) -> None:
        subject = self.eval(node.subject, scope)
        for case in node.cases:
            if patterns.matches(self, case.pattern, subject, scope) and (
                case.guard is None or self.truth(self.eval(case.guard, scope), case.guard, scope)
            ):
                self.statements(case.body, scope)
                return

    # What both statements and expressions need -----------------------------------------------------------------------

    def eval(self, node: ast.expr, scope: Scope) -> Value:
        """Return what an expression is. Errors: Raised."""
        self.path.step()
        return expressions.evaluated(self, node, scope)

    def truth(self, value: Value, node: ast.AST, scope: Scope) -> bool:
        """Return whether a value is true on this way."""
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

    def assign(self, target: ast.expr, value: Value, scope: Scope) -> None:
        """Give a name, a member or several names a value."""
        match target:
            case ast.Name():
                scope.names[target.id] = value
            case ast.Starred():
                self.assign(target.value, FOREIGN, scope)
            case ast.Tuple() | ast.List():
                for position, part in enumerate(target.elts):
                    self.assign(part, expressions.nth(self, value, position, part, scope), scope)
            case ast.Attribute():
                objects.set_attribute(self, self.eval(target.value, scope), target.attr, value, self.at(target, scope))
            case ast.Subscript():
                this = self.eval(target.value, scope)
                index = self.eval(target.slice, scope)
                if isinstance(this, Display) and this.kind == "dict":
                    this.items += [index, value]

    def meet(self, kind: ClaimKind, node: ast.AST, scope: Scope, **what: Any) -> None:
        """Remember something that was met on the way."""
        if self.code.own(scope.file):
            self.path.meet(Sight(kind=kind, location=self.at(node, scope), **what))


def _loaded(target: ast.expr) -> ast.expr:
    if isinstance(target, ast.Name):
        return ast.copy_location(ast.Name(target.id, ast.Load()), target)
    return target
