"""`upheld client` writes where the settings or the options say, or with `--check` only compares."""

from pathlib import Path

import pytest

from tests.build import finding, report
from tests.cli.conftest import Cli, Toolkit
from upheld.model import Evidence


def _settings(text: str) -> None:
    Path("pyproject.toml").write_text(f"[tool.upheld]\n{text}\n", encoding="utf-8")


def test_writes(cli: Cli, toolkit: Toolkit, tmp_path: Path) -> None:
    _settings('client = "generated"')
    assert (0, "", "wrote generated/__init__.py\nwrote generated/models.py\n") == cli("client")
    assert {
        "root": tmp_path,
        "contract": tmp_path / "contracts/openapi.json",
        "out": tmp_path / "generated",
    } == toolkit.asked["client"][1]


@pytest.mark.parametrize("option", ["-o", "--out", "--output"])
def test_options(cli: Cli, toolkit: Toolkit, tmp_path: Path, option: str) -> None:
    assert cli("client", "--contract", "v2.json", option, "sdk").code == 0
    assert {"root": tmp_path, "contract": tmp_path / "v2.json", "out": tmp_path / "sdk"} == toolkit.asked["client"][1]


def test_nowhere(cli: Cli) -> None:
    ended = cli("client")
    assert ended.code == 2
    assert "tool.upheld.client is missing" in ended.err


def test_current(cli: Cli) -> None:
    assert (0, "", "sdk is up to date\n") == cli("client", "-o", "sdk", "--check")


def test_stale(cli: Cli, toolkit: Toolkit) -> None:
    stale = finding(
        rule="stale-client", operation="", message="models.py differs", evidence=Evidence.READ, request=None
    )
    toolkit.report = report(stale, requests=0)
    ended = cli("client", "-o", "sdk", "--check")
    assert (1, "") == (ended.code, ended.err)
    assert ended.out.endswith("Next: upheld client\n")
