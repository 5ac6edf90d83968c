"""`upheld changelog` tells the contract's git history, and what is not committed yet."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.changelog.comparisons import added
from tests.cli.conftest import Cli
from tests.repository import CONTRACT, commit, document, git, repository
from upheld.model import Change, Policy

NOTICE = "<!-- Written by `upheld changelog` from the contract's git history; change nothing here. -->"


def compare(old: dict[str, Any], new: dict[str, Any], _policy: Policy | None = None) -> tuple[Change, ...]:
    return tuple(
        added(message=f"{path} is new", operations=(f"GET {path}",))
        for path in new["paths"]
        if path not in old["paths"]
    )


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with some history: a branch that was merged, a contract that was broken, one that was only moved about."""
    monkeypatch.setattr("upheld.diff.compare", compare)
    root = repository(tmp_path / "shop")
    commit(root, "Begin", README="x")
    commit(root, "Promise <a>", contract=document("/a"))
    git(root, "checkout", "--quiet", "-b", "topic")
    commit(root, "Promise b", contract=document("/a", "/b"))
    git(root, "checkout", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-ff", "-m", "Merge topic", "topic")
    commit(root, "Break it", contract="{")
    commit(root, "Mend it", contract=document("/a", "/b", "/c"))
    commit(root, "Read me", README="y")
    monkeypatch.chdir(root)
    return root


def section(root: Path, revision: str, subject: str, text: str) -> str:
    return f"## 2026-01-31 <code>{git(root, 'rev-parse', revision)[:10]}</code> {subject}\n\n{text}\n"


def new(path: str) -> str:
    item = f"**GET {path}**: {path} is new (<code>operation-added</code>, <code>/paths/&#126;1books/get</code>)"
    return f"Suggested version: **minor**.\n\n### Compatible\n\n- {item}"


def expected(root: Path) -> str:
    broken = (
        f"This version cannot be read: {git(root, 'rev-parse', 'HEAD~2')[:10]}:contracts/openapi.json:1: Expecting "
        'property name enclosed in double quotes in column 2, expected JSON; run "upheld export".'
    )
    return "\n".join(
        [
            f"# Changelog of the contract\n\n{NOTICE}\n",
            section(root, "HEAD~1", "Mend it", new("/c")),
            section(root, "HEAD~2", "Break it", broken),
            section(root, "HEAD~3", "Merge topic", new("/b")),
            section(root, "HEAD~4", "Promise &lt;a&gt;", "The first contract, 1 operation."),
        ]
    )


def test_written(whole: Cli, root: Path) -> None:
    assert (0, "", "wrote contracts/CHANGELOG.md\n") == whole("changelog")
    path = root / "contracts/CHANGELOG.md"
    assert expected(root) == path.read_text(encoding="utf-8")
    assert (0, "", "contracts/CHANGELOG.md is up to date\n") == whole("changelog")
    assert (0, "", "contracts/CHANGELOG.md is up to date\n") == whole("changelog", "--check")


def test_checked(whole: Cli, root: Path) -> None:
    out_of_date = "contracts/CHANGELOG.md is out of date; run upheld changelog\n"
    assert (1, "", out_of_date) == whole("changelog", "--check")
    assert not (root / "contracts/CHANGELOG.md").exists()


def test_elsewhere(whole: Cli, root: Path) -> None:
    assert (0, expected(root), "") == whole("changelog", "-o", "-")
    assert (0, "", "wrote NEWS.md\n") == whole("changelog", "-o", "NEWS.md")
    assert expected(root) == (root / "NEWS.md").read_text(encoding="utf-8")


def test_unreleased(whole: Cli, root: Path) -> None:
    (root / CONTRACT).write_text(json.dumps(document("/a", "/b", "/c", "/d")), encoding="utf-8")
    head, tail = expected(root).split(f"{NOTICE}\n", 1)
    told = f"{head}{NOTICE}\n\n## Unreleased\n\n{new('/d')}\n{tail}"
    assert (0, told, "") == whole("changelog", "-o", "-")


def test_nothing_committed_yet(whole: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path / "fresh")
    monkeypatch.chdir(root)
    no_file = f'{root}/contracts/openapi.json: no such file, expected an OpenAPI document; run "upheld export"'
    assert (2, "", f"upheld: error: {no_file}\n") == whole("changelog")
    (root / CONTRACT).parent.mkdir()
    (root / CONTRACT).write_text(json.dumps(document("/a")), encoding="utf-8")
    text = f"# Changelog of the contract\n\n{NOTICE}\n\n## Unreleased\n\nThe first contract, 1 operation.\n"
    assert (0, text, "") == whole("changelog", "-o", "-")


def test_a_shallow_clone(whole: Cli, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{root}", "clone")
    clone = tmp_path / "clone"
    monkeypatch.chdir(clone)
    told = (
        f'{clone}: this clone is shallow, expected the whole history of {CONTRACT}; run "git fetch --unshallow origin"'
    )
    assert (2, "", f"upheld: error: {told}\n") == whole("changelog")
    git(clone, "fetch", "--quiet", "--unshallow", "origin")
    assert (0, expected(root), "") == whole("changelog", "-o", "-")
