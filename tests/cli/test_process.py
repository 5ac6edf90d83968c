"""Ctrl-C is heard whatever runs, and threads of the app do not outlive the command."""

import atexit
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

import pytest

from upheld.cli import _process
from upheld.cli._process import Interruption, leave

LAST_WORDS = "upheld: error: interrupted"


class ExitedError(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def exits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The statuses with which the process would have ended."""
    found: list[int] = []

    def ended(status: int) -> None:
        found.append(status)
        raise ExitedError

    monkeypatch.setattr(os, "_exit", ended)
    monkeypatch.setattr(atexit, "_run_exitfuncs", lambda: found.append(-1))
    monkeypatch.setattr(_process, "_leave_later", lambda _status: None)
    monkeypatch.setattr(sys, "unraisablehook", lambda _lost: None)
    return found


@pytest.fixture(autouse=True)
def _default_handler() -> None:
    """Pytest may have been started deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c() -> None:
    interruption = Interruption(LAST_WORDS)
    with pytest.raises(KeyboardInterrupt), interruption.heard():
        signal.raise_signal(signal.SIGINT)
    assert interruption.asked
    assert signal.default_int_handler is signal.getsignal(signal.SIGINT)


def test_no_ctrl_c() -> None:
    interruption, hook = Interruption(LAST_WORDS), sys.unraisablehook
    with interruption.heard():
        assert signal.default_int_handler is not signal.getsignal(signal.SIGINT)
    assert not interruption.asked
    assert hook is sys.unraisablehook


def test_where_interruptions_are_not_wanted() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Interruption(LAST_WORDS).heard():
        assert signal.SIG_IGN is signal.getsignal(signal.SIGINT)


def twice() -> None:
    """Press Ctrl-C two times, the first caught by the app."""
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        signal.raise_signal(signal.SIGINT)


def test_ctrl_c_twice(exits: list[int], capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ExitedError), Interruption(LAST_WORDS).heard():
        twice()
    assert ([2], f"{LAST_WORDS}\n") == (exits, capfd.readouterr().err)


def once_and_on() -> None:
    """Press Ctrl-C, caught by an app that goes on."""
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        time.sleep(0.5)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_app_that_goes_on(
    exits: list[int], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(_process, "PATIENCE_S", 0.1)
    with Interruption(LAST_WORDS).heard():
        once_and_on()
    assert ([2], f"{LAST_WORDS}\n") == (exits, capfd.readouterr().err)


def test_the_thread_that_waits(exits: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Called here as its thread calls it, where coverage sees it."""
    monkeypatch.setattr(_process, "PATIENCE_S", 0.01)
    interruption = Interruption(LAST_WORDS)
    interruption._lost = True
    with pytest.raises(KeyboardInterrupt):
        interruption._end_later()
    monkeypatch.delattr(signal, "pthread_kill")
    interruption._lost = True
    with pytest.raises(KeyboardInterrupt):
        interruption._end_later()
    with pytest.raises(ExitedError):
        interruption._end_later()
    interruption._done = True
    interruption._end_later()
    assert [2] == exits


class Dropping:
    """An object whose end is where Ctrl-C is pressed: Python drops what a destructor raises."""

    def __init__(self, fault: Callable[[], None]) -> None:
        self.fault = fault

    def __del__(self) -> None:
        """Fail."""
        self.fault()


def drop(fault: Callable[[], None], wait_s: float) -> None:
    """Let an object go whose end fails, then do something else."""
    Dropping(fault)
    time.sleep(wait_s)


def test_ctrl_c_that_python_drops_is_raised_again() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Interruption(LAST_WORDS).heard():
        drop(lambda: signal.raise_signal(signal.SIGINT), 5)
    assert time.monotonic() - began < 4


def test_another_exception_that_python_drops_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    lost: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda args: lost.append(args.exc_type))

    def fail() -> None:
        raise ZeroDivisionError

    with Interruption(LAST_WORDS).heard():
        drop(fail, 0)
    assert [ZeroDivisionError] == lost


def test_no_thread_is_left(exits: list[int]) -> None:
    earlier = frozenset(threading.enumerate())
    brief = threading.Thread(target=time.sleep, args=(0.05,))
    brief.start()
    leave(0, earlier, now=False)
    assert ([], False) == (exits, brief.is_alive())


CODES = {"held": (0, 0), "found": (1, 1), "nothing said": (None, 0), "a message": ("no", 1)}


@pytest.mark.parametrize("daemon", [False, True])
@pytest.mark.parametrize(("code", "status"), CODES.values(), ids=CODES)
def test_a_thread_is_left(
    exits: list[int], monkeypatch: pytest.MonkeyPatch, code: object, status: int, daemon: bool
) -> None:
    monkeypatch.setattr(_process, "THREADS_S", 0.01)
    earlier, over = frozenset(threading.enumerate()), threading.Event()
    thread = threading.Thread(target=over.wait, daemon=daemon)
    thread.start()
    try:
        with pytest.raises(ExitedError):
            leave(code, earlier, now=False)
    finally:
        over.set()
        thread.join()
    assert [-1, status] == exits


def test_a_thread_of_before_may_stay(exits: list[int]) -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    leave(0, frozenset(threading.enumerate()), now=False)
    over.set()
    thread.join()
    assert [] == exits


def test_now(exits: list[int]) -> None:
    with pytest.raises(ExitedError):
        leave(2, frozenset(threading.enumerate()), now=True)
    assert [-1, 2] == exits


def test_exit_functions_that_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    statuses: list[int] = []
    monkeypatch.setattr(os, "_exit", statuses.append)
    monkeypatch.setattr(_process, "PATIENCE_S", 0.01)
    _process._leave_later(1)
    assert [1] == statuses


def test_streams_that_were_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    _process.have_streams()
    assert sys.stdout is not None
    with sys.stdout:
        print("nowhere")  # noqa: T201 - to see that it can
