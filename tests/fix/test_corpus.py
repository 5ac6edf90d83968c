"""`upheld fix --write` on lying apps: what documentation mends is gone, nothing else is touched, twice is as once.

What is left is told to take a decision.

One app in a few, so that it stays quick; `python -m benchmarks.fixes` takes all.
"""

import ast
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from tests.fix.mended import mend
from tests.lies import scoring

LYING = [app for folder in (scoring.FOLDER, scoring.FRESH) for app in scoring.apps(folder) if "lying" in app.parts]
APPS = {f"{app.parents[1].name}/{app.stem}": app for app in LYING[::12]}
MAKERS = frozenset({"FastAPI", "APIRouter", "add_api_route", "include_router", "Field", "Query", "Body"})


@pytest.mark.slow
@pytest.mark.parametrize("app", APPS.values(), ids=APPS)
def test_app(app: Path, tmp_path: Path) -> None:
    before = scoring.blanked(app.read_text(encoding="utf-8"))
    found = mend(app, tmp_path)
    assert set(found.left) <= set(found.decided), found.changed
    assert () == found.new, found.changed
    assert found.again == ""
    after = (tmp_path / app.parent.name / app.stem / app.name).read_text(encoding="utf-8")
    ast.parse(after)
    old = before.splitlines()
    matched = SequenceMatcher(None, old, after.splitlines(), autojunk=False).get_matching_blocks()
    kept = {block.a + offset + 1 for block in matched for offset in range(block.size)}
    assert set(range(1, len(old) + 1)) - kept <= set(editable(ast.parse(before))), found.changed


def editable(tree: ast.Module) -> Iterator[int]:
    """Yield the lines that a fix may change: decorators, signatures, imports, tables, and what makes routes."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                yield from range(first, node.body[0].lineno)
            case ast.ImportFrom() | ast.Dict():
                yield from range(node.lineno, (node.end_lineno or 0) + 1)
            case ast.Call() if ast.unparse(node.func).rpartition(".")[2] in MAKERS:
                yield from range(node.lineno, (node.end_lineno or 0) + 1)
