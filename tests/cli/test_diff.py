"""`upheld diff`: which sides it takes, what it says, what it approves, and how it ends."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.changelog.comparisons import APPROVAL, UNDECIDED, added, change
from tests.cli.conftest import Cli
from tests.repository import CONTRACT, commit, document, git, repository
from upheld import approvals
from upheld.model import Change, Level, Policy

Seen = list[tuple[list[str], list[str], Policy | None]]
TODAY = date.today()  # noqa: DTZ011 - as the command does
IN_TIME = replace(APPROVAL, expires=TODAY)


@pytest.fixture
def seen() -> Seen:
    """The paths of what was compared, and the policy."""
    return []


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch, seen: Seen) -> Callable[..., None]:
    """Say what the engine finds."""

    def put(*changes: Change) -> None:
        def compare(old: dict[str, Any], new: dict[str, Any], policy: Policy | None = None) -> tuple[Change, ...]:
            seen.append((list(old["paths"]), list(new["paths"]), policy))
            return changes

        monkeypatch.setattr("upheld.diff.compare", compare)

    put(change(), added())
    return put


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: Callable[..., None]) -> Path:  # noqa: ARG001 - puts it in place
    """A project on a branch whose contract has changed and is changed further."""
    root = repository(tmp_path / "shop")
    commit(root, contract=document("/old"))
    git(root, "checkout", "--quiet", "-b", "topic")
    commit(root, contract=document("/new"))
    (root / CONTRACT).write_text(json.dumps(document("/newest")), encoding="utf-8")
    (root / "other.json").write_text(json.dumps(document("/other")), encoding="utf-8")
    app = "from fastapi import FastAPI\nprint('loud')\napp = FastAPI()\n@app.get('/app')\ndef get() -> int: ...\n"
    (root / "diffed_app.py").write_text(app, encoding="utf-8")
    monkeypatch.chdir(root)
    return root


SIDES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "none": ((), "/old", "/newest"),
    "one": (("HEAD:contracts/openapi.json",), "/new", "/newest"),
    "two": (("main:contracts/openapi.json", "other.json"), "/old", "/other"),
    "an app": (("other.json", "diffed_app:app"), "/other", "/app"),
}


@pytest.mark.parametrize(("sides", "old", "new"), SIDES.values(), ids=SIDES)
def test_sides(whole: Cli, root: Path, seen: Seen, sides: tuple[str, ...], old: str, new: str) -> None:  # noqa: ARG001 - where it is
    ended = whole("diff", *sides)
    assert (1, [([old], [new], Policy())]) == (ended.code, seen)
    assert "loud" not in ended.out


def test_base_of_the_settings(whole: Cli, root: Path, seen: Seen) -> None:
    settings = '[tool.upheld]\nbase = "topic"\n[tool.upheld.diff]\nformat = "off"\n'
    (root / "pyproject.toml").write_text(settings, encoding="utf-8")
    commit = git(root, "rev-parse", "topic")[:12]
    assert whole("diff").err == f"compared with {commit}, where HEAD left topic\n"
    assert [(["/new"], ["/newest"], Policy(format=Level.OFF))] == seen


def test_nothing_to_compare_with(whole: Cli, root: Path) -> None:
    git(root, "rm", "--quiet", "--force", CONTRACT)
    first = commit(root)[:12]
    git(root, "branch", "--quiet", "--force", "main")
    (root / CONTRACT).parent.mkdir(exist_ok=True)
    (root / CONTRACT).write_text(json.dumps(document("/newest")), encoding="utf-8")
    remark = f"no contract at {first} yet, where HEAD left main, so there is nothing to compare with"
    assert (0, "", f"{remark}\n") == whole("diff")
    ended = whole("diff", "--format", "json")
    told = json.loads(ended.out)
    assert (0, None, [], [remark]) == (ended.code, told["old"], told["changes"], told["remarks"])


CODES: dict[str, tuple[tuple[str, ...], tuple[Change, ...], int]] = {
    "nothing": ((), (), 0),
    "a break": ((), (change(),), 1),
    "what breaks nobody": ((), (added(),), 0),
    "undecided": ((), (UNDECIDED,), 0),
    "undecided, at warning": (("--fail-on", "warning"), (UNDECIDED,), 1),
    "all, at note": (("--fail-on", "note"), (added(),), 1),
    "never": (("--fail-on", "never"), (change(),), 0),
    "another path": (("--only", "/books*"), (change(),), 0),
    "that path": (("--only", "path=/orders"), (change(),), 1),
    "less its tag": (("--except", "tag=orders", "--except", "tag=other"), (change(),), 0),
}


@pytest.mark.parametrize(("options", "changes", "code"), CODES.values(), ids=CODES)
def test_code(
    whole: Cli,
    root: Path,  # noqa: ARG001 - where it is
    found: Callable[..., None],
    options: tuple[str, ...],
    changes: tuple[Change, ...],
    code: int,
) -> None:
    found(*changes)
    assert code == whole("diff", *options).code


def test_the_settings_gate_and_levels(whole: Cli, root: Path) -> None:
    (root / "pyproject.toml").write_text('[tool.upheld]\nfail_on = "note"\n', encoding="utf-8")
    ended = whole("diff")
    assert (1, True) == (ended.code, "2 changes at or above the gate." in ended.out)
    levels = '[tool.upheld.levels]\nrequest-member-required = "warning"\n'
    (root / "pyproject.toml").write_text(levels, encoding="utf-8")
    assert whole("diff").code == 0


def test_approved(whole: Cli, root: Path) -> None:
    ended = whole("diff", "--approve", " all clients send it ", "--until", f"{TODAY}")
    commit = git(root, "rev-parse", "main")[:12]
    told = f"compared with {commit}, where HEAD left main\n"
    line = f"approved until {TODAY}: note became required [request-member-required]"
    assert (0, "", f"{told}{line}\nwrote contracts/approvals.toml\n") == ended
    operations = ("POST /orders", "PUT /orders/{order_id}")
    assert (replace(IN_TIME, operations=operations),) == approvals.read(root / "contracts/approvals.toml")
    ended = whole("diff")
    assert (0, told) == (ended.code, ended.err)
    assert f"      approved until {TODAY}: all clients send it\n" in ended.out
    assert (0, "", f"{told}nothing to approve: nothing is at or above the gate\n") == whole("diff", "--approve", "more")


def test_an_approval_that_is_over(whole: Cli, root: Path) -> None:
    approvals.add(root / "contracts/approvals.toml", [replace(IN_TIME, expires=TODAY - timedelta(days=1))])
    ended = whole("diff")
    remark = f"(all clients send it) ended on {TODAY - timedelta(days=1)}; the change counts again\n"
    assert (1, True) == (ended.code, ended.err.endswith(remark))
    assert "approved until" not in ended.out


def test_an_approval_lasts_90_days(whole: Cli, root: Path) -> None:
    whole("diff", "--approve", "fine")
    (one,) = approvals.read(root / "contracts/approvals.toml")
    assert TODAY + timedelta(days=90) == one.expires


def test_what_is_left_out_is_not_approved(whole: Cli, root: Path) -> None:
    ended = whole("diff", "--approve", "fine", "--except", "tag=orders")
    assert (0, True) == (ended.code, ended.err.endswith("nothing to approve: nothing is at or above the gate\n"))
    assert not (root / "contracts/approvals.toml").exists()


LATER = TODAY + timedelta(days=90)
REFUSED = {
    "an empty reason": (
        ("--approve", " "),
        "--approve: the reason is empty, expected why the break is fine; write it in quotes",
    ),
    "no reason": (
        ("--until", "2026-01-31"),
        "--until 2026-01-31: no --approve, expected both; write --approve REASON --until 2026-01-31",
    ),
    "no day": (
        ("--approve", "x", "--until", "soon"),
        f"--until 'soon': is no day, expected year, month and day; write --until {LATER}",
    ),
    "no such day": (
        ("--approve", "x", "--until", "2026-02-31"),
        f"--until '2026-02-31': is no day, expected year, month and day; write --until {LATER}",
    ),
    "a day that is over": (
        ("--approve", "x", "--until", "2020-01-31"),
        f"--until 2020-01-31: is over, expected a day to come; write --until {LATER}",
    ),
    "a pattern": (
        ("--only", "nope=1"),
        "--only 'nope=1': expected path=GLOB, tag=GLOB or rule=GLOB; write --only 'path=/books*'",
    ),
    "a side": (
        ("main",),
        (
            "main: no such file, expected a file, module:app or REVISION:path/to/openapi.json; write "
            '"main:contracts/openapi.json" for a revision'
        ),
    ),
    "a revision": (
        ("v1:a.json",),
        'v1:a.json: no revision v1, expected a commit, a branch or a tag; run "git log" to see some',
    ),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(whole: Cli, root: Path, arguments: tuple[str, ...], message: str) -> None:
    assert (2, "", f"upheld: error: {message}\n") == whole("diff", *arguments)
    assert not (root / "contracts/approvals.toml").exists()


def test_outside_a_repository(whole: Cli, root: Path) -> None:
    (root / ".git").rename(root / "was.git")
    told = f"{root}: no git repository, expected one to compare with; run it in one, or name both sides, as files or"
    assert (2, "", f"upheld: error: {told} module:app\n") == whole("diff")
    assert whole("diff", "other.json").code == 1


USAGE = {
    "level": (("--fail-on", "fatal"), "'fatal' is no level to fail on, expected error, warning, note or never"),
    "format": (("--format", "xml"), "'xml' is no format, expected one of github, json, markdown, text"),
}


@pytest.mark.parametrize(("arguments", "message"), USAGE.values(), ids=USAGE)
def test_usage(whole: Cli, root: Path, arguments: tuple[str, ...], message: str) -> None:  # noqa: ARG001 - where it is
    ended = whole("diff", *arguments)
    assert (2, True) == (ended.code, message in ended.err)


def test_a_file_and_a_summary(whole: Cli, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert whole("diff", "-o", "out.md", "--format", "markdown").out == ""
    markdown = (root / "out.md").read_text(encoding="utf-8")
    assert markdown.startswith("### The contract: 1 breaking change and 1 compatible\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(root / "summary.md"))
    ended = whole("diff", "--format", "github")
    assert (1, True) == (ended.code, ended.out.startswith("::error file=contracts/openapi.json,title=request-member-"))
    assert markdown == (root / "summary.md").read_text(encoding="utf-8")


def test_colour(whole: Cli, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - where it is
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;31merror\x1b[0m: note became required" in whole("diff").out
