"""Tells the user's own code from the libraries', and names the user's line that a frame or an exception points at."""

import functools
import gc
import linecache
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any

from upheld.model import Handler, Location

LIBRARIES = tuple({sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")})
_UPHELD = str(Path(__file__).resolve().parents[1])

# Frames in which the framework calls the user's code. Looking outwards from where something happened, the search for
# the user's line ends here: what lies beyond is a middleware that merely stood on the way.
_DISPATCH = (
    "fastapi/routing.py",
    "fastapi/applications.py",
    "fastapi/dependencies/utils.py",
    "fastapi/exception_handlers.py",
    "starlette/routing.py",
    "starlette/applications.py",
    "starlette/_exception_handler.py",
)
_DISPATCH_FOLDERS = ("fastapi/middleware/", "starlette/middleware/")

_FRAMEWORK = ("fastapi/", "starlette/", "pydantic/", "anyio/")

Step = tuple[CodeType, int, FrameType | None]
"""A code object, a line in it, and its frame where it is still at hand."""


class Frames:
    """Knows which files are the user's own: those below the project or the app's package, no installed library."""

    def __init__(self, root: Path, package: Path | None = None) -> None:
        """Take the project's folder and, for an app that may be installed, its package's folder or its one file."""
        self._root = root.resolve()
        self._package = str(package.resolve()) if package is not None else None
        self._own: dict[str, bool] = {}
        self._places: dict[tuple[str, str, int], Location] = {}
        self.returned: dict[Handler, Location | None] = {}
        """Where each handler returns, as far as that was asked."""

    def own(self, filename: str) -> bool:
        """Return whether a file is the user's own code."""
        known = self._own.get(filename)
        if known is None:
            known = self._own[filename] = self._is_own(filename)
        return known

    def _is_own(self, filename: str) -> bool:
        if filename.startswith("<"):
            return False
        path = str((self._root / filename).resolve())
        if not filename.endswith(".py") or not Path(path).is_file():
            return False  # compiled code names the file it was made of, relative to a folder of its maker's
        if path.startswith(_UPHELD + "/"):
            return False
        if self._package is not None and (path == self._package or path.startswith(f"{self._package}/")):
            return True
        if "site-packages" in path or "dist-packages" in path:
            return False
        if path.startswith(f"{self._root}/"):
            return True
        return not path.startswith(LIBRARIES)

    def location(self, code: CodeType, line: int) -> Location:
        """Return a line as findings name it."""
        key = (code.co_filename, code.co_qualname, line)  # a code object's own hash goes through all its constants
        known = self._places.get(key)
        if known is None:
            path = (self._root / code.co_filename).resolve()
            name = path.relative_to(self._root).as_posix() if path.is_relative_to(self._root) else path.as_posix()
            text = linecache.getline(str(path), line).strip()
            known = Location(path=name, line=line, code=text, qualname=code.co_qualname)
            self._places[key] = known
        return known

    def nearest(self, steps: Iterable[Step]) -> Location | None:
        """Return the first line of the user's own among steps that lead outwards, on this side of the framework."""
        for code, line, _ in steps:
            if self.own(code.co_filename):
                return self.location(code, line)
            if is_dispatch(code.co_filename):
                return None
        return None


@functools.cache
def is_installed(filename: str) -> bool:
    """Return whether a file is the standard library's, a package's or ours; a first guess, of what `Frames` knows."""
    path = filename.replace("\\", "/")
    return "-packages/" in path or path.startswith(("<frozen", *LIBRARIES, f"{_UPHELD}/"))


@functools.cache
def is_dispatch(filename: str) -> bool:
    """Return whether the framework calls the user's code from this file."""
    name = library_name(filename)
    return name.endswith(_DISPATCH) or any(folder in name for folder in _DISPATCH_FOLDERS)


@functools.cache
def is_framework(filename: str) -> bool:
    """Return whether a file is of the framework, or of what it stands on: never a user's."""
    return "-packages/" in filename.replace("\\", "/") and library_name(filename).startswith(_FRAMEWORK)


@functools.cache
def library_name(filename: str) -> str:
    """Return a library's file as `fastapi/routing.py`; other names as they are."""
    name = filename.replace("\\", "/")
    return name.rpartition("-packages/")[2]


@dataclass(frozen=True, slots=True)
class Thrown:
    """A traceback as it stood; iterating looks at it only as far as is asked."""

    traceback: TracebackType | None

    def __iter__(self) -> Iterator[Step]:
        """Yield its steps as `of_traceback` does."""
        return of_traceback(self.traceback)


def of_traceback(traceback: TracebackType | None) -> Iterator[Step]:
    """Yield a traceback's steps, innermost first; those of the framework have no line, which takes long to find."""
    found: list[TracebackType] = []
    while traceback is not None:
        found.append(traceback)
        traceback = traceback.tb_next
    for each in reversed(found):  # most readers stop soon, and each look at a frame is an audit event
        frame = each.tb_frame
        code = frame.f_code
        yield code, 0 if is_framework(code.co_filename) else each.tb_lineno, frame


def of_stack(frame: FrameType | None) -> Iterator[Step]:
    """Yield a stack's steps, innermost first."""
    beyond: Any = None
    while frame is not None:
        yield frame.f_code, frame.f_lineno, frame
        frame = frame.f_back
        if frame is None and (beyond := _parent(beyond)) is not None:
            frame = beyond.gr_frame


def _parent(inner: Any) -> Any:
    """Return the greenlet that started this one: SQLAlchemy runs drivers in one, below which the stack is another."""
    module: Any = sys.modules.get("greenlet")
    if module is None:
        return None
    return (inner or module.getcurrent()).parent


def of_awaiting(awaitable: object) -> list[Step]:
    """Return the steps of a suspended coroutine, innermost first."""
    steps: list[Step] = []
    while awaitable is not None:
        for prefix in ("cr", "ag", "gi"):
            frame = getattr(awaitable, f"{prefix}_frame", None)
            if frame is not None:
                steps.append((frame.f_code, frame.f_lineno, frame))
                awaitable = getattr(awaitable, f"{prefix}_await", None) or getattr(
                    awaitable, f"{prefix}_yieldfrom", None
                )
                break
        else:
            # What an `async for` waits for does not say whose it is; only the collector knows.
            awaitable = next((o for o in gc.get_referents(awaitable) if hasattr(o, "ag_frame")), None)
    return steps[::-1]
