"""Which calls of libraries wait without letting the event loop go on: those that driving can hear of as well."""

import functools
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

from upheld.source.values import Bound, Known, Thing, Value

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "request", "stream")
CALLS = (
    "time.sleep", "os.system", "os.popen", "os.posix_spawn", "subprocess.run", "subprocess.call",
    "subprocess.check_call", "subprocess.check_output", "subprocess.getoutput", "subprocess.getstatusoutput",
    "subprocess.Popen", "urllib.request.urlopen", "socket.create_connection", "socket.getaddrinfo",
    "socket.gethostbyname", "socket.gethostbyaddr", "sqlite3.connect",
    "psycopg.connect", "psycopg2.connect",
    *(f"{client}.{verb}" for client in ("requests", "httpx", "httpx2") for verb in _VERBS),
)  # fmt: skip
METHODS = {
    **dict.fromkeys(("requests.sessions.Session", "httpx.Client", "httpx2.Client"), (*_VERBS, "send")),
    "subprocess.Popen": ("wait", "communicate"),
    "sqlite3.Connection": ("execute", "executemany", "executescript", "commit"),
    "sqlite3.Cursor": ("execute", "executemany", "executescript"),
}
"""By the class that has them."""
_METHODS_OF = tuple(METHODS)
_MAKES = {"sqlite3.connect": "sqlite3.Connection", "subprocess.Popen": "subprocess.Popen"}
_MAKING = {("sqlite3.Connection", "execute"): "sqlite3.Cursor", ("sqlite3.Connection", "cursor"): "sqlite3.Cursor"}


def name(function: Any, args: Sequence[Value]) -> str | None:
    """Return the dotted name of a function that blocks when it is called so; `None` for any other."""
    dotted = _found(CALLS).get(id(function))
    return None if dotted == "time.sleep" and _passes(args) else dotted


def _passes(args: Sequence[Value]) -> bool:
    """Return whether a sleep ends at once."""
    first = args[0] if args else None
    return isinstance(first, Known) and isinstance(first.value, int | float) and first.value <= 0


def method_name(method: Any, this: Value) -> str | None:
    """Return the dotted name of a method that blocks; `None` for any other."""
    dotted = _kind(this)
    called = getattr(method, "__name__", "")
    return f"{dotted}.{called}" if dotted is not None and called in METHODS[dotted] else None


def made(function: Value) -> Thing | None:
    """Return what a call makes that has methods that block; `None` for anything else."""
    dotted: str | None = None
    if isinstance(function, Bound) and isinstance(function.function, Known):
        dotted = _MAKING.get((_kind(function.this) or "", getattr(function.function.value, "__name__", "")))
    elif isinstance(function, Known):
        known = _found(CALLS).get(id(function.value), "")
        dotted = _MAKES.get(known) or _found(_METHODS_OF).get(id(function.value))
    cls = _member(dotted) if dotted is not None else None
    return Thing(cls, made=False) if cls is not None else None


def waiting(cls: Any) -> bool:
    """Return whether a class has methods that block."""
    return id(cls) in _found(_METHODS_OF)


def _kind(this: Value) -> str | None:
    cls = this.cls if isinstance(this, Thing) else type(this.value) if isinstance(this, Known) else None
    known = _found(_METHODS_OF)
    return next((known[id(one)] for one in getattr(cls, "__mro__", ()) if id(one) in known), None)


def _found(names: tuple[str, ...]) -> Mapping[int, str]:
    return _by_identity(names, len(sys.modules), time.sleep)


@functools.lru_cache(maxsize=2)
def _by_identity(names: tuple[str, ...], loaded: int, sleep: object) -> Mapping[int, str]:
    """Return the names of what is loaded; a wrapper that records calls stands for what it wraps as well."""
    found: dict[int, str] = {}
    for dotted in names:
        current = _member(dotted)
        found |= {id(one): dotted for one in (current, getattr(current, "__wrapped__", None)) if one is not None}
    return found


def _member(dotted: str) -> Any:
    module, _, member = dotted.rpartition(".")
    return getattr(sys.modules.get(module), member, None)
