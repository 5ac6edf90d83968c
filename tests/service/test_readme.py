"""The README's lines about the bookshop are run as they stand."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.programs import program
from tests.service.process import Served, served

pytestmark = pytest.mark.slow


def block(root: Path, name: str) -> str:
    """Return the shell lines between two markers."""
    text = (root / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- {name} -->\n```sh\n(.*?)```\n<!-- /{name} -->", text, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_first_minutes(root: Path, tmp_path: Path) -> None:
    program("curl")
    settings, command = block(root, "serve").splitlines()
    environ = dict(word.split("=", 1) for word in shlex.split(settings.removeprefix("export ")))
    assert command == ".nox/dev/bin/uvicorn service.app:app"
    with served(tmp_path, environ) as shop:
        told = shell(block(root, "curl").replace("http://127.0.0.1:8000", shop.address), tmp_path)
    book, placed, paid, asked, job, report = (json.loads(line) for line in told.replace("}{", "}\n{").splitlines())
    assert (book["title"], book["stock"]) == ("The Waves", 12)
    assert (placed["status"], paid["status"], paid["total_cents"]) == ("pending", "paid", 2598)
    assert (asked["id"], job["id"], job["status"], job["result"]) == (3, 3, "done", "/reports/1")
    assert [(line["title"], line["copies"]) for line in report["lines"]] == [("The Waves", 2)]


def shell(lines: str, folder: Path) -> str:
    done = subprocess.run(
        ["/bin/bash", "-euo", "pipefail", "-c", lines],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_no_settings_and_an_empty_folder(tmp_path: Path) -> None:
    bare = Served(tmp_path, {})
    bare.environ = {name: value for name, value in bare.environ.items() if not name.startswith("BOOKSHOP_")}
    bare.start()
    try:
        assert httpx2.get(f"{bare.address}/books").json() == {"items": [], "next_cursor": None}
    finally:
        bare.stop()
    assert {path.name for path in tmp_path.iterdir()} == {"bookshop.sqlite3", "log"}


def test_a_worker_without_postgresql(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "service.worker"],
        cwd=tmp_path,
        env=Served(tmp_path, {}).environ,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    told = "BOOKSHOP_DATABASE_URL names no PostgreSQL; without one the shop does its jobs itself\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
