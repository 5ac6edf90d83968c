"""The statuses that an operation's own decorator declares."""

import ast
import inspect
from collections.abc import Callable

from upheld.model import Location
from upheld.source.code import Code


def declared(code: Code, endpoint: Callable[..., object]) -> dict[int, Location]:
    """Return the statuses that stand as keys in `responses={…}` of a function's decorators, with their lines.

    What a shared table, a router or the app adds is left out: it is not this operation that says so.
    """
    function = inspect.unwrap(endpoint)
    node = code.node(function)
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return {}
    file = function.__code__.co_filename
    found: dict[int, Location] = {}
    for decorator in node.decorator_list:
        for keyword in decorator.keywords if isinstance(decorator, ast.Call) else ():
            if keyword.arg == "responses" and isinstance(keyword.value, ast.Dict):
                for key in keyword.value.keys:
                    status = _status(key, function.__globals__)
                    if status is not None and key is not None:
                        found[status] = code.location(file, key.lineno, function.__qualname__)
    return found


def _status(key: ast.expr | None, names: dict[str, object]) -> int | None:
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
