"""Runs the app's code on values that are only partly known: its statements."""

import ast
import inspect
from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from upheld.source import by_type, expressions, items, managers, objects, patterns, rounds
from upheld.source.exits import Left, Raised, Skipped, Yielded
from upheld.source.values import FOREIGN, LOST, NONE, Closure, Display, Known, Scope, Special, Thing, Unknown, Value

if TYPE_CHECKING:
    from upheld.source.machine import Machine


def run(machine: "Machine", body: Sequence[ast.stmt], scope: Scope) -> None:
    """Run statements in turn. Errors: Raised, Left, Skipped, Yielded."""
    for position, statement in enumerate(body):
        machine.path.step()
        try:
            _statement(machine, statement, scope)
        except Yielded as yielded:
            yielded.rest.append(body[position + 1 :])
            raise


def _statement(machine: "Machine", node: ast.stmt, scope: Scope) -> None:
    match node:
        case ast.Expr():
            _assigned(machine, node.value, scope)
        case ast.Return():
            value = machine.eval(node.value, scope) if node.value is not None else NONE
            if isinstance(value, Thing) and value.place is None:
                value.place = machine.at(node, scope)
            raise Left(value)
        case ast.If():
            chosen = node.body if machine.truth(machine.eval(node.test, scope), node, scope) else node.orelse
            run(machine, chosen, scope)
        case ast.Raise():
            _raise(machine, node, scope)
        case ast.Assign():
            value = _assigned(machine, node.value, scope)
            for target in node.targets:
                assign(machine, target, value, scope)
        case ast.AnnAssign() if node.value is not None:
            value = _assigned(machine, node.value, scope)
            assign(machine, node.target, _promised(machine, value, node.annotation, scope), scope)
        case ast.AugAssign():
            old = machine.eval(_loaded(node.target), scope)
            new = expressions.binary(machine, node.op, old, machine.eval(node.value, scope), node, scope, in_place=True)
            assign(machine, node.target, new, scope)
        case ast.Delete():
            for target in node.targets:
                _delete(machine, target, scope)
        case ast.For() | ast.AsyncFor():
            rounds.for_each(machine, node, scope)
        case ast.While():
            rounds.while_true(machine, node, scope)
        case ast.Try() | ast.TryStar():
            _try(machine, node, scope)
        case ast.With() | ast.AsyncWith():
            managers.within(machine, node, scope)
        case ast.Match():
            _match(machine, node, scope)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            scope.names[node.name] = _defined(machine, node, scope)
        case ast.Assert():
            if not machine.truth(machine.eval(node.test, scope), node, scope):
                if node.msg is not None:
                    machine.eval(node.msg, scope)
                raise Raised(Thing(AssertionError), machine.at(node, scope))
        case ast.Break() | ast.Continue():
            raise Skipped(last=isinstance(node, ast.Break))
        case ast.ClassDef():
            scope.names[node.name] = LOST
        case ast.Import() | ast.ImportFrom():
            expressions.imported(node, scope)
        case ast.Nonlocal():
            scope.borrowed.update(node.names)


def _assigned(machine: "Machine", node: ast.expr, scope: Scope) -> Value:
    """Return what an expression is; a generator that is to stop at its first `yield` does so here."""
    if isinstance(node, ast.Yield | ast.YieldFrom) and scope.yielded is None:
        raise Yielded(machine.eval(node.value, scope) if node.value is not None else NONE)
    return machine.eval(node, scope)


def _promised(machine: "Machine", value: Value, annotation: ast.expr, scope: Scope) -> Value:
    """Return what a variable's annotation says of a value of which nothing else is known."""
    if not isinstance(value, Unknown) or value.foreign:
        return value
    optional = isinstance(annotation, ast.BinOp) and isinstance(annotation.right, ast.Constant)
    base = annotation.left if isinstance(annotation, ast.BinOp) and optional else annotation
    base = base.value if isinstance(base, ast.Subscript) else base
    kind = machine.eval(base, scope) if isinstance(base, ast.Name | ast.Attribute) else NONE
    if not isinstance(kind, Known) or not inspect.isclass(kind.value):
        return value
    return by_type.promised(machine, value, kind.value | None if optional else kind.value, scope)


def _loaded(target: ast.expr) -> ast.expr:
    if isinstance(target, ast.Name):
        return ast.copy_location(ast.Name(target.id, ast.Load()), target)
    return target


def _defined(machine: "Machine", node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Value:
    """Return an inner function as its decorators leave it."""
    made: Value = Closure(node, scope, machine.defaults(node, scope))
    for decorator in reversed(node.decorator_list):
        made = machine.call(machine.eval(decorator, scope), [made], {}, scope, decorator)
    return made


def _delete(machine: "Machine", target: ast.expr, scope: Scope) -> None:
    if isinstance(target, ast.Subscript):
        this, index = machine.eval(target.value, scope), machine.eval(target.slice, scope)
        objects.operated(machine, this, "__delitem__", [index], target, scope)
        if isinstance(this, Display):
            this.whole = False


def _match(machine: "Machine", node: ast.Match, scope: Scope) -> None:
    subject = machine.eval(node.subject, scope)
    for case in node.cases:
        if patterns.matches(machine, case.pattern, subject, scope) and (
            case.guard is None or machine.truth(machine.eval(case.guard, scope), case.guard, scope)
        ):
            run(machine, case.body, scope)
            return


def assign(machine: "Machine", target: ast.expr, value: Value, scope: Scope) -> None:
    """Give a name, a member or several names a value."""
    match target:
        case ast.Name():
            at = scope
            while target.id in at.borrowed and at.outer is not None:
                at = at.outer
            at.names[target.id] = value
        case ast.Starred():
            assign(machine, target.value, FOREIGN, scope)
        case ast.Tuple() | ast.List():
            for position, part in enumerate(target.elts):
                assign(machine, part, items.nth(machine, value, position, part, scope), scope)
        case ast.Attribute():
            this = machine.eval(target.value, scope)
            objects.set_attribute(machine, this, target.attr, value, target, scope)
        case ast.Subscript():
            this = machine.eval(target.value, scope)
            index = machine.eval(target.slice, scope)
            objects.operated(machine, this, "__setitem__", [index, value], target, scope)
            if isinstance(this, Display) and this.kind == "dict":
                this.items += [index, value]


# What is raised -----------------------------------------------------------------------------------------------------


def _raise(machine: "Machine", node: ast.Raise, scope: Scope) -> None:
    if node.exc is None:
        raise Raised(expressions.lookup(machine, "__current__", scope), machine.at(node, scope))
    value = machine.eval(node.exc, scope)
    if isinstance(value, Known) and inspect.isclass(value.value):
        value = machine.call(value, [], {}, scope, node)
    raised = Raised(value, machine.at(node, scope))
    machine.raised.append(value)
    if raised.cls is None:
        machine.path.lost = True
    raise raised


def _try(machine: "Machine", node: ast.Try | ast.TryStar, scope: Scope) -> None:
    try:
        _ended(machine, node, scope)
        if not _unforeseen(machine, node, scope):
            _body(machine, node, scope)
    except Yielded as yielded:
        yielded.rest.append(node.finalbody)
        yielded.guarded = yielded.guarded or bool(node.handlers)
        raise
    except BaseException:
        run(machine, node.finalbody, scope)
        raise
    else:
        run(machine, node.finalbody, scope)


def _unforeseen(machine: "Machine", node: ast.Try | ast.TryStar, scope: Scope) -> bool:
    """Take the way on which something that cannot be followed raised what a handler takes; return whether one was."""
    kinds = [(handler, kind) for handler in node.handlers for kind in _foreign_kinds(machine, handler, scope)]
    way = machine.path.choose(machine.place(node, scope), len(kinds) + 1) if kinds else 0
    if way:
        machine.path.open = True
        handler, kind = kinds[way - 1]
        _handle(machine, handler, Thing(kind, made=False), scope)
    return bool(way)


def _ended(machine: "Machine", node: ast.Try | ast.TryStar, scope: Scope) -> None:
    """Take the way on which something that cannot be followed raised what nothing takes, where the end answers."""
    answers = (isinstance(part, ast.Raise | ast.Return) for one in node.finalbody for part in ast.walk(one))
    if any(answers) and machine.path.choose((*machine.place(node, scope), "ended"), 2):
        machine.path.open = True
        raise Raised(Thing(Exception, made=False), None)


def _foreign_kinds(machine: "Machine", handler: ast.ExceptHandler, scope: Scope) -> list[type]:
    """Return what a handler takes, less what only lines of the app raise, or libraries that are not followed."""
    return [kind for kind in _kinds(machine, handler, scope) if not issubclass(kind, HTTPException)]


def _body(machine: "Machine", node: ast.Try | ast.TryStar, scope: Scope) -> None:
    try:
        run(machine, node.body, scope)
    except Raised as raised:
        handled = _handler(machine, node.handlers, raised, scope)
        if handled is None:
            raise
        _handle(machine, handled, raised.value, scope)
    else:
        run(machine, node.orelse, scope)


def _handle(machine: "Machine", handler: ast.ExceptHandler, value: Value, scope: Scope) -> None:
    machine.raised.append(value)
    scope.names["__current__"] = value
    if handler.name is not None:
        scope.names[handler.name] = value
    run(machine, handler.body, scope)


def _handler(
    machine: "Machine", handlers: list[ast.ExceptHandler], raised: Raised, scope: Scope
) -> ast.ExceptHandler | None:
    for handler in handlers:
        if handler.type is None or raised.cls is None:
            return handler
        if any(issubclass(raised.cls, kind) for kind in _kinds(machine, handler, scope)):
            return handler
    return None


def _kinds(machine: "Machine", handler: ast.ExceptHandler, scope: Scope) -> list[type]:
    if handler.type is None:
        return [Exception]
    value = machine.eval(handler.type, scope)
    parts = value.items if isinstance(value, Display) else [value]
    if any(isinstance(part, Unknown | Special) for part in parts):
        machine.path.lost = True
    known = [part.value for part in parts if isinstance(part, Known)]
    flat = [one for part in known for one in (part if isinstance(part, tuple) else (part,))]
    return [one for one in flat if inspect.isclass(one)]
