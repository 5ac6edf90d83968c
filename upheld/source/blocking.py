"""Which calls of libraries wait without letting the event loop go on: those that driving can hear of as well."""

import sys
from collections.abc import Sequence
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
_MAKES = {"sqlite3.connect": "sqlite3.Connection", "subprocess.Popen": "subprocess.Popen"}
_MAKING = {("sqlite3.Connection", "execute"): "sqlite3.Cursor", ("sqlite3.Connection", "cursor"): "sqlite3.Cursor"}


def name(function: Any, args: Sequence[Value]) -> str | None:
    """Return the dotted name of a function that blocks when it is called so; `None` for any other."""
    for dotted in CALLS:
        current = _found(dotted)
        if current is not None and (current is function or getattr(current, "__wrapped__", None) is function):
            return dotted if dotted != "time.sleep" or not _passes(args) else None
    return None


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
        dotted = next((made for call, made in _MAKES.items() if _found(call) is function.value), None)
        dotted = dotted or next((kind for kind in METHODS if _found(kind) is function.value), None)
    cls = _found(dotted) if dotted is not None else None
    return Thing(cls, made=False) if cls is not None else None


def waiting(cls: Any) -> bool:
    """Return whether a class has methods that block."""
    return any(_found(dotted) is cls for dotted in METHODS)


def _kind(this: Value) -> str | None:
    cls = this.cls if isinstance(this, Thing) else type(this.value) if isinstance(this, Known) else None
    for dotted in METHODS if cls is not None else ():
        kind = _found(dotted)
        if isinstance(kind, type) and isinstance(cls, type) and issubclass(cls, kind):
            return dotted
    return None


def _found(dotted: str) -> Any:
    module, _, member = dotted.rpartition(".")
    return getattr(sys.modules.get(module), member, None)
