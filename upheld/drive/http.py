"""Calls a running server over HTTP/1.1 on one kept-alive connection: what is on the wire is what was generated.

Clients that people use tidy up: they resolve `..`, decode `%2F`, follow redirects, keep cookies, ask the environment
for a proxy. h11 only speaks the protocol, so nothing of that happens here.
"""

import asyncio
import contextlib
import re
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Self
from urllib.parse import urlsplit

import h11

from upheld.drive.asgi import BODY_LIMIT_BYTES, STREAM_CHUNKS, STREAM_MOMENT_S, Answer, Prepare, awaited
from upheld.media import STREAMS, media_type
from upheld.model import Request, UpheldError

_READ_BYTES = 65_536
_CONNECT_S = 10.0
_HEAD_BYTES = 8_000
"""A longer request line, or longer headers, are refused by usual servers before the app sees them."""
_TARGET = re.compile(r"/[A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=%]*")
"""What RFC 3986 lets stand in a path and a query."""
_VALUE = re.compile(r"(?:[!-~\x80-\xff](?:[ -~\t\x80-\xff]*[!-~\x80-\xff])?)?")
_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_CONNECTIONS_OWN = frozenset(
    {"connection", "content-length", "expect", "host", "keep-alive", "proxy-connection", "te", "trailer"}
    | {"transfer-encoding", "upgrade"}
)
"""Headers that say something to the server, or to whatever stands before it, and not to the app."""


class DisconnectedError(OSError):
    """The server ended the connection before its answer was complete."""


def sendable(request: Request) -> bool:
    """Return whether a request reaches an app as it is, past any server that keeps to the RFCs."""
    if _TARGET.fullmatch(request.target) is None:
        return False
    if any(
        name in _CONNECTIONS_OWN or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value)
        for name, value in request.headers
    ):
        return False
    return len(request.target) + sum(len(name) + len(value) for name, value in request.headers) < _HEAD_BYTES


class Caller:
    """A server that answers at a URL; use as a context manager."""

    def __init__(self, url: str, *, time_limit_s: float, body_limit_bytes: int = BODY_LIMIT_BYTES) -> None:
        """Take the URL below which every target lies."""
        self._url = url
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        self._address = (parts.hostname or "", parts.port or (443 if self._secure else 80))
        self._host = parts.netloc.rpartition("@")[2].encode()
        self._prefix = parts.path.rstrip("/")
        self._body_limit_bytes = body_limit_bytes
        self.limit_s = time_limit_s
        """How long an answer may take from now on."""
        self.stream_moment_s = STREAM_MOMENT_S
        """How long an event stream is read from now on."""
        self._connection: socket.socket | None = None
        self._wire = h11.Connection(h11.CLIENT)
        self.prepare: Prepare | None = None
        """What changes each request before it is sent."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._answered = 0
        self._last = ""
        self._is_reused = False
        """Whether the connection was idle before the last request."""
        self._has_heard = False
        """Whether anything came back for the last request."""

    def __enter__(self) -> Self:
        try:
            self._connect()
        except OSError as error:
            raise UpheldError(
                f"{self._url}: no server answers there ({_reason(error)}), expected one that is running; start it, "
                "or mend --url"
            ) from error
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._hang_up()
        if self._loop is not None:
            self._loop.close()

    def call_all(self, requests: Iterator[Request], take: Callable[[Request, Answer], None]) -> None:
        """Send requests one after another, each drawn when the one before it was taken.

        Errors: UpheldError when the server has gone.
        """
        for drawn in requests:
            request: Request = self.finish(self.prepare(drawn)) if self.prepare is not None else drawn
            take(request, self._call(request))

    def finish(self, begun: Awaitable[Any]) -> Any:
        """Finish what a hook began."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
        return self._loop.run_until_complete(awaited(begun))

    def _call(self, request: Request) -> Answer:
        answer = self._once(request)
        if answer.escaped is not None and self._is_reused and not self._has_heard:
            answer = self._once(request)  # the server gave the idle connection up at that moment
        self._answered += 1
        return answer

    def _once(self, request: Request) -> Answer:
        answer = Answer()
        deadline = time.monotonic() + self.limit_s
        try:
            connection = self._connection
            self._is_reused, self._has_heard = self._last != "", False
            if connection is None or self._was_closed(connection):
                self._is_reused = False
                connection = self._connect()
        except OSError as error:
            raise UpheldError(
                f"{self._url}: the server has gone ({_reason(error)}), requests answered before that: "
                f"{self._answered}, expected it to go on; see in its log what {self._last} did, and start it again"
            ) from error
        self._last = f"{request.method} {request.target[:200]}"
        try:
            self._send(connection, request, deadline)
            self._receive(connection, answer, deadline)
        except TimeoutError:
            answer.stuck = []
        except (OSError, h11.RemoteProtocolError) as error:
            answer.escaped = DisconnectedError(_reason(error))
        if not answer.complete or self._wire.our_state is not h11.DONE or self._wire.their_state is not h11.DONE:
            self._hang_up()
        else:
            self._wire.start_next_cycle()
        return answer

    # The connection ---------------------------------------------------------------------------------------------

    def _connect(self) -> socket.socket:
        self._hang_up()
        plain = socket.create_connection(self._address, timeout=_CONNECT_S)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._connection = (
                ssl.create_default_context().wrap_socket(plain, server_hostname=self._address[0])
                if self._secure
                else plain
            )
        except BaseException:
            plain.close()
            raise
        self._wire = h11.Connection(h11.CLIENT)
        return self._connection

    def _hang_up(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.close()
            self._connection = None

    @staticmethod
    def _was_closed(connection: socket.socket) -> bool:
        """Return whether an idle connection was ended by the server: nothing else is to be read from it now."""
        connection.settimeout(0)
        try:
            connection.recv(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError:
            return True
        return True

    def _send(self, connection: socket.socket, request: Request, deadline: float) -> None:
        headers = [(b"host", self._host)]
        headers += [(name.encode("latin-1"), value.encode("latin-1")) for name, value in request.headers]
        if request.body is not None:
            headers.append((b"content-length", str(request.body_bytes).encode()))
        wire = self._wire
        head = h11.Request(method=request.method, target=f"{self._prefix}{request.target}", headers=headers)
        raw = wire.send(head) or b""
        if body := request.sent:
            raw += wire.send(h11.Data(data=body)) or b""
        raw += wire.send(h11.EndOfMessage()) or b""
        connection.settimeout(_left(deadline))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # refused early: the answer says why
            connection.sendall(raw)

    def _receive(self, connection: socket.socket, answer: Answer, deadline: float) -> None:
        """Read one answer into `answer`, up to the limits. Errors: TimeoutError; OSError when it breaks off."""
        stream_ends, chunks = float("inf"), 0
        while True:
            event = self._wire.next_event()
            match event:
                case h11.NEED_DATA:
                    try:
                        connection.settimeout(_left(min(deadline, stream_ends)))
                        raw = connection.recv(_READ_BYTES)
                        self._has_heard = self._has_heard or raw != b""
                        self._wire.receive_data(raw)
                    except TimeoutError:
                        if stream_ends > deadline:
                            raise
                        answer.cut = True
                        return
                case h11.Response():
                    answer.status = event.status_code
                    answer.headers = list(event.headers)
                    if _is_stream(answer.headers):
                        stream_ends = time.monotonic() + self.stream_moment_s
                case h11.Data():
                    answer.body += event.data
                    chunks += 1
                    is_long = stream_ends < float("inf") and chunks >= STREAM_CHUNKS
                    if len(answer.body) > self._body_limit_bytes or is_long:
                        answer.cut = True
                        return
                case h11.EndOfMessage():
                    answer.complete = True
                    return
                case h11.ConnectionClosed() | h11.PAUSED:
                    raise DisconnectedError("connection closed")


def fetch(url: str, target: str, headers: tuple[tuple[str, str], ...], *, time_limit_s: float) -> Answer:
    """Read one thing of a server's, up to 64 MiB of it. Errors: UpheldError when no server answers."""
    found: list[Answer] = []
    with Caller(url, time_limit_s=time_limit_s, body_limit_bytes=1 << 26) as caller:
        request = Request(method="GET", target=target, headers=headers)
        caller.call_all(iter([request]), lambda _, answer: found.append(answer))
    return found[0]


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _is_stream(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(
        name.lower() == b"content-type" and media_type(value.decode("latin-1")) in STREAMS for name, value in headers
    )


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
