"""A client that asks one address over and over, on connections that stay open: sockets, and nothing that takes time."""

import asyncio
import math
import re
import sys
import time
from dataclasses import dataclass, field
from typing import cast

_LENGTH = re.compile(rb"\r\ncontent-length: ([0-9]+)\r\n", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: close\r\n", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Asked:
    """What was answered."""

    latencies_s: list[float] = field(default_factory=list)
    """Of the answers that were as expected."""
    errors: int = 0
    """Answers of another status or length than expected, and connections that broke off."""
    seconds: float = 0.0

    def __add__(self, more: "Asked") -> "Asked":
        return Asked(
            latencies_s=self.latencies_s + more.latencies_s,
            errors=self.errors + more.errors,
            seconds=self.seconds + more.seconds,
        )

    @property
    def per_second(self) -> float:
        """Return the good answers a second."""
        return len(self.latencies_s) / self.seconds

    def percentile_ms(self, percent: int) -> float:
        """Return what so many percent of the answers took at most; 100 is the slowest."""
        rank = math.ceil(len(self.latencies_s) * percent / 100)
        return 1000 * sorted(self.latencies_s)[rank - 1]


@dataclass(slots=True, kw_only=True)
class _Left:
    """What all connections may still ask."""

    until: float
    requests: int

    def any(self) -> bool:
        """Say whether there is a request left, and time."""
        return self.requests > 0 and time.perf_counter() < self.until


class _Connection(asyncio.Protocol):
    """Sends the next request when an answer is complete, while there is one left and the server keeps it open."""

    _transport: asyncio.Transport

    def __init__(self, request: bytes, body_bytes: int | None, left: _Left, seen: Asked) -> None:
        self._request, self._body_bytes, self._left, self._seen = request, body_bytes, left, seen
        self._taken, self._sent = b"", 0.0
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def _ask(self) -> None:
        if self._left.any():
            self._left.requests -= 1
            self._sent = time.perf_counter()
            self._transport.write(self._request)
        else:
            self._sent = 0.0
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._taken += data
        head, complete, body = self._taken.partition(b"\r\n\r\n")
        told = _LENGTH.search(head + b"\r\n")
        if not complete or (told is not None and len(body) < int(told[1])):
            return
        now = time.perf_counter()
        expected = told is not None and len(body) == (self._body_bytes or int(told[1]))
        if expected and head.startswith(b"HTTP/1.1 200 "):
            self._seen.latencies_s.append(now - self._sent)
        else:
            self._seen.errors += 1
        self._taken, self._sent = b"", 0.0
        if _CLOSES.search(head + b"\r\n"):
            self._transport.close()
        else:
            self._ask()

    def connection_lost(self, _error: Exception | None) -> None:
        self._seen.errors += self._sent > 0  # an answer was due
        self.closed.set_result(None)


async def ask(
    port: int,
    target: str,
    *,
    connections: int = 1,
    seconds: float = math.inf,
    requests: int = sys.maxsize,
    body_bytes: int | None = None,
) -> Asked:
    """Ask for so many seconds or so many requests, each connection one at a time; take what is still to come.

    A body is expected to have `body_bytes`, or else what its own header says.
    """
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    seen = Asked()
    began = time.perf_counter()
    left = _Left(until=began + seconds, requests=requests)

    async def client() -> None:
        while left.any():
            _, connection = await asyncio.get_running_loop().create_connection(
                lambda: _Connection(request, body_bytes, left, seen), "127.0.0.1", port
            )
            await connection.closed

    await asyncio.gather(*(client() for _ in range(connections)))
    seen.seconds = time.perf_counter() - began
    return seen
