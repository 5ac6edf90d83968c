"""`upheld` as its users start it: a process of its own, in a folder of its own."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60
"""How long a command may take before it counts as stuck."""
_NOT_HANDED_ON = re.compile(r"PYTHONDONTWRITEBYTECODE|PYTHONPATH|PYTEST_.*|COV_.*|COVERAGE_.*|GITHUB_.*|UPHELD_.*")
"""Of the environment: what a user's shell does not have."""


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


class Project:
    """A folder with apps, in which commands are started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, **modules: str) -> None:
        """Write modules by name; `pyproject` is `pyproject.toml`."""
        for name, text in modules.items():
            path = self.folder / ("pyproject.toml" if name == "pyproject" else f"{name}.py")
            path.write_text(dedent(text), encoding="utf-8")

    def names(self) -> set[str]:
        """Return what lies in the folder, but for what Python and Upheld keep there."""
        return {path.name for path in self.folder.iterdir()} - {".upheld", "__pycache__"}

    def upheld(self, *arguments: str, **environ: str) -> Ended:
        """Run a command to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "upheld", *arguments],
            cwd=self.folder,
            env=environment() | environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE_S,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def started(self, *arguments: str) -> "Iterator[Running]":
        """Start a command that can be interrupted, whatever the process is that runs the tests."""
        with subprocess.Popen(
            [sys.executable, "-m", "upheld", *arguments],
            cwd=self.folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            preexec_fn=_listen,  # noqa: PLW1509 - it takes no lock
        ) as process:
            try:
                yield Running(process)
            finally:
                if process.poll() is None:
                    process.kill()


class Running:
    """A command that was started."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._err: list[str] = []

    def wait_for(self, word: str) -> None:
        """Wait until the app has printed a word on a line."""
        assert self._process.stderr is not None
        watchdog = threading.Timer(PATIENCE_S, self._process.kill)
        watchdog.start()
        try:
            for line in self._process.stderr:
                if line == f"{word}\n":
                    return
                self._err.append(line)
        finally:
            watchdog.cancel()
        pytest.fail(f"the command ended before the app said {word}: {''.join(self._err)}")

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self._process.send_signal(signal.SIGINT)

    def terminate(self) -> None:
        """Send what `kill` and a container's runtime send."""
        self._process.send_signal(signal.SIGTERM)

    def end(self, within_s: float) -> Ended:
        """Return how it ends, and that within some seconds."""
        out, err = self._process.communicate(timeout=within_s)
        return Ended(self._process.returncode, out, "".join(self._err) + err)


def environment() -> dict[str, str]:
    """Return what a command would see that is started in a user's shell, this repository's `upheld` installed."""
    kept = {name: value for name, value in os.environ.items() if not _NOT_HANDED_ON.fullmatch(name)}
    return kept | {"PYTHONPATH": str(ROOT)}


def _listen() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell starts what it puts into the background deaf to Ctrl-C


def the_line(ended: Ended) -> str:
    """Return the one line of an end with exit code 2, without its beginning."""
    lines = ended.err.splitlines()
    assert lines, ended
    errors = [line for line in lines if line.startswith("upheld: error: ")]
    assert (2, "", [lines[-1]]) == (ended.code, ended.out, errors), ended
    assert "Traceback" not in ended.err
    assert "bug in Upheld" not in lines[-1]
    return lines[-1].removeprefix("upheld: error: ")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    return Project(folder)


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """The folder of a file system of a few kilobytes; skipped where none may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs the right to mount a file system")
    try:
        yield folder
    finally:
        with suppress(OSError):
            umount = ["umount", "--lazy", str(folder)]
            subprocess.run(umount, capture_output=True, check=False)
