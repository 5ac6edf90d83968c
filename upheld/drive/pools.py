"""Tells which database connections of SQLAlchemy's pools a request took and did not give back.

One that is out once may be meant to stay: a connection that is opened by the first request that needs it. A line that
leaves two requests' connections out is a leak; they are given back here, so that no later request runs out of them.
"""

import asyncio
import contextlib
import gc
import sys
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from upheld.drive import frames as own_frames
from upheld.drive.watch import TRAIL, Trail

if TYPE_CHECKING:
    from upheld.drive.asgi import Answer

_DEPTH = 80
_COLLECTIONS_MOST = 40
"""How often the collector is asked, 20 to 50 ms each, whether nobody holds a connection any more."""
_GRACE_S = 1.0
"""How long giving a connection back may take."""


@dataclass(slots=True)
class Held:
    """A connection that a request took."""

    proxy: Any
    """A weak reference to what the app holds of it."""
    steps: list[own_frames.Step]
    """Where it was taken, outwards."""
    is_async: bool
    """Whether the driver is asynchronous: then the collector cannot give it back."""
    lost: bool = False
    """Whether the collector found it."""

    @property
    def is_out(self) -> bool:
        """Whether it has not been given back."""
        proxy = self.proxy()
        return self.lost or (proxy is not None and proxy.is_valid and not proxy.is_detached)

    @property
    def place(self) -> tuple[Any, int] | None:
        """The line that took it, as far as can be said without knowing the project."""
        return next((step[:2] for step in self.steps if not own_frames.is_installed(step[0].co_filename)), None)


class Pools:
    """Listens to every pool of the process; use as a context manager."""

    def __init__(self) -> None:
        self._events: Any = None
        self._adapted: type | tuple[()] = ()
        self._by_record: dict[int, Held] = {}
        self._left: dict[tuple[Any, int], list[Held]] = {}
        """What was still out after an answer, by line."""
        self._leaking: set[tuple[Any, int] | None] = set()
        self._collections = 0

    def __enter__(self) -> Self:
        self.listen()
        return self

    def __exit__(self, *exc_info: object) -> None:
        if self._events is not None:
            from sqlalchemy.pool import Pool

            self._events.remove(Pool, "checkout", self._taken)
            self._events.remove(Pool, "checkin", self._returned)
            self._events.remove(Pool, "detach", self._detached)
            self._events = None
        self._by_record.clear()
        self._left.clear()

    def listen(self) -> None:
        """Begin to listen, once the app has imported SQLAlchemy."""
        if self._events is None and "sqlalchemy.pool" in sys.modules:
            from sqlalchemy import event
            from sqlalchemy.engine import AdaptedConnection
            from sqlalchemy.pool import Pool

            self._events, self._adapted = event, AdaptedConnection
            event.listen(Pool, "checkout", self._taken)
            event.listen(Pool, "checkin", self._returned)
            event.listen(Pool, "detach", self._detached)

    def _taken(self, connection: Any, record: Any, proxy: Any) -> None:
        trail = TRAIL.get()
        if trail is not None:
            held = Held(weakref.ref(proxy), _steps(), isinstance(connection, self._adapted))
            trail.held.append(held)
            self._by_record[id(record)] = held

    def _returned(self, _connection: Any, record: Any) -> None:
        self._by_record.pop(id(record), None)

    def _detached(self, _connection: Any, record: Any) -> None:
        held = self._by_record.pop(id(record), None)
        if held is not None and held.proxy() is None:  # what is alive was detached on purpose
            held.lost = True

    async def settle(self, answer: "Answer") -> None:
        """Look what a request left out once all is over that it began."""
        trail = answer.trail
        if not answer.complete or answer.cut or answer.stuck is not None or not _is_over(trail):
            return
        out = [held for held in trail.held if held.is_out]
        if any(not held.is_async and held.place not in self._leaking for held in out):
            if self._collections >= _COLLECTIONS_MOST:
                return
            self._collections += 1
            gc.collect()
            out = [held for held in out if held.is_out]
        by_place = {held.place: held for held in reversed(out)}
        for place, held in by_place.items():
            if place is None:
                continue
            left = self._left.setdefault(place, [])
            left += [other for other in out if other.place == place]
            if left[0] not in trail.held:
                trail.leaked.append(held.steps)
                self._leaking.add(place)
                for other in left:
                    await _give_back(other)
                del left[1:]


def _is_over(trail: Trail) -> bool:
    return trail.task is not None and trail.task.done() and all(task.done() for task in trail.tasks)


async def _give_back(held: Held) -> None:
    proxy = held.proxy()
    if proxy is None:
        return
    with contextlib.suppress(Exception):  # a driver that minds the thread; the pool has dropped the connection then
        if held.is_async:
            from sqlalchemy.util import greenlet_spawn

            await asyncio.wait_for(greenlet_spawn(proxy.close), _GRACE_S)
        else:
            proxy.close()


def _steps() -> list[own_frames.Step]:
    steps: list[own_frames.Step] = []
    for code, line, _ in own_frames.of_stack(sys._getframe(2)):
        steps.append((code, line, None))
        if len(steps) == _DEPTH or own_frames.is_dispatch(code.co_filename):
            break
    return steps
