"""What a `with` block does before and after its body."""

import ast
import inspect
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException

from upheld.source import objects, statements
from upheld.source.exits import Raised
from upheld.source.values import LOST, NONE, Known, Scope, Special, Thing, Value

if TYPE_CHECKING:
    from upheld.source.machine import Machine


def within(machine: "Machine", node: ast.With | ast.AsyncWith, scope: Scope) -> None:
    """Run a `with` statement."""
    entered: list[Value] = []
    try:
        for item in node.items:
            manager = machine.eval(item.context_expr, scope)
            value = _enter(machine, manager, node, scope)
            entered.append(manager)
            if item.optional_vars is not None:
                statements.assign(machine, item.optional_vars, value, scope)
        if is_cut := _cut_short(machine, node, entered, scope):
            machine.path.open = True
        else:
            statements.run(machine, node.body, scope)
    except Raised as raised:
        taken = False
        for manager in reversed(entered):  # each of them is left
            taken = _takes(machine, manager, raised, node, scope) or taken
        if not taken:
            raise
    except Exception:
        _leave(machine, entered, node, scope)
        raise
    else:
        raised_there = (Known(Exception), Thing(Exception, made=False), LOST)
        _leave(machine, entered, node, scope, raised_there if is_cut else (NONE, NONE, NONE))


def _enter(machine: "Machine", manager: Value, node: ast.AST, scope: Scope) -> Value:
    if isinstance(manager, Special) and manager.name == "managed":
        found: Value = manager.payload[0]
        return found
    for name in ("__enter__", "__aenter__"):
        value = objects.operated(machine, manager, name, [], node, scope)
        if value is not None:
            return value
    return manager


def _cut_short(machine: "Machine", node: ast.With | ast.AsyncWith, entered: list[Value], scope: Scope) -> bool:
    """Take the way on which something that cannot be followed raised what a manager takes; return whether it was."""
    if not any(_may_take(machine, manager) for manager in entered) and not any(map(_ends_early, node.items)):
        return False
    return bool(machine.path.choose((*machine.place(node, scope), "cut short"), 2))


def _may_take(machine: "Machine", manager: Value) -> bool:
    """Return whether a manager may let something go no further that no line of the app raises."""
    if isinstance(manager, Special) and manager.name == "managed":
        return bool(manager.payload[1].guarded)
    if isinstance(manager, Thing) and manager.cls.__name__ == "suppress":
        kinds = _suppressed(manager)
        return not kinds or not all(inspect.isclass(kind) and issubclass(kind, HTTPException) for kind in kinds)
    cls = manager.cls if isinstance(manager, Thing) else type(manager.value) if isinstance(manager, Known) else object
    ways_out = (inspect.getattr_static(cls, name, None) for name in ("__exit__", "__aexit__"))
    return any(_says_so(machine.code.node(one)) for one in ways_out if inspect.isfunction(one))


def _suppressed(manager: Thing) -> list[Any]:
    return [part.value for part in manager.fields.values() if isinstance(part, Known)]


def _says_so(node: ast.AST | None) -> bool:
    """Return whether a function may return something true."""
    returns = [one.value for one in ast.walk(node) if isinstance(one, ast.Return)] if node is not None else []
    return any(value is not None and not (isinstance(value, ast.Constant) and not value.value) for value in returns)


def _ends_early(item: ast.withitem) -> bool:
    """Return whether a manager of a library ends its block without an exception."""
    function = item.context_expr.func if isinstance(item.context_expr, ast.Call) else None
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in _ENDING


_ENDING = frozenset({"move_on_after", "move_on_at", "CancelScope", "ExitStack", "AsyncExitStack"})


def _leave(
    machine: "Machine", entered: list[Value], node: ast.AST, scope: Scope, raised: Sequence[Value] = (NONE, NONE, NONE)
) -> None:
    for manager in reversed(entered):
        if isinstance(manager, Special) and manager.name == "managed":
            manager.payload[1].run()
        for name in ("__exit__", "__aexit__"):
            objects.operated(machine, manager, name, [*raised], node, scope)


def _takes(machine: "Machine", manager: Value, raised: Raised, node: ast.AST, scope: Scope) -> bool:
    """Return whether what was raised goes no further than a context manager."""
    if isinstance(manager, Special) and manager.name == "managed":
        return manager.payload[1].guarded and bool(machine.path.fork((*machine.place(node, scope), "taken")))
    if isinstance(manager, Thing) and manager.cls.__name__ == "suppress":
        return raised.cls is not None and any(issubclass(raised.cls, kind) for kind in _suppressed(manager))
    kind = Known(raised.cls) if raised.cls is not None else LOST
    for name in ("__exit__", "__aexit__"):
        value = objects.operated(machine, manager, name, [kind, raised.value, LOST], node, scope)
        if value is not None:
            return machine.truth(value, node, scope)
    return False
