"""Finds the line on which the user's own code writes a documented example."""

import ast
from collections.abc import Iterator
from pathlib import Path

from upheld.model import Json, Location
from upheld.source.literals import files

_KEYS = frozenset({"example", "examples", "openapi_examples", "value", "dataValue"})
"""What an argument or a key is called below which examples are written."""


def shown(value: Json, root: Path) -> Location | None:
    """Return the first line that writes a value as an example; `None` where no literal is it.

    Shapes: the value of an argument or a key named `example` or the like, and what lies within it; then an object or
    a list that is given a name.
    """
    for path in files(root):
        try:
            text = path.read_text(encoding="utf-8")
            tree = ast.parse(text)
        except (OSError, SyntaxError, ValueError):
            continue
        for node in _written(tree):
            if _says(node, value):
                code = text.splitlines()[node.lineno - 1].strip()
                return Location(path=path.relative_to(root).as_posix(), line=node.lineno, code=code)
    return None


def _written(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the expressions that are written as examples, in the order of the text; then all that a name is given."""
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in _KEYS:
            found.append(node.value)
        elif isinstance(node, ast.Dict):
            found += [
                part
                for key, part in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and key.value in _KEYS
            ]
    inner = [part for node in found for part in ast.walk(node) if isinstance(part, ast.expr)]
    given = [node.value for node in ast.walk(tree) if isinstance(node, ast.Assign | ast.AnnAssign) and node.value]
    named = [node for node in given if isinstance(node, ast.Dict | ast.List)]
    for group in (inner, named):
        yield from sorted(group, key=lambda node: (node.lineno, node.col_offset))


def _says(node: ast.expr, value: Json) -> bool:
    try:
        written = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return type(written) is type(value) and bool(written == value)
