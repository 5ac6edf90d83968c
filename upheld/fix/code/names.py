"""Names for what is written into the project's code."""

import ast
import keyword
import re
from collections.abc import Iterator

from upheld.fix.code.sites import Function


def argument(wire: str, function: Function) -> str:
    """Return what to call a parameter of a function by its name on the wire: an identifier that is not taken.

    A name that the function gives to what it reads itself, and to nothing of another type, is not.
    """
    found = re.sub(r"\W", "_", wire, flags=re.ASCII).strip("_").lower() or "value"
    if found[0].isdigit() or keyword.iskeyword(found):
        found = f"{found}_" if keyword.iskeyword(found) else f"value_{found}"
    arguments = function.args
    parts = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    taken = {part.arg for part in parts if part is not None}
    names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
    bound = [node for node in names if not isinstance(node.ctx, ast.Load)]
    same = set(map(id, _read_as_they_are(function)))
    taken |= {node.id for node in names} - {node.id for node in bound}
    taken |= {node.id for node in bound if id(node) not in same}
    while found in taken:
        found = f"{found}_"
    return found


def _read_as_they_are(function: Function) -> Iterator[ast.Name]:
    """Yield the names that are given to a text or nothing: to what is looked up, or to a text where there is none."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name() as name], value=value) | ast.NamedExpr(target=name, value=value):
                if _is_text(value):
                    yield name


def _is_text(value: ast.expr) -> bool:
    match value:
        case ast.Call(func=ast.Attribute(attr="get")) | ast.Subscript() | ast.Constant(value=str() | None):
            return True
        case ast.BoolOp(values=values):
            return all(map(_is_text, values))
        case ast.IfExp(body=body, orelse=other):
            return _is_text(body) and _is_text(other)
    return False
