"""What `responses=` says in a call, as far as it is written there or in a table of the same file."""

import ast
from collections.abc import Iterator

from upheld.fix.code.files import File
from upheld.fix.code.sites import keyword


def entries(file: File, call: ast.Call) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield the keys and values of a call's `responses`, those of the tables that it is put together from included."""
    told = keyword(call, "responses")
    if told is not None:
        yield from _items(file, told, 0)


def entry(file: File, call: ast.Call, key: str) -> ast.expr | None:
    """Return what a call's `responses` says of a documented key; the last one to say it counts."""
    found = [value for name, value in entries(file, call) if status_of(file, name) == key]
    return found[-1] if found else None


def status_of(file: File, key: ast.expr) -> str | None:
    """Return the documented key that an expression is: `404`, "4XX", `status.HTTP_404_NOT_FOUND`."""
    names = vars(file.module) if file.module is not None else {}
    match key:
        case ast.Constant(value=int() | str() as told):
            return f"{told}"
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            found = getattr(names.get(owner), name, None)
        case ast.Name(id=name):
            found = names.get(name)
        case _:
            return None
    return f"{int(found)}" if isinstance(found, int) else None


def member(table: ast.expr | None, name: str) -> ast.expr | None:
    """Return the value of a member of a table that is written in place, its name in whatever case."""
    if isinstance(table, ast.Dict):
        for key, value in zip(table.keys, table.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value.lower() == name.lower():
                return value
    return None


def _items(file: File, node: ast.expr, depth: int) -> Iterator[tuple[ast.expr, ast.expr]]:
    if depth > 8:
        return
    match node:
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if key is None:
                    yield from _items(file, value, depth + 1)
                else:
                    yield key, resolved(file, value) or value
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _items(file, left, depth + 1)
            yield from _items(file, right, depth + 1)
        case ast.Name():
            table = resolved(file, node)
            if table is not None and table is not node:
                yield from _items(file, table, depth + 1)


def resolved(file: File, node: ast.expr | None) -> ast.expr | None:
    """Return what a name is bound to at the top of the file, where that is written there once; else the node."""
    if not isinstance(node, ast.Name):
        return node
    found = []
    for one in file.tree.body:
        match one:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name == node.id:
                found.append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if name == node.id:
                found.append(value)
    return found[0] if len(found) == 1 else node
