"""Reads through which lines a handler can hand something back: its `return`s, or its `yield`s."""

import ast
import inspect
import textwrap
from functools import cache
from typing import Any


@cache
def ways_out(function: Any) -> tuple[int, ...]:
    """Return the lines, counted from 1 in its file, of each `return` or of each `yield`; () where there is no source.

    The last statement counts where control may fall off the end.
    """
    try:
        source, first = inspect.getsourcelines(function)
        tree = ast.parse(textwrap.dedent("".join(source)))
    except (OSError, TypeError, SyntaxError):
        return ()
    body = tree.body[0]
    if not isinstance(body, ast.FunctionDef | ast.AsyncFunctionDef):
        return ()
    returns: list[ast.stmt] = []
    yields: list[ast.stmt] = []
    for statement in _own_statements(body.body):
        if isinstance(statement, ast.Return):
            returns.append(statement)
        elif isinstance(statement, ast.Expr | ast.Assign) and isinstance(statement.value, ast.Yield | ast.YieldFrom):
            yields.append(statement)
    last = body.body[-1]
    if not returns or not isinstance(last, _ENDS):
        returns.append(last)
    return tuple(dict.fromkeys(first + statement.lineno - 1 for statement in yields or returns))


_ENDS = ast.Return | ast.Raise | ast.If | ast.Try | ast.With | ast.AsyncWith | ast.Match


def _own_statements(statements: list[ast.stmt]) -> list[ast.stmt]:
    """Return a body's statements and those inside them, without what inner functions and classes do."""
    found: list[ast.stmt] = []
    for statement in statements:
        found.append(statement)
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        for child in ast.iter_child_nodes(statement):
            if isinstance(child, ast.stmt):
                found += _own_statements([child])
            elif isinstance(child, ast.ExceptHandler | ast.match_case):
                found += _own_statements(child.body)
    return found
