"""Which calls of libraries wait without letting the event loop go on."""

import sys
from typing import Any

from upheld.source.values import Known, Thing, Value

CALLS = (
    "time.sleep", "os.system", "os.popen", "subprocess.run", "subprocess.call", "subprocess.check_call",
    "subprocess.check_output", "subprocess.getoutput", "subprocess.getstatusoutput", "urllib.request.urlopen",
    "socket.create_connection", "socket.getaddrinfo", "socket.gethostbyname", "sqlite3.connect",
    "requests.get", "requests.post", "requests.put", "requests.patch", "requests.delete", "requests.head",
    "requests.options", "requests.request", "httpx.get", "httpx.post", "httpx.put", "httpx.patch", "httpx.delete",
    "httpx.head", "httpx.options", "httpx.request", "httpx.stream", "psycopg.connect", "psycopg2.connect",
)  # fmt: skip
METHODS = {
    "requests.sessions.Session": ("get", "post", "put", "patch", "delete", "head", "options", "request", "send"),
    "httpx.Client": ("get", "post", "put", "patch", "delete", "head", "options", "request", "send"),
    "subprocess.Popen": ("wait", "communicate"),
    "sqlite3.Connection": ("execute", "executemany", "executescript", "commit"),
    "sqlite3.Cursor": ("execute", "executemany", "executescript", "fetchone", "fetchall"),
}
"""By the class that has them."""


def name(function: Any) -> str | None:
    """Return the dotted name of a function that blocks; `None` for any other."""
    for dotted in CALLS:
        module, _, member = dotted.rpartition(".")
        if module in sys.modules and getattr(sys.modules[module], member, None) is function:
            return dotted
    return None


def method_name(method: Any, this: Value) -> str | None:
    """Return the dotted name of a method that blocks; `None` for any other."""
    cls = this.cls if isinstance(this, Thing) else type(this.value) if isinstance(this, Known) else None
    if cls is None:
        return None
    for dotted, methods in METHODS.items():
        module, _, member = dotted.rpartition(".")
        kind = getattr(sys.modules.get(module), member, None)
        if isinstance(kind, type) and issubclass(cls, kind) and getattr(method, "__name__", "") in methods:
            return f"{dotted}.{method.__name__}"
    return None
