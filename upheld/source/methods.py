"""What the methods of texts and containers do."""

import ast
import re
from typing import TYPE_CHECKING

from upheld.source import by_type, expressions, items, library, objects
from upheld.source.values import (
    FOREIGN,
    NONE,
    Args,
    Display,
    Input,
    Known,
    Kwargs,
    Op,
    Scope,
    Value,
)

if TYPE_CHECKING:
    from upheld.source.machine import Machine


def of_plain(
    machine: "Machine", this: Value, name: str, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST
) -> Value:
    """Return what a method of a plain value, or of something computed, returns."""
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


def of_container(machine: "Machine", this: Known, name: str, args: Args, scope: Scope, node: ast.AST) -> Value:
    """Return what a method of a table of the app's returns."""
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
        return default if absent else items.item(machine, this, args[0], node, scope)
    if name in ("values", "items", "keys") and isinstance(table, dict):
        return Known([*getattr(table, name)()], this.state, by_type.view(this.annotation, name))
    if name in ("index", "count", "union", "intersection", "difference", "issubset", "issuperset", "isdisjoint"):
        return expressions.computed(machine, "method", [this, Known(name), *args], node, scope)
    if name in ("pop", "popitem") and isinstance(table, dict) and len(args) == 1:
        return items.item(machine, this, args[0], node, scope)
    if name == "remove" and machine.path.fork((*machine.place(node, scope), "remove")):
        raise machine.raises(ValueError if isinstance(table, list) else KeyError, node, scope)
    return FOREIGN


def of_display(machine: "Machine", this: Display, name: str, args: Args, scope: Scope, node: ast.AST) -> Value:
    """Return what a method of a container returns that the code has made."""
    if name in ("append", "add") and args:
        this.items.append(args[0])
        return NONE
    if name == "extend" and args:
        this.items += items.iterated(machine, args[0], node, scope)
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
    library.hand_over(machine, args, {})
    return FOREIGN
