"""Records calls that block the event loop while it answers: what sleeps, connects, starts a program, asks a database.

Audit events tell most of them. The methods of sockets and of SQLite, which have none, are in blockbuster's table; it
could only raise, so its predicate, which is asked whether a call may block, writes the call down and says yes. They
are armed once the process opens the first such connection: that takes 10 ms, and few apps have one.
"""

import asyncio
import functools
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, SupportsIndex

from upheld.drive import frames as own_frames
from upheld.drive.audit import listening
from upheld.drive.network import is_address
from upheld.drive.watch import TRAIL, Trail

if TYPE_CHECKING:
    from blockbuster import BlockBusterFunction

_ARMED = ("socket.", "ssl.", "sqlite3.")
"""What is taken of the table: locks are held for moments, and files are heard of."""
_FOLLOWING = (".rollback", ".fetchone", ".fetchmany", ".fetchall")
"""What only follows another call of the table, which is told of."""
_DEPTH = 80
_FILES = ("pathlib.py", "tempfile.py", "shutil.py", "io.py", "codecs.py", "gzip.py", "zipfile.py", "csv.py")
"""Of the standard library, what opens a file for whoever calls it."""
_PROGRAMS = {"subprocess.Popen": "subprocess", "os.system": "os.system", "os.posix_spawn": "os.posix_spawn"}


@contextmanager
def recorded() -> Iterator[None]:
    """Record while a watched request is being answered; enter before the app is imported."""
    armed: list[BlockBusterFunction] = []
    original_sleep = time.sleep

    @functools.wraps(original_sleep)
    def sleep(seconds: float | SupportsIndex, /) -> None:
        is_long = isinstance(seconds, int | float) and seconds > 0  # less is wrong, and nothing lets other threads run
        original_sleep(0 if is_long and _record("time.sleep", sys._getframe(1)) else seconds)

    def connect(event: str, arguments: tuple[Any, ...]) -> None:
        sock, address = arguments[0], arguments[1]
        if sock.getblocking() and sock.type == socket.SOCK_STREAM:  # a datagram's address is only noted
            _arm(armed)
            if isinstance(address, tuple):
                _record(event, sys._getframe(1))

    def open_database(_event: str, _arguments: tuple[Any, ...]) -> None:
        _arm(armed)
        _record("sqlite3.connect", sys._getframe(1))

    events = {
        **dict.fromkeys(_PROGRAMS, _start),
        **dict.fromkeys(("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"), _look_up),
        "socket.connect": connect,
        "sqlite3.connect": open_database,
        "open": _open,
    }
    time.sleep = sleep
    with listening(events):
        try:
            yield
        finally:
            time.sleep = original_sleep
            for function in armed:
                function.deactivate()


def _start(event: str, _arguments: tuple[Any, ...]) -> None:
    _record(_PROGRAMS[event], sys._getframe(1))


def _look_up(event: str, arguments: tuple[Any, ...]) -> None:
    if arguments[0] and not is_address(arguments[0]):
        _record(event, sys._getframe(1))


def _open(_event: str, arguments: tuple[Any, ...]) -> None:
    trail = _answering()
    if trail is None or isinstance(arguments[0], int):
        return
    frame: FrameType | None = sys._getframe(2)  # beyond the hook
    while frame is not None and frame.f_code.co_filename.endswith(_FILES):
        frame = frame.f_back
    if frame is not None and not own_frames.is_installed(frame.f_code.co_filename):
        trail.blocking.setdefault(("open", (frame.f_code, frame.f_lineno)), [(frame.f_code, frame.f_lineno, None)])


def _answering() -> Trail | None:
    """Return the trail of the request that this thread's loop is answering."""
    trail = TRAIL.get()
    return trail if trail is not None and asyncio._get_running_loop() is not None else None


def _record(call: str, frame: FrameType | None, excepted: tuple[tuple[str, Any], ...] = ()) -> bool:
    """Write down a call that is made on the loop, and return whether it is; `frame` is its caller's.

    What asyncio does by itself is no such call: it only starts what it then waits for without blocking.
    """
    trail = _answering()
    if trail is None:
        return False
    steps: list[own_frames.Step] = []
    place: tuple[Any, int] | None = None
    while frame is not None and len(steps) < _DEPTH:
        code = frame.f_code
        filename = code.co_filename.replace("\\", "/")
        if any(filename.endswith(file) and code.co_name in functions for file, functions in excepted):
            return False
        if place is None:
            if "/asyncio/" in filename and own_frames.is_installed(filename):
                return False
            if not own_frames.is_installed(filename):
                place = (code, frame.f_lineno)
        steps.append((code, frame.f_lineno, None))
        if own_frames.is_dispatch(filename):
            break
        frame = frame.f_back
    trail.blocking.setdefault((call, place), steps)
    return place is not None


def _arm(armed: "list[BlockBusterFunction]") -> None:
    """Let the table's functions tell of their calls."""
    if armed:
        return
    from blockbuster import BlockBuster

    for name, function in BlockBuster().functions.items():
        if name.startswith(_ARMED) and not name.endswith(_FOLLOWING):
            function.can_block_predicate = _telling(name, function)
            armed.append(function.activate())


def _telling(name: str, function: "BlockBusterFunction") -> Callable[..., bool]:
    may_block = function.can_block_predicate
    excepted = tuple((file, frozenset(functions)) for file, functions in function.can_block_functions)

    def told(*arguments: Any, **options: Any) -> bool:
        if _answering() is not None and not may_block(*arguments, **options):
            _record(name, sys._getframe(2), excepted)
        return True

    return told
