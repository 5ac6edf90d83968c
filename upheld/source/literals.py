"""Finds string literals in the user's own files."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from upheld.model import Location


def mention(text: str, root: Path) -> Location | None:
    """Return the line on which an imported module of the project writes a string literal; `None` for none.

    Where several do, the last one stands that is written to, as a key or a target, else the last one that is read.
    """
    found: list[tuple[bool, Path, int]] = []
    for path in files(root):
        found += [(written, path, line) for written, line in _lines(path, text)]
    if not found:
        return None
    _, path, line = max(enumerate(found), key=lambda entry: (entry[1][0], entry[0]))[1]
    code = path.read_text(encoding="utf-8").splitlines()[line - 1].strip()
    return Location(path=path.relative_to(root).as_posix(), line=line, code=code)


def files(root: Path) -> Iterator[Path]:
    """Yield the imported modules' files that are the user's own."""
    for module in list(sys.modules.values()):
        name = getattr(module, "__file__", None)
        if isinstance(name, str) and name.endswith(".py"):
            path = Path(name).resolve()
            if path.is_relative_to(root) and "site-packages" not in path.parts:
                yield path


def _lines(path: Path, text: str) -> Iterator[tuple[bool, int]]:
    """Yield each line with the literal, and whether the literal is a key or a target there."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return
    written: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            written.update(key for key in node.keys if key is not None)
        elif isinstance(node, ast.Assign):
            written.update(part for target in node.targets for part in ast.walk(target))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value == text:
            yield node in written, node.lineno
