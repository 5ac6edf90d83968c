"""What is in containers: an item, one of several, what a loop goes through."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from upheld.source import connection, expressions, objects
from upheld.source.annotations import bare, items_of
from upheld.source.changes import is_empty
from upheld.source.operations import PLAIN, op, plain
from upheld.source.values import (
    FOREIGN,
    NONE,
    Display,
    Input,
    Known,
    Op,
    Scope,
    Special,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from upheld.source.machine import Machine


ITEMS_MOST = 12
_FROM_THE_START, _STORED_MOST = 2, 4


def subscript(machine: "Machine", node: ast.Subscript, scope: Scope) -> Value:
    """Return an item or a slice. Errors: Raised, where a key is chosen that a table lacks."""
    this = machine.eval(node.value, scope)
    if isinstance(node.slice, ast.Slice):
        parts = [machine.eval(part, scope) if part is not None else NONE for part in
                 (node.slice.lower, node.slice.upper, node.slice.step)]  # fmt: skip
        return expressions.computed(machine, "slice", [this, *parts], node, scope)
    return item(machine, this, machine.eval(node.slice, scope), node, scope)


def item(machine: "Machine", this: Value, index: Value, node: ast.AST, scope: Scope) -> Value:
    """Return an item of a container."""
    place = (*machine.place(node, scope), "item")
    for special in ("__getitem__", "__missing__"):
        found = objects.operated(machine, this, special, [index], node, scope)
        if found is not None:
            machine.path.open = machine.path.open or special == "__missing__"
            return found
    match this, index:
        case Special(), _:
            return connection.item(machine, this, index, node, scope)
        case Known(value=dict() as table), Input() | Op():
            lacks = op("not in", index, this)
            if lacks is not None:
                machine.path.open = machine.path.open or this.state
                if machine.path.decide(lacks, place):
                    raise machine.raises(KeyError, node, scope)
            if all(plain(value) for value in table.values()) and (table or not this.state):
                return op("item", this, index) or FOREIGN
            if not table:
                return objects.like(machine, [], this.annotation)
            return one_of(machine, list(table.values()), place, state=this.state, index=index, keys=list(table))
        case Known(value=dict() | list() | tuple() as container, state=True), _:
            if machine.path.fork(place):
                raise machine.raises(KeyError if isinstance(container, dict) else IndexError, node, scope)
            values = list(container.values()) if isinstance(container, dict) else list(container)
            return objects.like(machine, values, this.annotation)
        case Known(value=dict() | list() | tuple() | str() as container), Known():
            try:
                part = container[index.value]
                return Known(part, this.state or is_empty(part))
            except Exception as error:  # noqa: BLE001 - whatever the app would get
                raise machine.raises(type(error), node, scope) from None
        case Display(kind="dict", whole=True), _:
            return _dict_item(machine, this, index, node, scope)
        case Display(), Known(value=int() as at):
            if -len(this.items) <= at < len(this.items):
                return this.items[at]
            return FOREIGN
        case Input(), Known(value=str() as name):
            inner = Input((*this.where, name), None, optional=True)
            absent = op("is", inner, NONE)
            if absent is not None and machine.path.decide(absent, place):
                raise machine.raises(KeyError, node, scope)
            return inner
        case Input(), Known(value=int() as at) if (kind := items_of(this.annotation)) is not None:
            empty = op("==", Op("call", (Known(len), this)), Known(0))
            if at in (0, -1) and empty is not None and machine.path.decide(empty, place):
                raise machine.raises(IndexError, node, scope)
            return Input((*this.where, max(at, 0)), kind)
        case Unknown(), _:
            return this
    return expressions.computed(machine, "item", [this, index], node, scope)


def _dict_item(machine: "Machine", this: Display, index: Value, node: ast.AST, scope: Scope) -> Value:
    for position in range(len(this.items) - 2, -1, -2):
        same = expressions.computed(machine, "==", [index, this.items[position]], node, scope)
        if machine.truth(same, node, scope):
            return this.items[position + 1]
    raise machine.raises(KeyError, node, scope)


def one_of(
    machine: "Machine",
    values: list[object],
    place: tuple[object, ...],
    *,
    state: bool,
    index: Value,
    keys: list[object],
) -> Value:
    """Return one of several objects of a table, and remember which key stands for it."""
    if not values:
        return FOREIGN
    if len(values) > ITEMS_MOST and not all(map(plain, values)):
        machine.path.lost = True
    known = min(len(values), ITEMS_MOST)
    way = machine.path.choose((*place, "which"), known + state)
    if way == known:  # one that requests have put there
        machine.path.open = True
        return objects.like(machine, values)
    condition = op("==", index, Known(keys[way]))
    if condition is not None:
        machine.path.conditions.append((condition, True))
    value = values[way]
    return Known(value, state and isinstance(value, PLAIN))


def nth(machine: "Machine", value: Value, position: int, node: ast.AST, scope: Scope) -> Value:
    """Return one part of what is unpacked."""
    if isinstance(value, Display):
        return value.items[position] if position < len(value.items) else FOREIGN
    if isinstance(value, Op) and value.name in ("tuple", "list") and position < len(value.args):
        return value.args[position]
    if isinstance(value, Known | Op | Input):
        try:
            return op("item", value, Known(position)) or FOREIGN
        except Exception:  # noqa: BLE001 - what cannot be unpacked
            return FOREIGN
    return value if isinstance(value, Unknown) else FOREIGN


def iterated(machine: "Machine", value: Value, node: ast.AST, scope: Scope, *, once: bool = True) -> Iterator[Value]:
    """Yield what a loop goes through: all of a table, the first item of what the request says."""
    for special in ("__iter__", "__aiter__"):
        made = objects.operated(machine, value, special, [], node, scope)
        if made is not None and made is not value:
            value = made
    for special in ("__next__", "__anext__"):
        made = objects.operated(machine, value, special, [], node, scope)
        if made is not None:
            machine.path.open = True
            yield made
            return
    match value:
        case Known(value=dict() | list() | tuple() | set() | frozenset() | str() | range() as container):
            if value.state:
                yield from _of_store(machine, list(container), value, (*machine.place(node, scope), "loop"))
                return
            members = sorted(container, key=repr) if isinstance(container, set | frozenset) else list(container)
            yield from _first(machine, members)
        case Known(value=type() as kind):
            yield from _first(machine, list(getattr(kind, "__members__", {}).values()))
        case Display():
            items = value.items[::2] if value.kind == "dict" else value.items
            yield from list(items)
            if not value.whole and not machine.path.fork((*machine.place(node, scope), "loop")):
                yield FOREIGN
        case Input():
            kind = items_of(value.annotation)
            text = bare(value.annotation)[0] is str
            empty = op("==", Op("call", (Known(len), value)), Known(0))
            if once and empty is not None and machine.path.decide(empty, (*machine.place(node, scope), "loop")):
                return
            yield Op("item", (value, Known(0))) if text else Input((*value.where, 0), kind)
        case Op(name="list" | "tuple", args=parts):
            yield from parts
        case Op():
            yield Op("item", (value, Known(0)))
        case _:
            if not machine.path.fork((*machine.place(node, scope), "loop")):
                yield value if isinstance(value, Unknown) else FOREIGN


def _of_store(machine: "Machine", members: list[object], store: Known, place: tuple[object, ...]) -> Iterator[Value]:
    """Yield something of a store's kind, nothing, or what it held from the start."""
    way = machine.path.fork(place, 2 + bool(members))
    if way == 0:
        yield objects.like(machine, members, store.annotation)
    elif way == _FROM_THE_START:
        yield from (Known(member, isinstance(member, PLAIN)) for member in members[:_STORED_MOST])


def _first(machine: "Machine", members: list[object]) -> Iterator[Value]:
    """Yield the first members of a container, and one that stands for the rest."""
    yield from map(Known, members[:ITEMS_MOST])
    if len(members) > ITEMS_MOST:
        machine.path.open = True
        yield objects.like(machine, members[ITEMS_MOST:])
