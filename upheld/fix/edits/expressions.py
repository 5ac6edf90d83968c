"""Single expressions: replaced, or taken out of what holds them."""

import ast

from upheld.fix.edits.bench import Bench, halves, item_of
from upheld.fix.edits.brackets import Bracket
from upheld.fix.edits.calls import expression
from upheld.fix.edits.kinds import EditError
from upheld.fix.edits.literals import adapted
from upheld.fix.edits.syntax import Parts, parts_of

_WHOLE = (
    ast.Name,
    ast.Attribute,
    ast.Call,
    ast.Subscript,
    ast.List,
    ast.Dict,
    ast.Set,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.GeneratorExp,
    ast.JoinedStr,
)
_HOLDERS = (ast.keyword, ast.List, ast.Dict, ast.Set, ast.Tuple, ast.Assign, ast.AnnAssign, ast.Return, ast.arguments)


def replace(bench: Bench, offset: int, end: int | None, code: str) -> None:
    """Write other code in the place of an expression. Errors: EditError."""
    text = bench.text
    found = [node for node in bench.starts.get(offset, []) if end is None or text.end(node) == end]
    if not found:
        raise EditError(f"{text.place(offset)}: no such expression begins here")
    node = found[-1]
    new = expression(code)
    if ast.dump(new) == ast.dump(node):
        return
    parent = bench.parents[node]
    loose = isinstance(parent, _HOLDERS) or (isinstance(parent, ast.Call) and node in parent.args)
    said = adapted(code.strip(), text)
    naked = isinstance(new, ast.Tuple) and not said.startswith("(")
    bare = isinstance(new, _WHOLE) or (isinstance(new, ast.Constant) and not isinstance(new.value, int | float))
    if naked or not (bare or (loose and not isinstance(new, ast.NamedExpr | ast.Yield | ast.Starred))):
        said = f"({said})"
    tree = bench.tree(node)
    tree.parts = _replaced(tree.parts, offset, text.end(node), parts_of(said))


def _replaced(parts: Parts, start: int, end: int, new: Parts) -> Parts:
    for part in parts:
        if isinstance(part, Bracket) and part.start < start and end < part.end:
            item = next(item for item in part.items if item.end >= end)
            item.parts = _replaced(item.parts, start, end, new)
            return parts
    left, rest = halves(parts, start)
    _, right = halves(rest, end)
    return [*left, *new, *right]


def remove(bench: Bench, offset: int) -> None:
    """Take an element, an entry or an argument out of what holds it. Errors: EditError."""
    text = bench.text
    for node in bench.starts.get(offset, []):
        parent = bench.parents[node]
        if isinstance(parent, ast.keyword):
            call = bench.parents[parent]
            if isinstance(call, ast.Call):
                _take(bench, call, parent)
                return
        if isinstance(parent, ast.Dict) and (node in parent.keys or _is_spread(parent, node)):
            value = node if _is_spread(parent, node) else parent.values[parent.keys.index(node)]
            _take(bench, parent, value)
            return
        if isinstance(parent, ast.List | ast.Set | ast.Tuple) and node in parent.elts:
            if isinstance(parent, ast.Set) and len(parent.elts) == 1:
                raise EditError(f"{text.place(offset)}: the only element of a set cannot be taken out")
            _take(bench, parent, node)
            return
        if isinstance(parent, ast.Call) and node in parent.args:
            _take(bench, parent, node)
            return
    raise EditError(f"{text.place(offset)}: no element, key or argument begins here")


def _is_spread(parent: ast.Dict, node: ast.expr) -> bool:
    return any(key is None and value is node for key, value in zip(parent.keys, parent.values, strict=True))


def _take(bench: Bench, holder: ast.expr, node: ast.expr | ast.keyword) -> None:
    text = bench.text
    bracket = bench.tree(holder).closing(text.end(holder))
    item = item_of(bracket, text, node)
    bracket.remove(next(index for index, each in enumerate(bracket.items) if each is item), text)
    if isinstance(holder, ast.Tuple) and len(bracket.items) == 1:
        bracket.items[0].comma = True
