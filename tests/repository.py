"""Git repositories that tests make: no settings of whoever runs them, the same names and days each time."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

SURROUNDINGS = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_AUTHOR_DATE": "2026-01-31T12:00:00+00:00",
    "GIT_COMMITTER_DATE": "2026-01-31T12:00:00+00:00",
}
CONTRACT = "contracts/openapi.json"


def git(folder: Path, *arguments: str, **environ: str) -> str:
    """Run git in a folder and return what it writes."""
    words = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
    surroundings = os.environ | SURROUNDINGS | environ
    done = subprocess.run(words, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def repository(folder: Path) -> Path:
    """Make an empty repository."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet")
    return folder


def commit(folder: Path, subject: str = "Change", **files: Any) -> str:
    """Commit files, the contract as `contract`, and return the commit's name."""
    for name, content in files.items():
        path = folder / (CONTRACT if name == "contract" else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", subject)
    return git(folder, "rev-parse", "HEAD")


def document(*paths: str, **members: Any) -> dict[str, Any]:
    """Return a valid document with a GET for each path."""
    answers = {"responses": {"200": {"description": "OK"}}}
    base = {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {one: {"get": answers} for one in paths},
    }
    return base | members
