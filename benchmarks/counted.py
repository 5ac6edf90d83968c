"""The app of ten operations behind a counter: one measure for every tool that sends requests to it.

At exit, a JSON object is written to the file that BENCHMARK_RECORD names: the seconds from the loaded app to the last
answer, how many requests arrived, and the distinct ones themselves.
"""

import atexit
import base64
import json
import os
import time
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any, ClassVar

from benchmarks.ten import app

__all__ = ["app"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Key = tuple[str, str, bytes, bytes, tuple[tuple[bytes, bytes], ...], bytes]
Send = Callable[[Message], Awaitable[None]]

OF_THE_TOOL = frozenset(
    {b"host", b"user-agent", b"accept", b"accept-encoding", b"connection", b"content-length"}
    | {b"x-schemathesis-testcaseid"}
)
"""Headers that say who asks, or that differ from request to request by themselves: they make no request distinct."""


class Counter:
    """ASGI middleware that notes each request once it is answered."""

    began = 0.0
    last = 0.0
    arrived = 0
    distinct: ClassVar[dict[Key, None]] = {}

    def __init__(self, inner: Callable[[Message, Receive, Send], Awaitable[None]]) -> None:
        self.inner = inner

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hand a request on, and note it."""
        if scope["type"] != "http" or scope["path"] == "/openapi.json":
            await self.inner(scope, receive, send)
            return
        body = b""

        async def noted() -> Message:
            nonlocal body
            message = await receive()
            body += message.get("body", b"")
            return message

        try:
            await self.inner(scope, noted, send)
        finally:
            headers = tuple((n, v) for n, v in scope["headers"] if n not in OF_THE_TOOL)
            Counter.arrived += 1
            Counter.last = time.perf_counter()
            key = (scope["method"], scope["path"], scope["raw_path"], scope["query_string"], headers, body)
            Counter.distinct[key] = None


def _write() -> None:
    requests = [
        {
            "method": method,
            "path": path,
            "raw_path": raw_path.decode(),
            "query": query.decode(),
            "headers": [[name.decode("latin-1"), value.decode("latin-1")] for name, value in headers],
            "body": base64.b64encode(body).decode(),
        }
        for method, path, raw_path, query, headers, body in Counter.distinct
    ]
    record = {"seconds": Counter.last - Counter.began, "arrived": Counter.arrived, "requests": requests}
    Path(os.environ["BENCHMARK_RECORD"]).write_text(json.dumps(record), encoding="utf-8")


app.add_middleware(Counter)
atexit.register(_write)
Counter.began = time.perf_counter()
