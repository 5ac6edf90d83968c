"""Sends recorded requests to the app of ten operations, and counts them as ever: `python -m benchmarks.bare RECORD`.

The ceiling for any tool that calls an app in one process on one event loop. Prints how many requests there were, how
many of them differed, and seconds, as JSON.
"""

import asyncio
import base64
import contextlib
import json
import sys
import time
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from benchmarks.counter import Counter
from benchmarks.ten import app

PASSES = 3
Scope = MutableMapping[str, Any]


def scopes(record: Path) -> list[tuple[Scope, bytes]]:
    """Return what a server would hand to the app for each recorded request."""
    return [_scope(entry) for entry in json.loads(record.read_bytes())["requests"]]


def _scope(entry: dict[str, Any]) -> tuple[Scope, bytes]:
    body = base64.b64decode(entry["body"])
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in entry["headers"]]
    headers += [(b"host", b"testserver"), (b"content-length", str(len(body)).encode())]
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": entry["method"],
        "scheme": "http",
        "path": entry["path"],
        "raw_path": entry["raw_path"].encode(),
        "query_string": entry["query"].encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 50000),
        "server": ("testserver", 80),
    }
    return scope, body


app.add_middleware(Counter)


async def call(scope: Scope, body: bytes) -> None:
    """Call the app once; what it answers or raises is dropped."""

    async def receive() -> Scope:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Scope) -> None:
        pass

    with contextlib.suppress(Exception):  # FastAPI raises on a refused NaN, in every app
        await app(dict(scope), receive, send)


async def call_all(requests: list[tuple[Scope, bytes]]) -> float:
    """Call the app with every request, one after another; return the seconds it took."""
    began = time.perf_counter()
    for scope, body in requests:
        await call(scope, body)
    return time.perf_counter() - began


if __name__ == "__main__":
    recorded = scopes(Path(sys.argv[1]))
    seconds = [asyncio.run(call_all(recorded)) for _ in range(PASSES)]
    told = {"requests": len(recorded), "distinct": len(set(Counter.arrived)), "seconds": min(seconds)}
    sys.stdout.write(json.dumps(told))
