"""An app is called as a server calls it; what it sends is kept, up to a limit."""

import asyncio
import contextlib
import contextvars
import time
from collections.abc import Iterator

import pytest

from tests.build import request
from tests.drive.bare import (
    LIMIT_S,
    PATIENCE_S,
    App,
    Receive,
    Scope,
    Send,
    asked,
    begin,
    end,
    raising,
    serving,
)
from upheld.drive import asgi
from upheld.drive.asgi import Caller, HangUpError
from upheld.model import Request

pytestmark = pytest.mark.usefixtures("hasty")


# The two ends ---------------------------------------------------------------------------------------------------


def test_scope() -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        seen.append(scope)
        await begin(send, status=204)
        await end(send)

    sent = request("POST", "/a%2Fb%20c/%FF?q=%C3%A4&r", headers=(("x-name", "\xe4"), ("x-name", "b")), body=b"ab")
    asked(serving(app), sent, base_url="https://shop.example:8443")
    (scope,) = seen
    assert [
        (b"host", b"shop.example:8443"),
        (b"x-name", b"\xe4"),
        (b"x-name", b"b"),
        (b"content-length", b"2"),
    ] == scope["headers"]
    assert {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "https",
        "path": "/a/b c/\ufffd",
        "raw_path": b"/a%2Fb%20c/%FF",
        "query_string": b"q=%C3%A4&r",
        "root_path": "",
        "client": ("127.0.0.1", 50000),
        "server": ("shop.example", 8443),
    }.items() <= scope.items()


def test_bodies_go_in_and_out() -> None:
    async def echo(_scope: Scope, receive: Receive, send: Send) -> None:
        message = await receive()
        await begin(send, "application/json", 201)
        await end(send, message["body"], more=True)
        await end(send, b"!")

    sent, bare = asked(serving(echo), request("POST", body=b"\x00\xff"), request("POST"))
    assert (201, [(b"content-type", b"application/json")], b"\x00\xff!") == (
        sent.status,
        sent.headers,
        bytes(sent.body),
    )
    assert (True, False, None, None, None) == (sent.complete, sent.cut, sent.escaped, sent.late, sent.stuck)
    assert b"!" == bytes(bare.body)


def test_head_without_headers() -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body"})

    (answer,) = asked(serving(app))
    assert ([], True) == (answer.headers, answer.complete)


def test_the_client_leaves_when_the_answer_is_complete() -> None:
    messages: list[str] = []

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        async def listen() -> None:
            while not messages or messages[-1] != "http.disconnect":
                messages.append((await receive())["type"])

        listening = asyncio.ensure_future(listen())
        await begin(send)
        await asyncio.sleep(0)
        await end(send)
        await listening

    (answer,) = asked(serving(app))
    assert ["http.request", "http.disconnect"] == messages
    assert (True, None) == (answer.complete, answer.late)


# Exceptions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "status", "escaped"), [("at once", 0, True), ("within", 200, True), ("late", 200, False)]
)
def test_exceptions(when: str, status: int, escaped: bool) -> None:
    """Before the answer is complete it escaped, afterwards it is late; and the next request is answered."""
    first, second = asked(raising(when), request(), request())
    for answer in (first, second):
        assert (status, not escaped) == (answer.status, answer.complete)
        error, other = (answer.escaped, answer.late) if escaped else (answer.late, answer.escaped)
        assert (KeyError, None) == (type(error), other)


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("kind", [SystemExit, asyncio.CancelledError])
def test_an_app_that_would_end_the_process_or_its_task(kind: type[BaseException], complete: bool) -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        if complete:
            await begin(send)
            await end(send)
        raise kind

    for answer in asked(serving(app), request(), request()):
        error, other = (answer.late, answer.escaped) if complete else (answer.escaped, answer.late)
        assert (complete, kind, None) == (answer.complete, type(error), other)


def test_an_app_that_ends_without_an_answer() -> None:
    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        return

    (answer,) = asked(serving(app))
    assert (0, False, None) == (answer.status, answer.complete, answer.escaped)


# Limits ---------------------------------------------------------------------------------------------------------


def test_a_long_body_is_cut() -> None:
    met: list[type[BaseException]] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await begin(send)
        try:
            while True:
                await end(send, b"x" * 100_000, more=True)
        except OSError as error:
            met.append(type(error))
            raise

    (answer,) = asked(serving(app))
    assert (True, False, None, None) == (answer.cut, answer.complete, answer.escaped, answer.stuck)
    assert asgi.BODY_LIMIT_BYTES < len(answer.body) < 2 * asgi.BODY_LIMIT_BYTES
    assert [HangUpError] == met


async def fast(_scope: Scope, _receive: Receive, send: Send) -> None:
    await begin(send, "text/event-stream; charset=utf-8")
    while True:
        await end(send, b"data: 1\n\n", more=True)


async def slow(_scope: Scope, _receive: Receive, send: Send) -> None:
    await begin(send, "application/x-ndjson")
    while True:
        await end(send, b"1\n", more=True)
        await asyncio.sleep(0.04)


async def polite(_scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await begin(send, "text/event-stream")
    await end(send, b"data: 1\n\n", more=True)
    await receive()


async def deaf(_scope: Scope, _receive: Receive, send: Send) -> None:
    await begin(send, "text/event-stream")
    await end(send, b"data: 1\n\n", more=True)
    await asyncio.Event().wait()


async def stubborn(_scope: Scope, _receive: Receive, send: Send) -> None:
    await begin(send, "text/event-stream")
    await end(send, b"data: 1\n\n", more=True)
    for _ in range(3):
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(0.5)


STREAMS = {
    "one that never waits": (fast, 20),
    "one that waits between its items": (slow, 1),
    "one that waits for us to leave": (polite, 1),
    "one that does not notice that we left": (deaf, 1),
    "one that refuses to be cancelled": (stubborn, 1),
}


@pytest.mark.parametrize(("app", "count"), STREAMS.values(), ids=STREAMS)
def test_streams_are_read_for_a_moment(app: App, count: int) -> None:
    began = time.monotonic()
    first, second = asked(serving(app), request(), request(), limit_s=5)
    assert time.monotonic() - began < PATIENCE_S
    for answer in (first, second):
        assert (True, False, None, None) == (answer.cut, answer.complete, answer.escaped, answer.stuck)
        assert count <= answer.body.count(b"1") <= asgi.STREAM_CHUNKS


def test_a_stream_that_ends_is_complete() -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await begin(send, "text/event-stream")
        for number in range(3):
            await end(send, b"data: %d\n\n" % number, more=True)
        await end(send)

    (answer,) = asked(serving(app))
    assert (True, False, 3) == (answer.complete, answer.cut, answer.body.count(b"data"))


# One after another ----------------------------------------------------------------------------------------------------


def test_requests_are_drawn_one_after_another() -> None:
    """A request may depend on the answer to the one before it."""
    order: list[str] = []

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        order.append(f"ask {scope['path']}")
        await begin(send)
        await end(send)

    def requests() -> Iterator[Request]:
        for path in ("/1", "/2"):
            order.append(f"draw {path}")
            yield request(target=path)

    with Caller(serving(app), base_url="http://testserver", time_limit_s=LIMIT_S) as caller:
        caller.call_all(requests(), lambda sent, _: order.append(f"take {sent.target}"))
    assert ["draw /1", "ask /1", "take /1", "draw /2", "ask /2", "take /2"] == order


def test_a_context_of_its_own_for_every_request() -> None:
    number: contextvars.ContextVar[int] = contextvars.ContextVar("number", default=0)

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        number.set(number.get() + 1)
        await begin(send, status=200 + number.get())
        await end(send)

    assert [201, 201] == [answer.status for answer in asked(serving(app), request(), request())]
