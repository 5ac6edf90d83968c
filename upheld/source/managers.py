"""What a `with` block does before and after its body."""

import ast
from typing import TYPE_CHECKING

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
        _leave(machine, entered, node, scope)


def _enter(machine: "Machine", manager: Value, node: ast.AST, scope: Scope) -> Value:
    if isinstance(manager, Special) and manager.name == "managed":
        found: Value = manager.payload[0]
        return found
    for name in ("__enter__", "__aenter__"):
        value = objects.operated(machine, manager, name, [], node, scope)
        if value is not None:
            return value
    return manager


def _leave(machine: "Machine", entered: list[Value], node: ast.AST, scope: Scope) -> None:
    for manager in reversed(entered):
        if isinstance(manager, Special) and manager.name == "managed":
            manager.payload[1].run()
        for name in ("__exit__", "__aexit__"):
            objects.operated(machine, manager, name, [NONE, NONE, NONE], node, scope)


def _takes(machine: "Machine", manager: Value, raised: Raised, node: ast.AST, scope: Scope) -> bool:
    """Return whether what was raised goes no further than a context manager."""
    if isinstance(manager, Special) and manager.name == "managed":
        return manager.payload[1].guarded and bool(machine.path.fork((*machine.place(node, scope), "taken")))
    if isinstance(manager, Thing) and manager.cls.__name__ == "suppress":
        kinds = [part.value for part in manager.fields.values() if isinstance(part, Known)]
        return raised.cls is not None and any(issubclass(raised.cls, kind) for kind in kinds)
    kind = Known(raised.cls) if raised.cls is not None else LOST
    for name in ("__exit__", "__aexit__"):
        value = objects.operated(machine, manager, name, [kind, raised.value, LOST], node, scope)
        if value is not None:
            return machine.truth(value, node, scope)
    return False
