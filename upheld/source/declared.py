"""The statuses that an operation's own decorator declares."""

import ast
import inspect
from collections.abc import Callable, Iterator

from upheld.model import Location
from upheld.source.code import Code


def declared(code: Code, endpoint: Callable[..., object]) -> dict[int, Location]:
    """Return the statuses that `responses=` of a function's decorators names, with their lines.

    They are the keys of a table that is written there, and what is handed there to a function that makes one. What a
    shared table, a router or the app adds is left out: it is not this operation that says so.
    """
    function = inspect.unwrap(endpoint)
    node = code.node(function)
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return {}
    file = function.__code__.co_filename
    found: dict[int, Location] = {}
    for decorator in node.decorator_list:
        for keyword in decorator.keywords if isinstance(decorator, ast.Call) else ():
            for key in _named(keyword.value) if keyword.arg == "responses" else ():
                status = _status(key, function.__globals__)
                if status is not None:
                    found[status] = code.location(file, key.lineno, function.__qualname__)
    return found


def _named(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the keys of a table, and of those that are put together to one."""
    match node:
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                yield from _named(value) if key is None else (key,)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _named(left)
            yield from _named(right)
        case ast.Call(args=args):
            yield from args


def _status(key: ast.expr, names: dict[str, object]) -> int | None:
    """Return what a key says: a number, a text of digits, or a constant such as `status.HTTP_404_NOT_FOUND`."""
    match key:
        case ast.Constant(value=int() as status) if not isinstance(status, bool):
            return status
        case ast.Constant(value=str() as text) if text.isdigit():
            return int(text)
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            constant = getattr(names.get(module), name, None)
            return int(constant) if isinstance(constant, int) else None
    return None
