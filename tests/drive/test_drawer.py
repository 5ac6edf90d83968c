"""Another process draws the same requests, is there only as long as it is needed, and says why it fails."""

import gc
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.build import request
from upheld.drive import ahead, corpus, drawing, generate
from upheld.drive.drawer import Drawer
from upheld.model import Request, UpheldError

DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "paths": {
        f"/{name}": {
            "get": {
                "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
                "responses": {"200": {"description": "Fine"}},
            }
        }
        for name in ("pets", "owners")
    },
}
LABELS = ["GET /owners", "GET /pets"]
Processes = list["subprocess.Popen[bytes]"]


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Processes:
    """Return what was started, in order."""
    processes: Processes = []
    start = ahead.start

    def remembered() -> "subprocess.Popen[bytes]":
        processes.append(start())
        return processes[-1]

    monkeypatch.setattr(ahead, "start", remembered)
    return processes


def test_the_same_requests_in_the_order_asked_for(tmp_path: Path) -> None:
    generate.prepare(tmp_path / "hypothesis")
    with Drawer(tmp_path) as drawn:
        found = list(drawn.draw(DOCUMENT, LABELS, 3))
    assert LABELS == [label for label, _ in found]
    assert list(generate.draw(DOCUMENT, LABELS, 3)) == found


def test_it_begins_at_once_where_nothing_is_stored_and_ends(begun: Processes, tmp_path: Path) -> None:
    with Drawer(tmp_path / "missing"):
        assert [None] == [process.poll() for process in begun]
    assert [-signal.SIGKILL] == [process.poll() for process in begun]


def test_it_does_not_begin_where_something_is_stored(
    begun: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = corpus.folder(tmp_path)
    folder.mkdir(parents=True)
    (folder / "a.json").write_text("[]", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ahead.begin()
    with Drawer(folder) as drawn:
        assert begun == []
        assert ["GET /pets"] == [label for label, _ in drawn.draw(DOCUMENT, ["GET /pets"], 0)]
    assert 1 == len(begun)


def test_ahead_of_it(begun: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ahead.begin()
    assert 1 == len(begun)
    with Drawer(corpus.folder(tmp_path)):
        pass
    assert [-signal.SIGKILL] == [process.poll() for process in begun]
    ahead.begin()
    ahead.end()
    assert [-signal.SIGKILL] * 2 == [process.poll() for process in begun]


@pytest.mark.parametrize("name", ["stdin", "stdout", "stderr"])
def test_not_ahead_where_its_pipes_would_be_taken_for_closed_streams(
    name: str, begun: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, name, None)
    ahead.begin()
    assert begun == []


def test_ahead_of_a_python_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said of it yet: the check will."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    ahead.begin()
    assert ahead.taken() is None


def talking(code: str) -> Callable[[], "subprocess.Popen[bytes]"]:
    """Return what starts a process that runs some code instead."""
    return lambda: subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


FAILING: dict[str, tuple[object, str]] = {
    "what it meets": (None, "LoaderError: Unable to determine the Open API version"),
    "its end": (talking("raise SystemExit(7)"), "its process ended with 7"),
    "its end after some": (
        talking("import os, sys; sys.stdin.read(); print('[\"GET /pets\", []]', flush=True); os._exit(9)"),
        "its process ended with 9",
    ),
}


@pytest.mark.parametrize(("start", "reason"), FAILING.values(), ids=FAILING)
def test_why_it_fails(start: Any, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if start is not None:
        monkeypatch.setattr(ahead, "start", start)
    with Drawer(tmp_path) as drawn, pytest.raises(UpheldError, match=r"^drawing requests failed: ") as caught:
        list(drawn.draw({"info": "x" * 200_000}, LABELS, 0))
    assert reason in f"{caught.value}"
    assert f"{caught.value}".endswith('report it, with what "upheld export" writes')


def test_where_it_fails_is_told_apart_from_why(tmp_path: Path) -> None:
    """With --debug the traceback shows; the one line never holds it."""
    with Drawer(tmp_path) as drawn, pytest.raises(UpheldError) as caught:
        list(drawn.draw({}, LABELS, 0))
    (where,) = caught.value.__notes__
    assert where.startswith("Traceback (most recent call last):\n")
    assert "Traceback" not in f"{caught.value}"


def test_a_python_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(UpheldError, match="python cannot be started"):
        Drawer(tmp_path).__enter__()


# The other end ----------------------------------------------------------------------------------------------------


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the preparation out, and the collector as it is."""
    monkeypatch.setattr(generate, "prepare", lambda _: None)
    monkeypatch.setattr(gc, "freeze", lambda: None)


def served(text: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[Any]:
    answers = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    drawing._serve(folder, answers)
    return [json.loads(line) for line in answers.getvalue().splitlines()]


@pytest.mark.usefixtures("_quick")
def test_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(document: object, labels: list[str], seed: int) -> Iterator[tuple[str, list[Request]]]:
        for label in labels:
            yield label, [request("POST", f"/{seed}", body=b"\xff")]
        assert document == {}

    monkeypatch.setattr(generate, "draw", draw)
    found = served('{"document": {}, "labels": ["a", "b"], "seed": 4}', monkeypatch, tmp_path)
    assert ["a", "b"] == [label for label, _ in found]
    assert [request("POST", "/4", body=b"\xff")] == [corpus.request(entry) for entry in found[1][1]]
    assert [] == served("", monkeypatch, tmp_path)


PRELUDE = "import os; from upheld.drive import drawing, generate; generate.prepare = lambda home: {}; drawing.main()"
SERVED = {
    "no document": ("None", "", []),
    "it prints": ("print('a') or os.write(1, b'b')", "", []),
    "it fails": ("1 / 0", "", ["ZeroDivisionError: division by zero"]),
    "no JSON": ("None", "{", ["JSONDecodeError: Expecting property name"]),
}


@pytest.mark.parametrize(("prepare", "asked", "errors"), SERVED.values(), ids=SERVED)
def test_the_process(prepare: str, asked: str, errors: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE.format(prepare)], input=asked, capture_output=True, text=True, check=True
    )
    answers = [json.loads(line)["error"] for line in done.stdout.splitlines()]
    assert len(errors) == len(answers)
    assert all(answer.startswith(error) for answer, error in zip(answers, errors, strict=True))


def test_it_is_left_alone_by_control_c_and_ends_when_nobody_asks() -> None:
    code = PRELUDE.format("print('ready', file=os.fdopen(2, 'w'))")
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        assert b"ready\n" == process.stderr.readline()
        process.send_signal(signal.SIGINT)  # before it can read on: had it heard it, it would not end with 0
        assert process.poll() is None
        process.stdin.close()
        assert 0 == process.wait(10)


def test_nobody_listens(tmp_path: Path) -> None:
    code = PRELUDE.format("drawing._write(os.fdopen(os.dup(3), 'w'), 'x')")
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", f"import os; os.dup2({write}, 3); {code}"], pass_fds=[write], cwd=tmp_path, check=False
    )
    os.close(write)
    assert 0 == done.returncode


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no copies without a fork")
def test_a_copy_forgets_its_pipes(tmp_path: Path, begun: Processes) -> None:
    """They would be open as long as the copy lives, and the process would wait for the rest of the question."""
    with Drawer(tmp_path) as used:
        copy = os.fork()
        if not copy:
            pipes = [pipe.fileno() for pipe in (begun[0].stdin, begun[0].stdout) if pipe is not None]
            used.forget()
            closed = 0
            for pipe in pipes:
                try:
                    os.fstat(pipe)
                except OSError:
                    closed += 1
            os._exit(closed)
        assert 2 == os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
        assert LABELS == [label for label, _ in used.draw(DOCUMENT, LABELS, 0)]
    used.forget()  # there is nothing left to close


def test_what_was_never_started_is_forgotten(tmp_path: Path) -> None:
    Drawer(tmp_path).forget()
