"""A side of a comparison: which kind it is, and a document out of git's history, or one line that says why not."""

from pathlib import Path

import pytest

from tests.repository import CONTRACT, commit, git, repository
from upheld.contract import ContractError, InApp, InFile, InRevision, Origin, origin, shown
from upheld.model import UpheldError

KINDS: dict[str, tuple[str, Origin]] = {
    "a revision": ("main:contracts/openapi.json", InRevision(revision="main", path="contracts/openapi.json")),
    "YAML": ("HEAD~1:api.YML", InRevision(revision="HEAD~1", path="api.YML")),
    "a colon in the revision": ("main^{/fix: it}:a.yaml", InRevision(revision="main^{/fix: it}", path="a.yaml")),
    "an app": ("service.app:app", InApp(target="service.app:app")),
    "a factory": ("service.app:create()", InApp(target="service.app:create()")),
    "a file": ("api.json", InFile(path=Path("/root/api.json"))),
    "a file elsewhere": ("/srv/api.yaml", InFile(path=Path("/srv/api.yaml"))),
    "a drive": ("C:\\api.json", InFile(path=Path("/root/C:\\api.json"))),
}


@pytest.mark.parametrize(("text", "expected"), KINDS.values(), ids=KINDS)
def test_kind(text: str, expected: Origin) -> None:
    assert expected == origin(text, root=Path("/root"))


def test_a_file_that_is_there_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "main:a.json").write_text("{}", encoding="utf-8")
    assert InFile(path=tmp_path / "main:a.json") == origin("main:a.json", root=tmp_path)


EXPECTED = "expected a file, module:app or REVISION:path/to/openapi.json"
NO_KIND = {
    "nothing": ("", f"'' names nothing, {EXPECTED}"),
    "a branch": ("main", f'main: no such file, {EXPECTED}; write "main:contracts/openapi.json" for a revision'),
    "no revision": (":a.json", f':a.json: no revision before the colon, {EXPECTED}; write "HEAD:a.json"'),
}


@pytest.mark.parametrize(("text", "message"), NO_KIND.values(), ids=NO_KIND)
def test_no_kind(text: str, message: str) -> None:
    with pytest.raises(ContractError) as caught:
        origin(text, root=Path("/root"))
    assert message == str(caught.value)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a project in a folder of it, whose contract has changed since."""
    folder = repository(tmp_path / "all") / "shop"
    folder.mkdir()
    commit(folder, contract="first")
    git(folder, "tag", "v1")
    (folder / "link.json").symlink_to(CONTRACT)
    (folder / "folder.json").mkdir()
    commit(folder, contract="second", **{"folder.json/a": "a", "r\u00e9d.json": "red"})
    (folder / CONTRACT).write_text("third", encoding="utf-8")
    return folder


SHOWN = {
    "a tag": ("v1", CONTRACT, b"first"),
    "a branch": ("main", CONTRACT, b"second"),
    "a parent": ("HEAD~1", CONTRACT, b"first"),
    "with a dot": ("main", f"./{CONTRACT}", b"second"),
    "not ASCII": ("main", "r\u00e9d.json", b"red"),
}


@pytest.mark.parametrize(("revision", "path", "expected"), SHOWN.values(), ids=SHOWN)
def test_shown(root: Path, revision: str, path: str, expected: bytes) -> None:
    assert expected == shown(revision, path, root=root)


REFUSED = {
    "no revision": ("v2", CONTRACT, 'no revision v2, expected a commit, a branch or a tag; run "git log" to see some'),
    "an option": (
        "--all",
        CONTRACT,
        'no revision --all, expected a commit, a branch or a tag; run "git log" to see some',
    ),
    "a line": ("a\nb", CONTRACT, 'no revision a\nb, expected a commit, a branch or a tag; run "git log" to see some'),
    "no file": (
        "v1",
        "nope.json",
        'no such file in v1, expected a path below {root}; run "git ls-tree -r --name-only v1" to see those there are',
    ),
    "a link": ("main", "link.json", "is a link, expected a file; name the file itself"),
    "a folder": ("main", "folder.json", "is a folder, expected a file; name the file itself"),
    "out of the project": (
        "main",
        "../other.json",
        "the path leads out of the project, expected one below {root}; run it in a folder above",
    ),
    "absolute": (
        "main",
        "/etc/x.json",
        "the path leads out of the project, expected one below {root}; run it in a folder above",
    ),
}


@pytest.mark.parametrize(("revision", "path", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(root: Path, revision: str, path: str, message: str) -> None:
    with pytest.raises(ContractError) as caught:
        shown(revision, path, root=root)
    assert f"{revision}:{path}: {message.replace('{root}', str(root))}" == str(caught.value)


def test_nothing_is_run_by_a_shell(root: Path, tmp_path: Path) -> None:
    with pytest.raises(ContractError):
        shown(f"$(touch {tmp_path}/made)", CONTRACT, root=root)
    assert not (tmp_path / "made").exists()


FETCHED = {
    "of a shallow clone": ("v1", ("--depth", "1"), "git fetch --unshallow origin"),
    "a remote branch": ("origin/topic", (), "git fetch origin topic"),
    "a remote branch of a shallow clone": (
        "origin/topic",
        ("--depth", "1"),
        "git fetch --unshallow origin topic:refs/remotes/origin/topic",
    ),
}


@pytest.mark.parametrize(("revision", "options", "command"), FETCHED.values(), ids=FETCHED)
def test_what_is_missing_is_fetched(
    root: Path, tmp_path: Path, revision: str, options: tuple[str, ...], command: str
) -> None:
    git(tmp_path, "clone", "--quiet", *options, f"file://{root.parent}", "clone")
    git(root, "branch", "topic", "v1")
    clone = tmp_path / "clone" / "shop"
    with pytest.raises(ContractError, match=f'; run "{command}"$'):
        shown(revision, CONTRACT, root=clone)
    git(clone, *command.split()[1:], "--quiet")
    assert shown(revision, CONTRACT, root=clone) == b"first"


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(
        UpheldError, match="no git repository, expected one to compare with; run it in one, or name both"
    ):
        shown("main", CONTRACT, root=tmp_path)
