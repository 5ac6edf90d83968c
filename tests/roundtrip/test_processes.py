"""Trials in copies of one process, or each from the start; what ends one is told."""

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from upheld.model import UpheldError
from upheld.roundtrip import processes
from upheld.roundtrip.processes import apart, tried
from upheld.roundtrip.script import Errand, Mode, Outcome, Report, packed
from upheld.settings import Settings

BOTH = (Mode.PROCESS_ASYNC, Mode.PROCESS_SYNC)


def _errand(root: Path, *modes: Mode) -> Errand:
    return Errand(modes=modes, app="shop:app", root=str(root), client="client", settings=Settings(), steps=())


def _made(mode: Mode) -> Outcome:
    return Outcome(mode=mode, told=())


def test_one_trial_takes_no_copy(tmp_path: Path) -> None:
    here = threading.current_thread()
    made: list[threading.Thread] = []

    def make(mode: Mode) -> Outcome:
        made.append(threading.current_thread())
        return _made(mode)

    assert (_made(Mode.HTTP_SYNC),) == apart(_errand(tmp_path, Mode.HTTP_SYNC), make)
    assert [here] == made


def test_copies_tell_what_came_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert (_made(BOTH[0]), _made(BOTH[1])) == apart(_errand(tmp_path, *BOTH), _made)


def _refused(mode: Mode) -> Outcome:
    raise UpheldError(f"no {mode.name}")


def _broken(_: Mode) -> Outcome:
    raise KeyError("a bug")


FAILING = {
    "refused": (_refused, r"^in process, async: no PROCESS_ASYNC$"),
    "broken": (_broken, r"^in process, async: its process ended, expected it to go on; take out what ends it$"),
}


@pytest.mark.parametrize(("make", "message"), FAILING.values(), ids=FAILING)
def test_copies_that_fail(make: Any, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    with pytest.raises(UpheldError, match=message):
        apart(_errand(tmp_path, *BOTH), make)


def test_each_from_the_start_where_threads_have_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Errand] = []

    def started(errand: Errand) -> tuple[Outcome, ...]:
        asked.append(errand)
        return (_made(errand.modes[0]),)

    monkeypatch.setattr(threading, "active_count", lambda: 2)
    monkeypatch.setattr(processes, "tried", started)
    errand = _errand(tmp_path, *BOTH)
    assert (_made(BOTH[0]), _made(BOTH[1])) == apart(errand, _made)
    assert [replace(errand, modes=(mode,)) for mode in BOTH] == sorted(asked, key=lambda one: one.modes)


def _done(stdout: bytes, code: int = 0, said: bytes = b"") -> Any:
    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        assert [sys.executable, "-m", "upheld.trial"] == command
        options["stderr"].write(said)
        return subprocess.CompletedProcess(command, code, stdout)

    return run


ENDED = {
    "words": (b"", 1, b"one\nTypeError: a bug\n", "(TypeError: a bug)"),
    "no words": (b"Tr", -9, b"", "(exit code -9)"),
}


@pytest.mark.parametrize(("stdout", "code", "said", "told"), ENDED.values(), ids=ENDED)
def test_a_process_that_ends(
    stdout: bytes, code: int, said: bytes, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", _done(stdout, code, said))
    with pytest.raises(UpheldError) as raised:
        tried(_errand(tmp_path))
    assert str(raised.value) == f"round trip: its process ended {told}, expected it to go on; take out what ends it"


def test_a_process_that_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", _done(packed(Report(outcomes=(_made(BOTH[0]),)))))
    assert (_made(BOTH[0]),) == tried(_errand(tmp_path))
    monkeypatch.setattr(subprocess, "run", _done(packed(Report(problem="no app"))))
    with pytest.raises(UpheldError, match=r"^round trip: no app$"):
        tried(_errand(tmp_path))


def test_a_process_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], **options: Any) -> None:
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(UpheldError, match=r"^round trip: no end after 600 s, expected a minute at most; "):
        tried(_errand(tmp_path))
