"""Results go to standard output and stay whole in every encoding; remarks and the bar go to standard error."""

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from upheld.cli._output import colorful, emit, progress, say
from upheld.model import UpheldError


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


COLOR: dict[str, tuple[dict[str, str], io.StringIO, bool]] = {
    "a pipe": ({}, io.StringIO(), False),
    "a terminal": ({"TERM": "xterm"}, Terminal(), True),
    "a dumb terminal": ({"TERM": "dumb"}, Terminal(), False),
    "NO_COLOR": ({"TERM": "xterm", "NO_COLOR": "1"}, Terminal(), False),
    "NO_COLOR wins": ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, Terminal(), False),
    "NO_COLOR set to nothing": ({"TERM": "xterm", "NO_COLOR": ""}, Terminal(), True),
    "FORCE_COLOR": ({"FORCE_COLOR": "1"}, io.StringIO(), True),
}


@pytest.mark.parametrize(("environ", "stream", "expected"), COLOR.values(), ids=COLOR)
def test_colorful(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], stream: io.StringIO, *, expected: bool
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert expected == colorful(stream)


def test_no_bar_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress() as advance:
        assert advance is None


def test_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress() as advance:
        assert advance is not None
        advance(3, 12, "GET /books/[red]{id}\x1b")
    assert "3/12" in terminal.getvalue()
    assert r"GET /books/[red]{id}\x1b" in terminal.getvalue()


def test_a_reader_that_hangs_up_changes_no_exit_code() -> None:
    script = "import sys; from upheld.cli._output import emit\nfor _ in range(99): emit('x' * 99999)\nsys.exit(7)"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert (b"", 7) == (process.stderr.read(), process.wait())


def test_emit_to_a_closed_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w", encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor has no path
        monkeypatch.setattr(sys, "stdout", stream)
        emit("x" * 99999)
        emit("x" * 99999)


def full() -> IO[str]:
    """Open the device that is always full."""
    if not Path("/dev/full").exists():
        pytest.skip("has no device that is always full")
    return Path("/dev/full").open("w", encoding="utf-8")


def test_emit_to_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    with full() as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        with pytest.raises(UpheldError, match=r"^standard output: cannot be written \(No space left on device\), exp"):
            emit("text")


def test_a_remark_to_a_full_disk_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    with full() as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        say("text")


def test_emit_to_what_is_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    emit("text")
    assert stream.getvalue() == "text"


def test_no_encoding_is_too_small() -> None:
    script = "from upheld.cli._output import emit; emit('\\u2713 \\ud800\\n')"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, env={"PYTHONIOENCODING": "ascii"}, check=False
    )
    assert (0, b"\\u2713 \\ud800\n", b"") == (done.returncode, done.stdout, done.stderr)


RESERVED = """
import os, sys, threading
from upheld.cli._output import emit, reserved

with reserved():
    print("app", flush=True)
    os.write(1, b"raw\\n")
    {thread}
    emit("result\\n")
print("later", flush=True)
emit("more\\n")
"""
THREADS = {
    "none": ("pass", b"result\nlater\nmore\n", b"app\nraw\n"),
    "one is left": (
        "threading.Thread(target=threading.Event().wait, daemon=True).start()",
        b"result\nmore\n",
        b"app\nraw\nlater\n",
    ),
}


@pytest.mark.parametrize(("thread", "out", "err"), THREADS.values(), ids=THREADS)
def test_standard_output_is_for_results(thread: str, out: bytes, err: bytes) -> None:
    script = RESERVED.format(thread=thread)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (0, out, err) == (done.returncode, done.stdout, done.stderr)
