"""Loops: some rounds are run as they are, and one more stands for all that may follow."""

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from upheld.source import items, statements
from upheld.source.changes import CHANGING
from upheld.source.exits import Skipped
from upheld.source.values import LOST, Display, Known, Scope, Thing, Value

if TYPE_CHECKING:
    from upheld.source.machine import Machine

_ROUNDS = 2
"""How many rounds of a `while` are run as they are."""


def for_each(machine: "Machine", node: ast.For | ast.AsyncFor, scope: Scope) -> None:
    """Run a `for` loop."""
    iterable = machine.eval(node.iter, scope)
    last = None
    for item in items.iterated(machine, iterable, node, scope):
        statements.assign(machine, node.target, item, scope)
        last = item
        if not _round(machine, node.body, scope):
            return
    if last is not None and not _counted(iterable) and _blurred(node.body, scope, machine):
        statements.assign(machine, node.target, last, scope)
        if not _round(machine, node.body, scope):
            return
    statements.run(machine, node.orelse, scope)


def _counted(iterable: Value) -> bool:
    """Return whether each item of what is gone through was known."""
    if isinstance(iterable, Display):
        return iterable.whole
    if not isinstance(iterable, Known) or iterable.state or not hasattr(iterable.value, "__len__"):
        return False
    return len(iterable.value) <= items.ITEMS_MOST


def while_true(machine: "Machine", node: ast.While, scope: Scope) -> None:
    """Run a `while` loop."""
    for _ in range(_ROUNDS):
        if not machine.truth(machine.eval(node.test, scope), node, scope):
            statements.run(machine, node.orelse, scope)
            return
        if not _round(machine, node.body, scope):
            return
    if _blurred([node.test, *node.body], scope, machine):
        _round(machine, node.body, scope)


def _round(machine: "Machine", body: list[ast.stmt], scope: Scope) -> bool:
    """Run one round, and return whether another may follow."""
    try:
        statements.run(machine, body, scope)
    except Skipped as skipped:
        return not skipped.last
    return True


def _blurred(parts: Iterable[ast.AST], scope: Scope, machine: "Machine") -> bool:
    """Forget what rounds hand on to each other, and return whether there is any."""
    nodes = [node for part in parts for node in ast.walk(part)]
    read = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    counters = [node.target for node in nodes if isinstance(node, ast.AugAssign)]
    counted = {target.id for target in counters if isinstance(target, ast.Name)}
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    carried = counted | {name for name in stored & read if name in scope.names}
    scope.names |= dict.fromkeys(carried, LOST)
    changed = [node for node in nodes if _changes(node)]
    for node in changed:
        _forget(node, scope)
    if carried or changed:
        machine.path.open = True
    return bool(carried or changed)


def _changes(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute | ast.Subscript):
        return not isinstance(node.ctx, ast.Load)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING


def _forget(node: ast.AST, scope: Scope) -> None:
    target = node.func if isinstance(node, ast.Call) else node
    named = target.value if isinstance(target, ast.Attribute | ast.Subscript) else None
    if not isinstance(named, ast.Name) or named.id not in scope.names:
        return
    value = scope.names[named.id]
    if isinstance(value, Display):
        value.whole = False
    elif isinstance(value, Thing) and isinstance(target, ast.Attribute) and not isinstance(node, ast.Call):
        value.fields[target.attr] = LOST
    elif isinstance(value, Known):
        scope.names[named.id] = LOST
