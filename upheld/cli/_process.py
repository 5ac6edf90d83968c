"""How the process ends: soon after Ctrl-C, and never held up by threads that the app left behind."""

import _thread
import atexit
import contextlib
import gc
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

PATIENCE_S = 3.0
"""How long an app may take to shut down after Ctrl-C; a second Ctrl-C ends it at once."""
THREADS_S = 0.5
"""How long threads of the app may take to end when everything else is done."""
_TICK_S = 0.05
_GARBAGE_MOST = 50_000


def live_long() -> None:
    """Look for garbage less often: imports and records make many objects, and nearly all live to the end."""
    gc.set_threshold(_GARBAGE_MOST)


def have_streams() -> None:
    """Put something in place of standard streams that were closed: `None` cannot be written to."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - for as long as we run


class Interruption:
    """Whether Ctrl-C was pressed, and what sees to it that the process ends then."""

    def __init__(self, last_words: str) -> None:
        """Take what is said where the process has to be ended by force."""
        self.asked = False
        self._last_words = last_words
        self._lost = False
        self._again = False
        self._done = False

    @contextlib.contextmanager
    def heard(self) -> Iterator[None]:
        """Raise KeyboardInterrupt on Ctrl-C; end the process with 2 where the app swallows that or hangs on."""
        if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
            yield  # whoever started us wants no interruptions
            return
        before = sys.unraisablehook
        signal.signal(signal.SIGINT, self._interrupt)
        sys.unraisablehook = lambda lost: self._lose(lost, before)
        try:
            yield
        finally:
            self._done = True
            sys.unraisablehook = before
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        if self._again:
            self._again = False
        elif self.asked:
            self._end()
        else:
            self.asked = True
            warnings.simplefilter("ignore")  # of what stays unfinished nobody wants to read
            _thread.start_new_thread(self._end_later, ())  # unlike threading's, it takes no lock that we may hold
        raise KeyboardInterrupt

    def _lose(self, lost: "sys.UnraisableHookArgs", before: Callable[["sys.UnraisableHookArgs"], Any]) -> None:
        """Note that Python dropped the exception: it was raised within a destructor, or while garbage was collected."""
        if issubclass(lost.exc_type, KeyboardInterrupt):
            self._lost = True
        else:
            before(lost)

    def _end_later(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            time.sleep(_TICK_S)
            if self._done:
                return
            if self._lost:
                self._lost, self._again = False, True  # before it is sent: what comes next is no second Ctrl-C
                _wake_main_thread()
        self._end()

    def _end(self) -> None:
        with contextlib.suppress(OSError):
            os.write(2, f"{self._last_words}\n".encode())
        os._exit(2)


def _wake_main_thread() -> None:
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)  # ends a blocking call, too
    else:
        _thread.interrupt_main()


def leave(code: object, earlier: frozenset[threading.Thread], *, now: bool) -> None:
    """End the process, where threads begun since `earlier` go on; in any case if it is to be `now`.

    Such threads are a blocked endpoint, or what a library polls in. They would keep the process alive; and where one
    that would not is just writing, Python cannot end in order and aborts. Functions registered with `atexit` are
    called; what they print goes to standard error, as all that the app printed before.
    """
    gc.freeze()  # the interpreter would look through everything three times more before it goes
    begun = [thread for thread in threading.enumerate() if thread not in earlier]
    if begun:
        _lead_to_stderr()
    else:
        atexit.register(_lead_to_stderr)  # the last to be registered is the first to be called
    deadline = time.monotonic() + THREADS_S
    for thread in begun:
        if not thread.daemon:
            thread.join(max(0.0, deadline - time.monotonic()))
    if now or any(thread.is_alive() for thread in begun):
        status = code if isinstance(code, int) else int(code is not None)
        _thread.start_new_thread(_leave_later, (status,))
        atexit._run_exitfuncs()  # noqa: SLF001 - the interpreter calls them after it has waited for the threads
        _leave(status)


def _lead_to_stderr() -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        os.dup2(2, 1)


def _leave_later(status: int) -> None:
    time.sleep(PATIENCE_S)
    os._exit(status)


def _leave(status: int) -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)
