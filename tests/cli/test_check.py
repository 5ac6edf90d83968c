"""`upheld check`: options reach the toolkit, one report comes out, the gate decides."""

import json
from pathlib import Path

import pytest

from tests.build import finding, report
from tests.cli.conftest import Cli, Toolkit
from upheld.model import Level
from upheld.settings import FixedHeaders


def test_upheld(cli: Cli) -> None:
    ended = cli("check", "service.app:app")
    assert (0, "") == (ended.code, ended.err)
    assert ended.out.startswith("The contract of service.app:app is upheld.\n")


GATE = {
    "error": (Level.ERROR, (), 1),
    "warning": (Level.WARNING, (), 0),
    "warning, wanted": (Level.WARNING, ("--fail-on", "warning"), 1),
    "note": (Level.NOTE, ("--fail-on", "warning"), 0),
}


@pytest.mark.parametrize(("level", "arguments", "code"), GATE.values(), ids=GATE)
def test_gate(cli: Cli, toolkit: Toolkit, level: Level, arguments: tuple[str, ...], code: int) -> None:
    toolkit.report = report(finding(level=level))
    ended = cli("check", *arguments)
    assert code == ended.code
    assert ("is upheld: 1" if code == 0 else "is not upheld: 1") in ended.out


def test_fail_on_of_the_settings(cli: Cli, toolkit: Toolkit) -> None:
    Path("pyproject.toml").write_text('[tool.upheld]\nfail_on = "warning"\n', encoding="utf-8")
    toolkit.report = report(finding(level=Level.WARNING))
    assert cli("check").code == 1
    assert cli("check", "--fail-on", "error").code == 0


def test_json_is_one_object(cli: Cli, toolkit: Toolkit) -> None:
    toolkit.report = report(finding())
    ended = cli("check", "--format", "json")
    assert json.loads(ended.out)["findings"][0]["rule"] == "undocumented-status"
    assert (1, "") == (ended.code, ended.err)


def test_github(cli: Cli, toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    Path("summary.md").write_text("before\n", encoding="utf-8")
    toolkit.report = report(finding())
    ended = cli("check", "--format", "github")
    assert ended.out.startswith("::error file=service/books.py,line=41,title=undocumented-status::")
    summary = Path("summary.md").read_text(encoding="utf-8")
    assert summary.startswith("before\n### The contract of service.app:app is not upheld: 1 error.\n")


def test_a_summary_that_cannot_be_written(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "nosuch/summary.md")
    ended = cli("check", "--format", "github")
    assert (2, 1) == (ended.code, ended.err.count("\n"))
    assert ended.err.startswith("upheld: error: GITHUB_STEP_SUMMARY=nosuch/summary.md: cannot be written (No such")


def test_output(cli: Cli) -> None:
    assert (0, "", "") == cli("check", "--format", "json", "-o", "reports/upheld.json")
    assert json.loads(Path("reports/upheld.json").read_text(encoding="utf-8"))["app"] == "service.app:app"


def test_options_win_over_settings(cli: Cli, toolkit: Toolkit, tmp_path: Path) -> None:
    Path("pyproject.toml").write_text("[tool.upheld]\nseed = 3\nbudget = 9\n", encoding="utf-8")
    cli("check", "a:b", "--seed", "0", "--time-limit", "1.5", "--base-url", "https://shop.test/")
    (target, settings), keywords = toolkit.asked["check"]
    assert target == "a:b"
    assert (0, 9, 1.5, "https://shop.test") == (
        settings.seed,
        settings.budget,
        settings.time_limit_s,
        settings.base_url,
    )
    assert {"root": tmp_path, "progress": None, "mend": None} == keywords


def test_url(cli: Cli, toolkit: Toolkit, tmp_path: Path) -> None:
    Path("pyproject.toml").write_text('[tool.upheld.auth]\nheaders = { X-A = "$NOT_SET" }\n', encoding="utf-8")
    options = ("--contract", "a.json", "--header", "X-Key: a: b", "--header", "Authorization:Bearer c")
    assert 0 == cli("check", "--url", "https://shop.test/api/", *options).code
    (url, settings), keywords = toolkit.asked["check_url"]
    assert "https://shop.test/api" == url
    assert FixedHeaders(headers={"X-Key": "a: b", "Authorization": "Bearer c"}) == settings.auth
    assert {"root": tmp_path, "path": tmp_path / "a.json", "progress": None} == keywords


def test_wrong_settings(cli: Cli) -> None:
    Path("pyproject.toml").write_text('[tool.upheld.levels]\nundocumented-statu = "off"\n', encoding="utf-8")
    ended = cli("check")
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert 'did you mean "undocumented-status"?' in ended.err


def test_colour(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;32m" in cli("check").out
    assert "\x1b" not in cli("check", "--format", "json").out


ROUND_TRIP = {
    "neither": ("", (), False),
    "asked for": ("", ("--round-trip",), True),
    "set": ("round_trip = true", (), True),
    "set, and not wanted": ("round_trip = true", ("--no-round-trip",), False),
}


@pytest.mark.parametrize(("line", "arguments", "expected"), ROUND_TRIP.values(), ids=ROUND_TRIP)
def test_round_trip(cli: Cli, toolkit: Toolkit, line: str, arguments: tuple[str, ...], expected: bool) -> None:
    Path("pyproject.toml").write_text(f"[tool.upheld]\n{line}\n", encoding="utf-8")
    assert cli("check", *arguments).code == 0
    assert expected is toolkit.asked["check"][0][1].round_trip


def test_no_round_trip_to_a_url(cli: Cli) -> None:
    ended = cli("check", "--url", "http://127.0.0.1:8000", "--round-trip")
    assert (2, "upheld: error: --round-trip: it starts the app itself, expected no --url; leave one of them out\n") == (
        ended.code,
        ended.err,
    )
