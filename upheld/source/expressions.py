"""Runs the app's code on values that are only partly known: its expressions."""

import ast
import builtins
import importlib
import json
import sys
from typing import TYPE_CHECKING

from upheld.source import items, objects, statements
from upheld.source.annotations import bare
from upheld.source.operations import FAILING, op, packed, plain
from upheld.source.values import (
    FALSE,
    FOREIGN,
    LOST,
    NONE,
    TRUE,
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
from upheld.source.words import asked, compared

if TYPE_CHECKING:
    from upheld.source.machine import Machine

_BINARY = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
}  # fmt: skip
_COMPARED = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "is",
    ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
_UNARY = {ast.USub: "neg", ast.UAdd: "pos", ast.Invert: "inv"}
_SPECIAL = {
    "+": "__add__", "-": "__sub__", "*": "__mul__", "/": "__truediv__", "//": "__floordiv__", "%": "__mod__",
    "**": "__pow__", "&": "__and__", "|": "__or__", "^": "__xor__", "==": "__eq__", "!=": "__ne__", "<": "__lt__",
    "<=": "__le__", ">": "__gt__", ">=": "__ge__", "neg": "__neg__", "pos": "__pos__", "inv": "__invert__",
}  # fmt: skip
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def evaluated(machine: "Machine", node: ast.expr, scope: Scope) -> Value:
    """Return what an expression is. Errors: Raised."""
    match node:
        case ast.Constant():
            return Known(node.value)
        case ast.Name():
            return lookup(machine, node.id, scope)
        case ast.Attribute():
            return objects.attribute(machine, machine.eval(node.value, scope), node.attr, scope, node)
        case ast.Call():
            summed = _summed(machine, node, scope)
            return summed if summed is not None else _call(machine, node, scope)
        case ast.Compare():
            return _compare(machine, node, scope)
        case ast.BoolOp():
            return _bool(machine, node, scope)
        case ast.UnaryOp(op=ast.Not()):
            inner = machine.eval(node.operand, scope)
            if isinstance(inner, Input | Op):
                return op("not", inner) or FOREIGN
            return FALSE if machine.truth(inner, node, scope) else TRUE
        case ast.UnaryOp():
            inner = machine.eval(node.operand, scope)
            name = _UNARY[type(node.op)]
            made = objects.operated(machine, inner, _SPECIAL[name], [], node, scope)
            return made if made is not None else op(name, inner) or FOREIGN
        case ast.BinOp():
            left = machine.eval(node.left, scope)
            return binary(machine, node.op, left, machine.eval(node.right, scope), node, scope)
        case ast.IfExp():
            chosen = node.body if machine.truth(machine.eval(node.test, scope), node, scope) else node.orelse
            return machine.eval(chosen, scope)
        case ast.NamedExpr():
            value = machine.eval(node.value, scope)
            scope.names[node.target.id] = value
            return value
        case ast.Await():
            return machine.eval(node.value, scope)
        case ast.Subscript():
            return items.subscript(machine, node, scope)
        case ast.List(elts=[]):
            return Display("list", [])  # to be filled
        case ast.Tuple() | ast.List() | ast.Set():
            return packed(_display(machine, node, scope))
        case ast.Dict():
            return packed(_dict(machine, node, scope))
        case ast.JoinedStr():
            parts = [machine.eval(part, scope) for part in node.values]
            return op("text", *parts) or FOREIGN
        case ast.FormattedValue():
            value = machine.eval(node.value, scope)
            if node.format_spec is not None:
                machine.eval(node.format_spec, scope)
            return value if node.format_spec is None and node.conversion == -1 else FOREIGN
        case ast.Lambda():
            return Closure(node, scope, machine.defaults(node, scope))
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            return comprehension(machine, node, scope)
        case ast.Yield() | ast.YieldFrom():
            return _yielded(machine, node, scope)
        case ast.Starred():
            return machine.eval(node.value, scope)
    return FOREIGN


def lookup(machine: "Machine", name: str, scope: Scope) -> Value:
    """Return what a name stands for."""
    at: Scope | None = scope
    while at is not None:
        if name in at.names:
            return at.names[name]
        at = at.outer
    if name in scope.globals:
        found = scope.globals[name]
        changes = machine.code.may_change(name, found)
        return Known(found, changes, machine.code.annotations(scope.globals).get(name) if changes else None)
    if hasattr(builtins, name):
        return Known(getattr(builtins, name))
    machine.path.lost = True
    return LOST


def imported(node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
    """Give the names of an import inside a function their values, where the module was imported already."""
    package = str(scope.globals.get("__package__") or "")
    for alias in node.names:
        bound = alias.asname or alias.name.partition(".")[0]
        if isinstance(node, ast.Import):
            module = sys.modules.get(alias.name if alias.asname else bound)
            scope.names[bound] = Known(module) if module is not None else FOREIGN
            continue
        try:
            name = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
        except (ImportError, ValueError):
            name = node.module or ""
        found = getattr(sys.modules.get(name), alias.name, None)
        scope.names[bound] = Known(found) if found is not None else FOREIGN


def computed(machine: "Machine", name: str, args: list[Value], node: ast.AST, scope: Scope) -> Value:
    """Return what an operation makes of values. Errors: Raised, as the operation itself raises."""
    try:
        made = op(name, *args) or FOREIGN
    except Exception as error:  # noqa: BLE001 - whatever the app would get
        raise machine.raises(type(error), node, scope) from None
    raised = _failing(made)
    if raised is not None and machine.path.decide(Op("fails", (made,)), (*machine.place(node, scope), "fails")):
        raise machine.raises(raised, node, scope)
    return made


def _failing(made: Value) -> type[Exception] | None:
    """Return what is raised where a text cannot be read as what it is converted to; `None` where there is no text."""
    match made:
        case Op(name="call", args=(Known(value=function), Input(annotation=kind), *_)):
            is_text = bare(kind)[0] in (str, None)
        case Op(name="call", args=(Known(value=function), Op(name="method" | "item" | "slice" | "text"), *_)):
            is_text = True
        case Op(name="item", args=(Op(name="call", args=(Known(value=function), *_)), Known(value=str()))):
            return KeyError if function is json.loads else None  # whatever somebody has sent is in it
        case _:
            return None
    try:
        return FAILING.get(function) if is_text else None
    except TypeError:  # of a function that cannot be hashed
        return None


def binary(
    machine: "Machine",
    kind: ast.operator,
    left: Value,
    right: Value,
    node: ast.AST,
    scope: Scope,
    *,
    in_place: bool = False,
) -> Value:
    """Return what an arithmetic operation makes of two values."""
    name = _BINARY.get(type(kind))
    if name is None:
        return FOREIGN
    method = _SPECIAL[name]
    for this, other, special in (
        *(((left, right, method.replace("__", "__i", 1)),) if in_place else ()),
        (left, right, method),
        (right, left, method.replace("__", "__r", 1)),
    ):
        made = objects.operated(machine, this, special, [other], node, scope)
        if made is not None:
            return made
    if (name in ("/", "//", "%") and isinstance(right, Input | Op) and not isinstance(left, Known | Display)) or (
        name in ("/", "//", "%")
        and isinstance(right, Input | Op)
        and not (isinstance(left, Known) and isinstance(left.value, str))
    ):
        nonzero(machine, right, node, scope)
    if name == "%" and isinstance(left, Known) and isinstance(left.value, str) and not isinstance(right, Known):
        return formatted(left.value, "%s", right.items if isinstance(right, Display) else [right])
    if isinstance(left, Display) and isinstance(right, Display) and name == "+":
        return Display(left.kind, [*left.items, *right.items], left.whole and right.whole)
    return computed(machine, name, [left, right], node, scope)


def formatted(template: str, mark: str, parts: list[Value]) -> Value:
    """Return a text with values in the places of a mark; nothing is known where it has other marks."""
    texts = template.split(mark)
    if len(texts) != len(parts) + 1 or any(mark[0] in text for text in texts):
        return FOREIGN
    inner = [one for text, part in zip(texts[1:], parts, strict=True) for one in (part, Known(text))]
    return op("text", Known(texts[0]), *inner) or FOREIGN


def nonzero(machine: "Machine", divisor: Value, node: ast.AST, scope: Scope) -> None:
    """Fork where what is divided by may be zero. Errors: Raised."""
    zero = op("==", divisor, Known(0))
    if zero is not None and machine.path.decide(zero, (*machine.place(node, scope), "zero")):
        raise machine.raises(ZeroDivisionError, node, scope)


def _compare(machine: "Machine", node: ast.Compare, scope: Scope) -> Value:
    left = machine.eval(node.left, scope)
    found: Value = TRUE
    for position, (kind, part) in enumerate(zip(node.ops, node.comparators, strict=True)):
        right = machine.eval(part, scope)
        before = node.comparators[position - 1] if position else node.left
        for pair in (*compared(left, before, right), *compared(right, part, left)):
            machine.path.words.setdefault(pair)
        found = _compared(machine, _COMPARED[type(kind)], left, right, node, scope)
        if position + 1 < len(node.ops) and not machine.truth(found, part, scope):
            return FALSE
        left = right
    return found


def _compared(machine: "Machine", name: str, left: Value, right: Value, node: ast.AST, scope: Scope) -> Value:
    if name in ("in", "not in"):
        present = objects.operated(machine, right, "__contains__", [left], node, scope)
        if present is not None:
            return Known(machine.truth(present, node, scope) is (name == "in"))
        present = objects.contains(machine, left, right)
        if present is not None:
            return present if name == "in" else (op("not", present) or FOREIGN)
    for this, other, kind in ((left, right, name), (right, left, _MIRRORED.get(name))):
        made = objects.operated(machine, this, _SPECIAL[kind], [other], node, scope) if kind in _SPECIAL else None
        if made is not None:
            return made
    if name in ("is", "is not", "==", "!=") and isinstance(right, Known) and right.value is None:
        if isinstance(left, Thing | Closure | Special) and not (
            isinstance(left, Thing) and not left.made and left.fields.get("?")
        ):
            return TRUE if name in ("is not", "!=") else FALSE
        if isinstance(left, Known) and not left.state and not plain(left.value):
            return Known((left.value is None) == (name in ("is", "==")))
        if isinstance(left, Input):
            absent = op("is", left, NONE) or FOREIGN
            return absent if name in ("is", "==") else (op("not", absent) or FOREIGN)
    if isinstance(left, Known) and isinstance(right, Known) and not (plain(left.value) and plain(right.value)):
        if name in ("is", "is not") or not (left.state or right.state):
            same = left.value is right.value
            if name in ("is", "==", "is not", "!=") and (same or name.startswith("is")):
                return Known(same == (name in ("is", "==")), left.state or right.state)
        return FOREIGN
    return computed(machine, name, [left, right], node, scope)


def _bool(machine: "Machine", node: ast.BoolOp, scope: Scope) -> Value:
    value: Value = TRUE
    for part in node.values:
        value = machine.eval(part, scope)
        if part is node.values[-1]:
            break
        if machine.truth(value, part, scope) is isinstance(node.op, ast.Or):
            if not isinstance(value, Unknown) or not value.foreign:
                return value
            return TRUE if isinstance(node.op, ast.Or) else FALSE
    return value


def _call(machine: "Machine", node: ast.Call, scope: Scope) -> Value:
    function = machine.eval(node.func, scope)
    args: list[Value] = []
    for part in node.args:
        value = machine.eval(part, scope)
        if isinstance(part, ast.Starred):
            args += items.iterated(machine, value, part, scope, once=False)
        else:
            args.append(value)
    kwargs: dict[str, Value] = {}
    for keyword in node.keywords:
        value = machine.eval(keyword.value, scope)
        if keyword.arg is not None:
            kwargs[keyword.arg] = value
        else:
            for name, inner in objects.pairs(value):
                if isinstance(name, Known) and isinstance(name.value, str):
                    kwargs[name.value] = inner
    machine.path.words |= dict.fromkeys(asked(function, node.func, args))
    return machine.call(function, args, kwargs, scope, node)


def _summed(machine: "Machine", node: ast.Call, scope: Scope) -> Value | None:
    """Return a sum over the parts of what a request says; `None` for any other call. Errors: Raised."""
    names: dict[str, Value] = {}
    at: Scope | None = scope if isinstance(node.func, ast.Name) and node.func.id == "sum" else None
    while at is not None:
        names = {**at.names, **names}
        at = at.outer
    found = machine.wholes.inline(node, names, scope.globals) if names else None
    if found is None:
        return None
    made = op("call", Known(found.whole), *found.given) or FOREIGN
    fails = Op("fails", (made,))
    if found.raises is not None and machine.path.decide(fails, (*machine.place(node, scope), "fails")):
        raise machine.raises(found.raises, node, scope)
    return made


def _display(machine: "Machine", node: ast.Tuple | ast.List | ast.Set, scope: Scope) -> Value:
    made = Display(type(node).__name__.lower(), [])
    for part in node.elts:
        value = machine.eval(part, scope)
        if isinstance(part, ast.Starred):
            if len(node.elts) == 1 and isinstance(value, Input | Op):
                return computed(machine, "call", [Known(getattr(builtins, made.kind)), value], node, scope)
            if isinstance(value, Display) or (isinstance(value, Known) and plain(value.value)):
                made.items += items.iterated(machine, value, part, scope, once=False)
            else:
                made.whole = False
        else:
            made.items.append(value)
    return made


def _dict(machine: "Machine", node: ast.Dict, scope: Scope) -> Display:
    made = Display("dict", [])
    for name, part in zip(node.keys, node.values, strict=True):
        value = machine.eval(part, scope)
        if name is None:
            known = objects.pairs(value)
            made.whole = made.whole and bool(known)
            made.items += [one for pair in known for one in pair]
        else:
            made.items += [machine.eval(name, scope), value]
    return made


def comprehension(
    machine: "Machine", node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, scope: Scope
) -> Value:
    """Return what a comprehension makes, as far as it can be told."""
    inner = Scope(
        scope.globals, scope.file, scope.qualname, outer=scope, owner=scope.owner, depth=scope.depth, waits=scope.waits
    )
    made = Display("dict" if isinstance(node, ast.DictComp) else "list", [])
    _generated(machine, node, node.generators, made, inner)
    return packed(made) if made.whole else made


def _generated(
    machine: "Machine",
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
    generators: list[ast.comprehension],
    made: Display,
    scope: Scope,
) -> None:
    if not generators:
        parts = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
        made.items += [machine.eval(part, scope) for part in parts]
        return
    first, *rest = generators
    source = machine.eval(first.iter, scope)
    made.whole = made.whole and isinstance(source, Known | Display) and getattr(source, "whole", True)
    for one in items.iterated(machine, source, first.target, scope):
        statements.assign(machine, first.target, one, scope)
        if all(machine.truth(machine.eval(test, scope), test, scope) for test in first.ifs):
            _generated(machine, node, rest, made, scope)


def _yielded(machine: "Machine", node: ast.Yield | ast.YieldFrom, scope: Scope) -> Value:
    value = machine.eval(node.value, scope) if node.value is not None else NONE
    if scope.yielded is None:
        machine.path.lost = True
        return LOST
    if isinstance(node, ast.YieldFrom):
        scope.yielded.items += items.iterated(machine, value, node, scope)
    else:
        scope.yielded.items.append(value)
    return NONE
