"""The documents are true: commands run, settings parse, links lead somewhere, nothing is left out."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema_rs
import pytest

from tests.repository import git, repository
from upheld import approvals, changelog, rules
from upheld.cli import commands
from upheld.diff.catalogue import RULES
from upheld.report import formats
from upheld.settings import read

ROOT = Path(__file__).parents[1]
FILES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
PAGES = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in FILES}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

APP = """\
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
def hello() -> str:
    return "hello"
"""


def blocks(page: str, language: str) -> list[str]:
    """Return the fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGES[page], re.DOTALL | re.MULTILINE)


def upheld_commands() -> list[str]:
    """Return every line of a block that calls upheld, each once."""
    languages = ("sh", "console", "yaml")
    text = "\n".join(block for page in PAGES for language in languages for block in blocks(page, language))
    return list(dict.fromkeys(re.findall(r"^(?:\$ |- run: )?(upheld .*)$", text, re.MULTILINE)))


def upheld(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    environ = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    words = [sys.executable, "-m", *shlex.split(command)]
    return subprocess.run(words, cwd=folder, env=environ, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("command", upheld_commands())
def test_commands_run(command: str, tmp_path: Path) -> None:
    if "shop:app" in command or "before.json" in command:
        folder, expected = ROOT / "docs" / "example", 1
    else:
        folder, expected = tmp_path, 0
        (folder / "yourapp").mkdir()
        (folder / "yourapp" / "main.py").write_text(APP, encoding="utf-8")
        (folder / "pyproject.toml").write_text('[tool.upheld]\napp = "yourapp.main:app"\n', encoding="utf-8")
        assert upheld("upheld export", folder).returncode == 0
        git(repository(folder), "add", "--all")
        git(folder, "commit", "--quiet", "-m", "Begin")
    done = upheld(command, folder)
    assert expected == done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("session", ["contract", "tests"])
def test_readme_commands_are_one_line_that_ci_runs_too(session: str) -> None:
    lines = "\n".join(blocks("README.md", "sh")).splitlines()
    steps = next(line for line in lines if line.endswith(f" {session}")).split(" && ")
    assert f".venv/bin/nox -s {session}" == steps[-1]
    assert set(steps) <= set((ROOT / ".ci/run").read_text(encoding="utf-8").splitlines())


TOML = {f"{page} {number}": block for page in PAGES for number, block in enumerate(blocks(page, "toml"), 1)}


@pytest.mark.parametrize("text", TOML.values(), ids=TOML)
def test_settings_parse(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in re.findall(r"\$(\w+)", text):
        monkeypatch.setenv(name, "x")
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    read(tmp_path, rules=rules.ids() | RULES.keys())


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", PAGES[page]):
        assert (ROOT / page).parent.joinpath(target).exists(), target


def test_the_report_in_the_docs_obeys_its_schema() -> None:
    schema = json.loads((ROOT / "upheld/report/schema.json").read_text(encoding="utf-8"))
    (example,) = blocks("docs/report-format.md", "json")
    jsonschema_rs.Draft202012Validator(schema).validate(json.loads(example))


def test_the_diff_in_the_docs_obeys_its_schema() -> None:
    schema = json.loads((ROOT / "upheld/changelog/schema.json").read_text(encoding="utf-8"))
    (example,) = blocks("docs/diff.md", "json")
    jsonschema_rs.Draft202012Validator(schema).validate(json.loads(example))


def test_the_approval_in_the_docs_is_read(tmp_path: Path) -> None:
    (example,) = blocks("docs/diff.md", "toml")
    (tmp_path / "approvals.toml").write_text(example, encoding="utf-8")
    (one,) = approvals.read(tmp_path / "approvals.toml")
    assert ("request-member-required", "no client sends it since May") == (one.rule, one.reason)


def test_every_rule_command_and_format_is_documented() -> None:
    for rule in rules.load():
        assert f"## `{rule}`" in PAGES["docs/rules.md"]
    for rule in RULES:
        assert f"\n| `{rule}` | " in PAGES["docs/rules.md"]
    for command in commands():
        assert f"## `upheld {command}`" in PAGES["docs/commands.md"]
    for form in (*formats(), *changelog.formats()):
        assert form in PAGES["docs/commands.md"]


def test_every_dependency_has_a_reason() -> None:
    groups = PROJECT["dependency-groups"].values()
    wanted = PROJECT["project"]["dependencies"] + [entry for group in groups for entry in group if type(entry) is str]
    names = {re.split(r"[<>=\[ ]", entry)[0] for entry in wanted}
    first_cells = "\n".join(re.findall(r"^\| (.*?) \|", PAGES["docs/dependencies.md"], re.MULTILINE))
    told = set(re.findall(r"`([a-z0-9-]+)`", first_cells))
    assert names == told


def test_every_session_is_documented() -> None:
    noxfile = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    sessions = set(re.findall(r"^@nox\.session\ndef (\w+)", noxfile, re.MULTILINE))
    assert sessions == set(re.findall(r"^\| `(\w+)` \|", PAGES["docs/development.md"], re.MULTILINE))
