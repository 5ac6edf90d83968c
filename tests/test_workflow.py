"""The pull request's workflow: valid by the published schema, few permissions, and its shell steps work on a clone."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.repository import CONTRACT, commit, document, git, repository
from upheld.contract import base

WORKFLOWS = sorted((Path(__file__).parents[1] / ".github" / "workflows").glob("*.yml"))


def read(path: Path) -> dict[str, Any]:
    workflow: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return workflow


def clone(root: Path, folder: Path) -> Path:
    """Make what a clone would be if everything were committed now, on a branch that left main a commit ago."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)
    git(repository(folder), "add", "--all", "--force")
    git(folder, "commit", "--quiet", "-m", "Everything")
    git(folder, "checkout", "--quiet", "-b", "topic")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "Nothing else")
    return folder


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_obeys_the_published_schema(path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (0, "ok -- validation done") == (done.returncode, done.stdout.strip()), done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_may_only_read(path: Path) -> None:
    workflow = read(path)
    assert {"contents": "read"} == workflow["permissions"]
    assert not any("permissions" in job for job in workflow["jobs"].values())


def test_history_is_fetched(root: Path) -> None:
    """`upheld diff` asks for it."""
    job = read(root / ".github/workflows/contract.yml")["jobs"]["contract"]
    checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert [0] == [step["with"]["fetch-depth"] for step in checkouts]


def test_ci_copes_with_a_shallow_clone(root: Path, tmp_path: Path) -> None:
    """What `.ci/run` does before anything is installed gets a branch's clone to where a base can be told."""
    upstream = repository(tmp_path / "upstream")
    (upstream / ".ci").mkdir()
    head = (root / ".ci/run").read_text(encoding="utf-8").partition('if [ "${CI:-}"')[0]
    first = commit(upstream, contract=document("/a"), **{".ci/run": head})
    git(upstream, "checkout", "--quiet", "-b", "topic")
    commit(upstream, contract=document("/b"))
    commit(upstream, contract=document("/c"))
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--branch", "topic", f"file://{upstream}", "clone")
    done = subprocess.run(
        ["/usr/bin/env", "bash", ".ci/run"], cwd=tmp_path / "clone", capture_output=True, text=True, check=False
    )
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
    assert first[:12] == base(None, path=CONTRACT, root=tmp_path / "clone").revision


@pytest.mark.slow
def test_shell_steps_on_a_clone(root: Path, tmp_path: Path) -> None:
    """Run them as GitHub does. `UPHELD_PYTHON` spares the second installation of what these tests run in."""
    job = read(root / ".github/workflows/contract.yml")["jobs"]["contract"]
    steps = [step["run"] for step in job["steps"] if "run" in step]
    assert steps
    folder = clone(root, tmp_path / "clone")
    summary = tmp_path / "summary.md"
    environ = os.environ | {
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(summary),
        "UPHELD_PYTHON": sys.executable,
    }
    for step in steps:
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step]
        done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "::error" not in done.stdout
    assert "is upheld." in summary.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_documented_field_that_is_taken_out(root: Path, tmp_path: Path) -> None:
    """`nox -s contract` shows what breaks, and lets it pass once it was agreed to."""
    folder = clone(root, tmp_path / "clone")
    schemas = folder / "service/events/schemas.py"
    text = schemas.read_text(encoding="utf-8")
    less = re.sub(r"    errors: .*\n", "", text).replace(', "errors": 2', "")
    assert text != less
    schemas.write_text(less, encoding="utf-8")
    environ = os.environ | {"UPHELD_PYTHON": sys.executable, "PYTHONPATH": str(folder)}

    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", *words]
        return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)

    assert [0, 0] == [run("upheld", one).returncode for one in ("export", "client")]
    git(folder, "commit", "--quiet", "--all", "-m", "Count no errors")
    session = ("nox", "-s", "contract", "--", "--budget", "1")
    done = run(*session)
    assert "the contract is not upheld: diff" in done.stderr, done.stdout + done.stderr
    assert "DailyVisits.errors is gone; it was required  [response-required-member-removed]\n" in done.stdout
    assert '"path": "a", "visits": 0}' in done.stdout
    assert run("upheld", "diff", "--approve", "nobody counts them").returncode == 0
    assert run(*session).returncode == 0
