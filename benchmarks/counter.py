"""Counts requests inside an app, whoever sends them: ASGI middleware."""

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, ClassVar

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
    arrived: ClassVar[list[Key]] = []

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
            Counter.last = time.perf_counter()
            key = (scope["method"], scope["path"], scope["raw_path"], scope["query_string"], headers, body)
            Counter.arrived.append(key)
