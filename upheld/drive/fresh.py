"""Does work in copies of this process as it was before the app was driven, so that every copy's app is fresh.

An app's state lives in modules and cannot be taken back. So the process is forked once the app is imported; that copy
tells what it was to find out meanwhile, waits, and is forked again for each piece of work. Where there is no fork
(Windows), nothing is done.
"""

import contextlib
import gc
import importlib
import os
import pickle
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, Self, TypeVar

from upheld.drive.frames import LIBRARIES

Job = TypeVar("Job")
Result = TypeVar("Result")

LIMIT_S = 10.0
"""How long a piece of work may take."""
_GRACE_S = 1.0
_LENGTH_BYTES = 8


class Fresh(Generic[Job, Result]):
    """A copy of this process that waits for work; use as a context manager, which ends it."""

    def __init__(
        self,
        work: Callable[[Job], Result],
        *,
        forget: Callable[[], None] = lambda: None,
        first: Callable[[], Iterable[Any]] = tuple,
    ) -> None:
        """Take what is to be done in a copy with what is asked, and what a copy does to let go of others' pipes.

        What `first` yields, the copy tells by itself before it waits for work. All of it is pickled.
        """
        self._work = work
        self._forget = forget
        self._first = first
        self._process = 0
        self._asking = self._answers = -1
        self._imported: set[str] | None = None
        self._is_telling = False

    def __enter__(self) -> Self:
        if not hasattr(os, "fork"):
            return self
        self._imported = set(sys.modules)
        questions, self._asking = os.pipe()
        self._answers, answering = os.pipe()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        self._process = _forked()
        if not self._process:
            try:
                os.close(self._asking)
                os.close(self._answers)
                self._forget()
                _silence()
                self._serve(questions, answering)
            finally:
                os._exit(0)
        os.close(questions)
        os.close(answering)
        self._is_telling = True
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._end()

    def told(self) -> Iterator[Any]:
        """Yield what the copy tells first, as it comes; less where it failed, nothing where there is no copy."""
        while self._is_telling:
            message = _receive(self._answers, float("inf"))
            self._is_telling = bool(message)
            if message:
                yield pickle.loads(message)  # noqa: S301 - written by our own copy

    def ask(self, job: Job) -> Result | None:
        """Do a piece of work in a fresh copy; `None` where it raised, took too long or cannot be done at all."""
        if not self._process:
            return None
        for _ in self.told():
            pass
        try:
            if self._imported is not None:
                _send(self._asking, pickle.dumps(_library(set(sys.modules) - self._imported)))
                self._imported = None
            _send(self._asking, pickle.dumps(job))
            answer = _receive(self._answers, time.monotonic() + LIMIT_S + _GRACE_S)
        except OSError:
            answer = None
        if answer is None:
            self._end()
            return None
        made: Result | None = pickle.loads(answer) if answer else None  # noqa: S301 - written by our own copy
        return made

    def _end(self) -> None:
        self._is_telling = False
        if not self._process:
            return
        os.close(self._asking)  # tells it to end, with whatever it has begun
        os.close(self._answers)
        deadline = time.monotonic() + _GRACE_S
        while not os.waitpid(self._process, os.WNOHANG)[0]:
            if time.monotonic() > deadline:
                os.kill(self._process, signal.SIGKILL)
            time.sleep(0.001)
        self._process = 0

    # In the copy ------------------------------------------------------------------------------------------------

    def _serve(self, questions: int, answering: int) -> None:
        for told in self._first():
            _send(answering, pickle.dumps(told))
        _send(answering, b"")
        if (names := _receive(questions, float("inf"))) is None:
            return
        for name in pickle.loads(names):  # noqa: S301 - sent by ourselves
            with contextlib.suppress(Exception):
                importlib.import_module(name)
        gc.freeze()  # what is old is not written to, and so stays shared
        while (question := _receive(questions, float("inf"))) is not None:
            _send(answering, self._attempt(question, questions))

    def _attempt(self, question: bytes, questions: int) -> bytes:
        reading, writing = os.pipe()
        process = _forked()
        if not process:
            try:
                os.close(reading)
                _send(writing, pickle.dumps(self._work(pickle.loads(question))))  # noqa: S301 - asked by ourselves
            finally:
                os._exit(0)
        os.close(writing)
        try:
            return _receive(reading, time.monotonic() + LIMIT_S, unless=questions) or b""
        finally:
            os.kill(process, signal.SIGKILL)  # it has said all, or will say no more
            os.waitpid(process, 0)
            os.close(reading)


def _library(names: Iterable[str]) -> list[str]:
    """Return which modules are a library's: imported where it is waited, they need not be in each copy."""
    files = {name: getattr(sys.modules[name], "__file__", None) or "" for name in names if name in sys.modules}
    return sorted(name for name, file in files.items() if file.startswith(LIBRARIES))


def _forked() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # threads are not copied; whoever uses this class has seen to that
        return os.fork()


def _silence() -> None:
    """Let what the app prints be printed once, by the original, and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        with contextlib.suppress(OSError):
            os.dup2(nowhere, number)
    sys.stdout = sys.stderr = os.fdopen(nowhere, "w", encoding="utf-8")


def _send(pipe: int, message: bytes) -> None:
    rest = memoryview(len(message).to_bytes(_LENGTH_BYTES) + message)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _receive(pipe: int, deadline: float, *, unless: int | None = None) -> bytes | None:
    """Return the next message; `None` when the other end is closed, time is over, or `unless` is closed first."""
    head = _read(pipe, _LENGTH_BYTES, deadline, unless)
    return _read(pipe, int.from_bytes(head), deadline, unless) if head is not None else None


def _read(pipe: int, length: int, deadline: float, unless: int | None) -> bytes | None:
    found = bytearray()
    watched: list[Any] = [pipe] if unless is None else [pipe, unless]
    while len(found) < length:
        left = None if deadline == float("inf") else max(0.0, deadline - time.monotonic())
        ready, _, _ = select.select(watched, [], [], left)
        part = os.read(pipe, min(length - len(found), 1 << 20)) if pipe in ready else b""
        if not part:
            return None
        found += part
    return bytes(found)
