"""A copy of the service whose errors nobody documents: `upheld fix --write` documents them, and the contract is upheld."""

import ast
import re
import shutil
from pathlib import Path

import pytest

from tests.acceptance.copies import Copy
from tests.repository import commit, repository
from tests.test_workflow import clone
from upheld.fix.edits import Keyword, Place, apply

pytestmark = pytest.mark.slow

BUDGET = "budget = 30"
"""Of requests an operation: enough to see most of what is not documented, and several checks are made."""


def test_the_service_without_responses(root: Path, tmp_path: Path) -> None:
    copy = Copy(clone(root, tmp_path / "clone"))
    shutil.rmtree(copy.folder / ".git")
    repository(copy.folder)
    settings = copy.folder / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"^budget = \d+", BUDGET, text, flags=re.MULTILINE), encoding="utf-8")
    routers = sorted((copy.folder / "service").rglob("router.py"))
    assert sum(map(forget, routers)) > 30
    exported(copy)

    mended = copy.run("upheld", "fix", "--write")
    assert 0 == mended.code, mended.out + mended.err
    found = re.search(r"^(\d+) findings gone, 0 left, 0 new\.$", mended.out, re.MULTILINE)
    assert found is not None, mended.out
    assert int(found[1]) > 100
    assert not re.search(r"^(left|new) ", mended.out, re.MULTILINE)

    exported(copy)
    commit(copy.folder, "Document the errors")  # the first: what was not documented before was promised to nobody
    upheld = copy.run("nox", "-s", "contract")
    assert 0 == upheld.code, upheld.out + upheld.err


def exported(copy: Copy) -> None:
    """Write the document and the client anew."""
    assert 0 == copy.run("upheld", "export").code
    assert 0 == copy.run("upheld", "client").code


def forget(path: Path) -> int:
    """Take `responses=` out of every call of a file, and return how many there were."""
    source = path.read_text(encoding="utf-8")
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    told = [node for node in calls if any(keyword.arg == "responses" for keyword in node.keywords)]
    edits = [Keyword(Place(line=node.lineno, column=node.col_offset), "responses", None) for node in told]
    path.write_text(apply(source, edits, width=120), encoding="utf-8")
    return len(told)
