"""What the generated client's HTTP library is handed instead of the network.

The app runs on a loop of its own, in another thread than the client: with either client, and in process as over HTTP,
it goes on while the client waits, and an answer without end arrives part by part.
"""

import asyncio
import concurrent.futures
import queue
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import unquote_to_bytes

import httpx2

from upheld.model import AsgiApp, Request
from upheld.roundtrip.script import Answered

Prepare = Callable[[Request], Request]
"""What changes a request before it is sent."""


def wire(request: httpx2.Request, body: bytes) -> Request:
    """Return a request of the library's as it stands on the wire."""
    headers = tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, value in request.headers.raw
        if name.lower() not in (b"host", b"content-length", b"transfer-encoding")
    )
    has_body = bool(body) or "content-type" in request.headers
    target = request.url.raw_path.decode("ascii")
    return Request(method=request.method, target=target, headers=headers, body=body if has_body else None)


def change(request: httpx2.Request, prepare: Prepare) -> None:
    """Change a request's target and headers as `prepare` says; its body stays the client's."""
    before = wire(request, request.content if hasattr(request, "_content") else b"")
    after = prepare(before)
    if after.target != before.target:
        request.url = request.url.copy_with(raw_path=after.target.encode("ascii"))
    for name in {name for name, _ in before.headers} - {name for name, _ in after.headers}:
        del request.headers[name]
    for name, value in after.headers:
        if (name, value) not in before.headers:
            request.headers[name] = value


@dataclass
class _Answer:
    """An answer that an app is giving."""

    parts: "queue.SimpleQueue[bytes | None]" = field(default_factory=queue.SimpleQueue)
    """`None` at its end."""
    head: "concurrent.futures.Future[tuple[int, list[tuple[bytes, bytes]]]]" = field(
        default_factory=concurrent.futures.Future
    )
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Whether nobody takes any more of it."""
    complete: bool = False
    task: "concurrent.futures.Future[None] | None" = None


class InProcess(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """An app that runs on another thread's loop."""

    def __init__(self, app: AsgiApp, loop: asyncio.AbstractEventLoop, state: dict[str, Any], limit_s: float) -> None:
        """Take the app, the loop that it runs on, what its start-up left, and how long an answer may take to begin."""
        self._app = app
        self._loop = loop
        self._state = state
        self._limit_s = limit_s

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Call the app, and return once its answer has begun."""
        answer = self._begin(request, request.read())
        status, headers = self._head(answer, request)
        return httpx2.Response(status, headers=headers, stream=_Parts(self, answer, request))

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Call the app, and return once its answer has begun."""
        content = await request.aread()
        answer = self._begin(request, content)
        try:
            status, headers = await asyncio.wait_for(asyncio.wrap_future(answer.head), self._limit_s)
        except TimeoutError:
            self._late(answer, request)
        return httpx2.Response(status, headers=headers, stream=_Parts(self, answer, request))

    def _begin(self, request: httpx2.Request, content: bytes) -> _Answer:
        answer = _Answer()
        answer.task = asyncio.run_coroutine_threadsafe(self._run(request, content, answer), self._loop)
        return answer

    def _head(self, answer: _Answer, request: httpx2.Request) -> tuple[int, list[tuple[bytes, bytes]]]:
        try:
            return answer.head.result(self._limit_s)
        except concurrent.futures.TimeoutError:
            self._late(answer, request)

    def _late(self, answer: _Answer, request: httpx2.Request) -> NoReturn:
        self.leave(answer)
        message = f"no answer within {self._limit_s:g} s"
        raise httpx2.ReadTimeout(message, request=request)

    def leave(self, answer: _Answer) -> None:
        """Hang up; what an app does after a complete answer goes on."""
        self._loop.call_soon_threadsafe(answer.gone.set)
        if not answer.complete and answer.task is not None:
            answer.task.cancel()

    def next(self, answer: _Answer, request: httpx2.Request) -> bytes | None:
        """Wait for the next part of an answer; `None` at its end. Errors: ReadTimeout."""
        try:
            return answer.parts.get(timeout=self._limit_s)
        except queue.Empty:
            self._late(answer, request)

    async def _run(self, request: httpx2.Request, content: bytes, answer: _Answer) -> None:
        url = request.url
        path = url.raw_path.partition(b"?")[0]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": url.scheme,
            "path": unquote_to_bytes(path).decode("utf-8", errors="replace"),
            "raw_path": path,
            "query_string": url.query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "client": ("127.0.0.1", 50_000),
            "server": (url.host, url.port or (443 if url.scheme == "https" else 80)),
            "state": self._state.copy(),
        }
        inbox: list[dict[str, Any]] = [{"type": "http.request", "body": content, "more_body": False}]

        async def receive() -> dict[str, Any]:
            if inbox:
                return inbox.pop()
            await answer.gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            if answer.complete:
                return
            if answer.gone.is_set():
                raise OSError
            if message["type"] == "http.response.start":
                answer.head.set_result((message["status"], list(message.get("headers", ()))))
            elif message["type"] == "http.response.body":
                if message.get("body") and request.method != "HEAD":
                    answer.parts.put(bytes(message["body"]))
                if not message.get("more_body", False):
                    answer.complete = True
                    answer.parts.put(None)
                    answer.gone.set()

        try:
            await self._app(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - as a server does
            if not answer.head.done():
                answer.head.set_result((500, [(b"content-type", b"text/plain; charset=utf-8")]))
                answer.parts.put(f"Internal Server Error ({type(error).__name__})".encode())
        finally:
            if not answer.head.done():
                answer.head.set_result((500, []))
            answer.parts.put(None)
            answer.gone.set()


@dataclass
class _Parts(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    transport: InProcess
    answer: _Answer
    request: httpx2.Request

    def __iter__(self) -> Iterator[bytes]:
        while (part := self.transport.next(self.answer, self.request)) is not None:
            yield part

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            try:
                part = self.answer.parts.get_nowait()
            except queue.Empty:
                part = await asyncio.to_thread(self.transport.next, self.answer, self.request)
            if part is None:
                return
            yield part

    def close(self) -> None:
        self._leave()

    async def aclose(self) -> None:
        self._leave()

    def _leave(self) -> None:
        self.transport.leave(self.answer)


class BuiltSignal(BaseException):
    """Carries a request out of the client that would send it; no `except Exception` of the client may take it."""

    def __init__(self, request: httpx2.Request) -> None:
        super().__init__()
        self.request = request


class Dry(httpx2.BaseTransport):
    """Sends nothing."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Raise what carries the request."""
        raise BuiltSignal(request)


class Remembered(httpx2.BaseTransport):
    """Answers as an app did once."""

    def __init__(self) -> None:
        self.answered: Answered | None = None

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return that answer."""
        if self.answered is None:
            raise AssertionError(request)
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in self.answered.headers]
        return httpx2.Response(self.answered.status, headers=headers, content=self.answered.body, request=request)
