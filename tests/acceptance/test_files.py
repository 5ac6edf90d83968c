"""Files are written whole or not at all: no half of one is ever seen, and none is left over."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.conftest import Project, environment, the_line
from tests.acceptance.test_could_not_tell import GOOD

pytestmark = pytest.mark.slow

OLD = '{"old": true}\n'
WRITERS = {
    "export": ("export", "shop:app", "-o"),
    "check": ("check", "shop:app", "--format", "json", "-o"),
    "client": ("client", "--contract", "contracts/openapi.json", "-o"),
}


@pytest.fixture
def shop(project: Project) -> Project:
    """A project whose document is exported."""
    project.write(shop=GOOD)
    assert project.upheld("export", "shop:app").code == 0
    return project


def tree(folder: Path) -> dict[str, str]:
    """Return every file below a folder and what is in it, but for what Python and Upheld keep there."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {".upheld", "__pycache__"} & set(path.relative_to(folder).parts)
    }


@pytest.mark.parametrize("arguments", WRITERS.values(), ids=WRITERS)
def test_below_what_is_a_file(shop: Project, arguments: tuple[str, ...]) -> None:
    before = tree(shop.folder)
    line = the_line(shop.upheld(*arguments, "shop.py/new"))
    assert "shop.py/new" in line
    assert line.endswith(", expected a writable folder; make it one")
    assert before == tree(shop.folder)


@pytest.mark.parametrize("arguments", [WRITERS["export"], WRITERS["check"]], ids=["export", "check"])
def test_over_a_folder(shop: Project, arguments: tuple[str, ...]) -> None:
    (shop.folder / "old").mkdir()
    before = tree(shop.folder)
    line = the_line(shop.upheld(*arguments, "old"))
    assert line.endswith("old: is a folder, expected a file; name one in it")
    assert before == tree(shop.folder)


def test_a_client_over_a_file(shop: Project) -> None:
    before = tree(shop.folder)
    line = the_line(shop.upheld(*WRITERS["client"], "shop.py"))
    assert "shop.py/__init__.py: cannot be written (" in line
    assert before == tree(shop.folder)


@pytest.mark.parametrize("name", ["export", "check", "client"])
def test_on_a_full_disk_the_old_file_stays(shop: Project, full_disk: Path, name: str) -> None:
    old = full_disk / "models.py" if name == "client" else full_disk / "old"
    old.write_text(OLD, encoding="utf-8")
    with pytest.raises(OSError, match="No space left on device"):
        (full_disk / "filler").write_bytes(bytes(1 << 20))
    names = {path.name for path in full_disk.iterdir()}
    line = the_line(shop.upheld(*WRITERS[name], str(full_disk if name == "client" else old)))
    assert line.startswith(f"{full_disk}/")
    assert ": cannot be written (No space left on device), expected " in line
    assert OLD == old.read_text(encoding="utf-8")
    assert names == {path.name for path in full_disk.iterdir()}


def test_a_device_stays_one(shop: Project) -> None:
    """As root, renaming a file over it would replace it for the whole machine."""
    device = shop.folder / "null"
    try:
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 3))
    except OSError:
        pytest.skip("needs the right to make a device")
    assert shop.upheld("check", "shop:app", "-o", "null").code == 0
    assert stat.S_ISCHR(device.stat().st_mode)


def test_a_pipe_gets_the_report(shop: Project) -> None:
    os.mkfifo(shop.folder / "pipe")
    with shop.started("check", "shop:app", "--format", "json", "-o", "pipe") as check:
        text = (shop.folder / "pipe").read_text(encoding="utf-8")
        assert (0, "", "") == check.end(within_s=10)
    assert json.loads(text)["app"] == "shop:app"


RESULTS = {
    "check": ("check", "shop:app"),
    "export": ("export", "shop:app", "-o", "-"),
    "rules": ("rules",),
    "explain": ("explain", "server-error"),
}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no device that is always full")
@pytest.mark.parametrize("arguments", RESULTS.values(), ids=RESULTS)
def test_standard_output_that_is_full(shop: Project, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "upheld", *arguments]
        done = subprocess.run(
            command,
            cwd=shop.folder,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert 2 == done.returncode
    assert (
        "upheld: error: standard output: cannot be written (No space left on device), expected room for the result; "
        "make some, or lead it somewhere else\n"
    ) == done.stderr


def test_a_job_summary_that_cannot_be_written(shop: Project) -> None:
    ended = shop.upheld("check", "shop:app", "--format", "github", GITHUB_STEP_SUMMARY="/nosuch/summary.md")
    assert (2, 1) == (ended.code, ended.err.count("\n"))
    assert ended.err.startswith("upheld: error: GITHUB_STEP_SUMMARY=/nosuch/summary.md: cannot be written (No such")


def test_what_the_app_prints_is_no_result(project: Project) -> None:
    project.write(
        shop="""
            import subprocess
            from contextlib import asynccontextmanager
            from fastapi import FastAPI

            @asynccontextmanager
            async def lifespan(app):
                print("start")
                yield
                subprocess.run(["echo", "migrations undone"])

            print("import")
            app = FastAPI(lifespan=lifespan)

            @app.get("/books")
            def books() -> list[int]:
                print("call")
                return []
        """
    )
    ended = project.upheld("check", "shop:app", "--format", "json")
    assert 0 == ended.code
    assert json.loads(ended.out)["findings"] == []
    lines = ended.err.splitlines()
    assert {"import", "start", "call", "migrations undone"} == set(lines)
    exported = project.upheld("export", "shop:app", "-o", "-")
    assert json.loads(exported.out)["paths"].keys() == {"/books"}
