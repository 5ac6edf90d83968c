"""`upheld export` writes, or with `--check` only compares."""

from pathlib import Path

import pytest

from tests.build import finding, report
from tests.cli.conftest import Cli, Toolkit
from upheld.model import Evidence

STALE = finding(
    rule="stale-contract",
    operation="GET /books/{book_id}",
    message="response 404 removed",
    evidence=Evidence.READ,
    request=None,
    location=None,
)


def test_writes(cli: Cli, toolkit: Toolkit, tmp_path: Path) -> None:
    assert (0, "", "wrote contracts/openapi.json\n") == cli("export", "a:b")
    (target, _settings), keywords = toolkit.asked["export"]
    assert ("a:b", {"root": tmp_path, "out": None}) == (target, keywords)


def test_standard_output(cli: Cli, toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("upheld.run.export", toolkit.answer("export", '{"openapi": "3.1.0"}\n'))
    assert (0, '{"openapi": "3.1.0"}\n', "") == cli("export", "-o", "-")
    assert toolkit.asked["export"][1]["out"] == Path("-")


CURRENT = {
    "settings' own": ((), "contracts/openapi.json"),
    "named": (("-o", "other.json"), "other.json"),
}


@pytest.mark.parametrize(("arguments", "path"), CURRENT.values(), ids=CURRENT)
def test_current(cli: Cli, toolkit: Toolkit, tmp_path: Path, arguments: tuple[str, ...], path: str) -> None:
    assert (0, "", f"{path} is up to date\n") == cli("export", "--check", *arguments)
    assert {"root": tmp_path, "path": tmp_path / path} == toolkit.asked["stale"][1]


def test_stale(cli: Cli, toolkit: Toolkit) -> None:
    toolkit.report = report(STALE, requests=0)
    ended = cli("export", "--check")
    assert (1, "") == (ended.code, ended.err)
    assert "error: response 404 removed  [stale-contract]" in ended.out
    assert ended.out.endswith("Next: upheld export\n")


def test_stale_as_json(cli: Cli, toolkit: Toolkit) -> None:
    assert cli("export", "--check", "--format", "json").out.startswith("{\n")
    toolkit.report = report(STALE, requests=0)
    assert cli("export", "--check", "--format", "json").code == 1
