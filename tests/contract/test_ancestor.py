"""What a contract is compared with where nobody says, and the command to type where history is missing."""

import shlex
from pathlib import Path

import pytest

from tests.repository import CONTRACT, commit, document, git, repository
from upheld.contract import Base, base
from upheld.git import GitError
from upheld.model import UpheldError

OLD, NEW = document("/old"), document("/new")


def found(root: Path, named: str | None = None) -> Base:
    return base(named, path=CONTRACT, root=root)


def refused(root: Path, named: str | None = None) -> str:
    with pytest.raises(UpheldError) as caught:
        found(root, named)
    return str(caught.value)


def test_where_head_left_main(tmp_path: Path) -> None:
    root = repository(tmp_path)
    fork = commit(root, contract=OLD)
    git(root, "checkout", "--quiet", "-b", "topic")
    commit(root, contract=NEW)
    git(root, "checkout", "--quiet", "main")
    commit(root, contract=document("/other"))
    git(root, "checkout", "--quiet", "topic")
    assert Base(revision=fork[:12], told=f"compared with {fork[:12]}, where HEAD left main") == found(root)


def test_the_remote_branch_wins(tmp_path: Path) -> None:
    upstream = repository(tmp_path / "upstream")
    first = commit(upstream, contract=OLD)
    git(tmp_path, "clone", "--quiet", str(upstream), "clone")
    commit(tmp_path / "clone", contract=NEW)
    told = f"compared with {first[:12]}, where HEAD left origin/main"
    assert Base(revision=first[:12], told=told) == found(tmp_path / "clone")


def test_on_main_the_first_parent(tmp_path: Path) -> None:
    root = repository(tmp_path)
    first = commit(root, contract=OLD)
    second = commit(root, contract=NEW)
    assert Base(revision=first[:12], told=f"compared with {first[:12]}, HEAD's first parent") == found(root)
    (root / CONTRACT).write_text("{}", encoding="utf-8")
    assert Base(revision=second[:12], told=f"compared with {second[:12]}, where HEAD left main") == found(root)


def test_detached(tmp_path: Path) -> None:
    root = repository(tmp_path)
    first = commit(root, contract=OLD)
    git(root, "checkout", "--quiet", "--detach")
    commit(root, contract=NEW)
    assert first[:12] == found(root).revision


def test_a_merge_has_its_first_parent(tmp_path: Path) -> None:
    root = repository(tmp_path)
    commit(root, contract=OLD)
    git(root, "checkout", "--quiet", "-b", "topic")
    commit(root, contract=NEW)
    git(root, "checkout", "--quiet", "main")
    first = commit(root, README="moved on")
    git(root, "merge", "--quiet", "--no-ff", "-m", "Merge topic", "topic")
    assert first[:12] == found(root).revision


def test_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    root = repository(tmp_path) / "shop"
    root.mkdir()
    first = commit(root, contract=OLD)
    commit(root, contract=NEW)
    assert first[:12] == found(root).revision


NAMED = {"a tag": "v1", "a commit": "HEAD~2", "a branch": "release"}


@pytest.mark.parametrize("named", NAMED.values(), ids=NAMED)
def test_named(tmp_path: Path, named: str) -> None:
    root = repository(tmp_path)
    first = commit(root, contract=OLD)
    git(root, "tag", "-a", "v1", "-m", "Release")
    git(root, "branch", "release")
    commit(root, contract=NEW)
    commit(root, contract=document("/newest"))
    assert first[:12] == found(root, named).revision


def test_nothing_to_compare_with(tmp_path: Path) -> None:
    root = repository(tmp_path)
    assert Base(revision=None, told="nothing is committed yet, so there is nothing to compare with") == found(root)
    first = commit(root, README="empty")[:12]
    (root / CONTRACT).parent.mkdir()
    (root / CONTRACT).write_text("{}", encoding="utf-8")
    told = f"no contract at {first} yet, where HEAD left main, so there is nothing to compare with"
    assert Base(revision=None, told=told) == found(root)
    commit(root, contract=OLD)
    git(root, "checkout", "--quiet", "--orphan", "anew")
    git(root, "branch", "--quiet", "-D", "main")
    commit(root, contract=NEW)
    git(root, "branch", "main")
    assert Base(revision=None, told="HEAD has no parent, so there is nothing to compare with") == found(root)


def test_refused(tmp_path: Path) -> None:
    root = repository(tmp_path)
    commit(root, contract=OLD)
    git(root, "branch", "--quiet", "-m", "trunk")
    assert (
        f"{root}: neither origin/main nor main, expected one to compare with; "
        'set base = "REVISION" below [tool.upheld], or name both sides, as files or module:app'
    ) == refused(root)
    assert (
        f"{root}: tool.upheld.base = 'v9' is no revision, expected one to compare with; mend the setting"
    ) == refused(root, "v9")
    assert (
        f"{root}: tool.upheld.base = '--all' is no revision, expected one to compare with; mend the setting"
    ) == refused(root, "--all")
    git(root, "checkout", "--quiet", "--orphan", "main")
    commit(root, contract=NEW)
    assert (
        f"{root}: HEAD and trunk have no commit in common, expected one to compare with; "
        'set base = "REVISION" below [tool.upheld], or name both sides, as files or module:app'
    ) == refused(root, "trunk")


def test_no_repository(tmp_path: Path) -> None:
    assert (
        f"{tmp_path}: no git repository, expected one to compare with; run it in one, or name both sides, as files or "
        "module:app"
    ) == refused(tmp_path)


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError) as caught:
        found(tmp_path)
    told = "git: not found, expected it on the PATH; install git, or name both sides, as files or module:app"
    assert told == str(caught.value)


def advice(told: str) -> list[str]:
    """Return the command that a message says to run."""
    return shlex.split(told.partition('run "')[2].partition('"')[0])


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """Two commits on main, and a branch that left the first of them."""
    root = repository(tmp_path / "upstream")
    commit(root, contract=OLD)
    commit(root, README="moved on")
    git(root, "checkout", "--quiet", "-b", "topic", "HEAD~1")
    commit(root, README="topic")
    commit(root, contract=NEW)
    return root


SHALLOW = {
    "main, one commit": (("--depth", "1", "--branch", "main"), "lacks HEAD's parent", "git fetch --unshallow origin"),
    "a branch alone": (
        ("--depth", "1", "--branch", "topic"),
        "neither origin/main nor main",
        "git fetch --unshallow origin main:refs/remotes/origin/main",
    ),
    "a branch beside others": (
        ("--depth", "1", "--no-single-branch", "--branch", "topic"),
        "does not reach where HEAD left origin/main",
        "git fetch --unshallow origin",
    ),
    "a branch, all of it": (
        ("--single-branch", "--branch", "topic"),
        "neither origin/main nor main",
        "git fetch origin main:refs/remotes/origin/main",
    ),
}


@pytest.mark.parametrize(("options", "seen", "command"), SHALLOW.values(), ids=SHALLOW)
def test_what_is_missing_is_fetched_by_the_command(
    tmp_path: Path, upstream: Path, options: tuple[str, ...], seen: str, command: str
) -> None:
    git(tmp_path, "clone", "--quiet", *options, f"file://{upstream}", "clone")
    root = tmp_path / "clone"
    told = refused(root)
    assert seen in told
    assert command == " ".join(advice(told))
    git(root, *advice(told)[1:], "--quiet")
    assert git(upstream, "rev-parse", "main~1")[:12] == found(root).revision
