"""The pull request's workflow: valid by the published schema, few permissions, and its shell steps work on a clone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

WORKFLOWS = sorted((Path(__file__).parents[1] / ".github" / "workflows").glob("*.yml"))


def read(path: Path) -> dict[str, Any]:
    workflow: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return workflow


def clone(root: Path, folder: Path) -> Path:
    """Copy what a clone would hold if everything were committed now."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)
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
