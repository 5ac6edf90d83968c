"""Watches an app from inside while it answers, and leaves no trace afterwards.

The library's own doors are wrapped, never the user's code: where a Response is built or its status set, where an
exception meets its handler, where a security utility is made. Each wrapper costs well under a microsecond where no
request is being watched.
"""

import asyncio
import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import CodeType, FrameType, ModuleType, TracebackType
from typing import Any

from upheld.drive import frames as own_frames

Place = tuple[CodeType, int]
"""A line not yet named."""


@dataclass(slots=True)
class Built:
    """A response object and who made it."""

    response: Any
    stack: list[own_frames.Step]
    """From the constructor's caller outwards; frames are not kept."""
    cause: BaseException | None
    """The exception whose handler made it."""


@dataclass(slots=True)
class Trail:
    """What one request left behind; raw, since most requests are never asked about."""

    built: list[Built] = field(default_factory=list)
    caught: list[tuple[BaseException, TracebackType | None]] = field(default_factory=list)
    """Exceptions that met a handler, with their tracebacks as they stood then."""
    pending: BaseException | None = None
    status_lines: dict[int, Place] = field(default_factory=dict)
    """Where the user set `response.status_code`, by status."""
    header_lines: dict[str, Place] = field(default_factory=dict)
    """Where the user set a response header last, or took it away, by name in lower case."""
    tasks: list["asyncio.Task[Any]"] = field(default_factory=list)
    """The tasks that were begun for it."""
    task: "asyncio.Task[Any] | None" = None
    """The one that answers it."""
    blocking: dict[tuple[str, Any], list[own_frames.Step]] = field(default_factory=dict)
    """Calls that blocked the loop, by name and line; from their callers outwards."""
    held: list[Any] = field(default_factory=list)
    """Database connections that it took."""
    leaked: list[list[own_frames.Step]] = field(default_factory=list)
    """Where it took those that it did not give back."""
    reads: dict[tuple[str, str], Place] = field(default_factory=dict)
    """Where the user's code reads a query parameter, header or cookie by itself, by location and name."""
    refused: bool = False
    """Whether a connection was refused."""

    def close(self) -> None:
        """Let go of what was noted, once it was looked at; what still runs may note more.

        Tasks' contexts hold the trail: what it holds in its turn would be a ring for the collector to find.
        """
        self.built, self.caught, self.pending = [], [], None
        if self.tasks:
            self.tasks = [task for task in self.tasks if not task.done()]
        if self.task is not None and self.task.done():
            self.task = None


TRAIL: ContextVar[Trail | None] = ContextVar("upheld_trail", default=None)
_made: dict[int, tuple[object, Place]] = {}
"""Where each security utility was constructed, by its id; the utility is kept, so that no id is used twice."""

_STACK_DEPTH = 12
_ABSENT = object()


@contextmanager
def installed() -> Iterator[None]:
    """Wrap the library's doors; enter before the app is imported, so that what it constructs is seen."""
    undo: list[tuple[Any, str, Any]] = []

    def replace(owner: Any, name: str, made: Any) -> None:
        undo.append((owner, name, owner.__dict__.get(name, _ABSENT)))
        setattr(owner, name, made)

    import starlette._exception_handler as handling
    from fastapi import security
    from fastapi.dependencies import utils
    from starlette import datastructures, responses
    from starlette.middleware import errors

    made: tuple[Any, ...] = (responses.Response, responses.StreamingResponse, responses.FileResponse)
    for cls in made:
        if "__init__" in cls.__dict__:
            replace(cls, "__init__", _watch_init(cls.__init__, utils.solve_dependencies.__code__))
    replace(responses.Response, "status_code", _Status())
    for name in ("__setitem__", "__delitem__"):
        door = getattr(datastructures.MutableHeaders, name)
        replace(datastructures.MutableHeaders, name, _watch_header(door))
    for module in (handling, errors):
        if hasattr(module, "is_async_callable"):  # consulted once an exception has met its handler
            replace(module, "is_async_callable", _watch_handling(module.is_async_callable))
    for cls in _security_classes(security):
        replace(cls, "__init__", _watch_made(cls.__dict__["__init__"]))
    try:
        yield
    finally:
        for owner, name, original in reversed(undo):
            if original is _ABSENT:
                delattr(owner, name)
            else:
                setattr(owner, name, original)
        _made.clear()


def _security_classes(security: ModuleType) -> list[type]:
    """Return the classes of FastAPI whose instances answer for a request when nobody is signed in."""
    from fastapi.security.base import SecurityBase

    found: dict[type, None] = {}
    for utility in vars(security).values():
        if isinstance(utility, type) and issubclass(utility, SecurityBase):
            found.update(
                dict.fromkeys(cls for cls in utility.__mro__ if "__init__" in cls.__dict__ and cls is not object)
            )
    return list(found)


def made_at(utility: object) -> Place | None:
    """Return the line that constructed a security utility."""
    entry = _made.get(id(utility))
    return entry[1] if entry is not None else None


def _watch_init(original: Callable[..., None], solving: CodeType) -> Callable[..., None]:
    """Note each response but that of the function `solving`, which only gathers what dependencies set."""

    @functools.wraps(original)
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        trail = TRAIL.get()
        if trail is not None:
            frame = sys._getframe(1)
            if frame.f_code is not solving:
                trail.built.append(Built(self, _callers(frame), trail.pending))
                trail.pending = None

    return init


def _callers(frame: FrameType | None) -> list[own_frames.Step]:
    steps: list[own_frames.Step] = []
    while frame is not None and len(steps) < _STACK_DEPTH:
        code = frame.f_code  # asked for once: each time is an audit event
        if steps or code.co_name not in ("__init__", "init"):
            steps.append((code, 0 if own_frames.is_framework(code.co_filename) else frame.f_lineno, None))
            if own_frames.is_dispatch(code.co_filename):
                break
        frame = frame.f_back
    return steps


class _Status:
    """A response's status: hears when it is set again; reading it is as without, since there is no `__get__`."""

    def __set__(self, response: Any, value: Any) -> None:
        known = response.__dict__
        if "status_code" in known and value is not None:  # else it is being constructed
            trail = TRAIL.get()
            frame = sys._getframe(1)
            if trail is not None and not own_frames.is_installed(frame.f_code.co_filename):
                trail.status_lines[value] = (frame.f_code, frame.f_lineno)
        known["status_code"] = value


def _watch_header(original: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(original)
    def changed(self: Any, key: str, *value: str) -> None:
        original(self, key, *value)
        trail = TRAIL.get()
        if trail is not None:
            frame = sys._getframe(1)
            if not own_frames.is_installed(frame.f_code.co_filename):
                trail.header_lines[key.lower()] = (frame.f_code, frame.f_lineno)

    return changed


def _watch_handling(original: Callable[[Any], bool]) -> Callable[[Any], bool]:
    @functools.wraps(original)
    def is_async_callable(handler: Any) -> bool:
        trail = TRAIL.get()
        error = sys.exc_info()[1]
        if trail is not None and error is not None:
            trail.caught.append((error, error.__traceback__))
            trail.pending = error
        return original(handler)

    return is_async_callable


def _watch_made(original: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(original)
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and own_frames.is_installed(frame.f_code.co_filename):
            frame = frame.f_back
        if frame is not None:
            _made[id(self)] = (self, (frame.f_code, frame.f_lineno))

    return init
