"""An app is called as a server calls it, and no answer takes for ever, whatever the app does."""

import asyncio
import contextlib
import contextvars
import signal
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from tests.build import request
from upheld.drive import asgi
from upheld.drive.asgi import Answer, Caller, HangUpError
from upheld.model import Request, UpheldError

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Scope]]
Send = Callable[[Scope], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LIMIT_S = 0.15
PATIENCE_S = 2.0
"""What must be over well before this, was not left to itself."""


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in {"STREAM_MOMENT_S": 0.1, "_GRACE_S": 0.05, "_BACKGROUND_S": 0.1, "_TICK_S": 0.01}.items():
        monkeypatch.setattr(asgi, name, seconds)


def serving(handler: App) -> App:
    """Make an app without a lifespan."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        await handler(scope, receive, send)

    return app


def asked(app: App, *requests: Request, limit_s: float = LIMIT_S, base_url: str = "http://testserver") -> list[Answer]:
    answers: list[Answer] = []
    with Caller(app, base_url=base_url, time_limit_s=limit_s) as caller:
        caller.call_all(iter(requests or (request(),)), lambda _, answer: answers.append(answer))
    return answers


async def begin(send: Send, media: str = "text/plain", status: int = 200) -> None:
    headers = [(b"content-type", media.encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def end(send: Send, body: bytes = b"", *, more: bool = False) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})


def standing(answer: Answer) -> list[str]:
    """Return the names of the functions in which an answer stood, innermost first."""
    assert answer.stuck is not None
    return [code.co_name for code, _, _ in answer.stuck]


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


def raising(when: str) -> App:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        if when == "at once":
            raise KeyError(when)
        await begin(send)
        if when == "within":
            raise KeyError(when)
        await end(send)
        raise KeyError(when)

    return serving(app)


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
    "one that waits between its items": (slow, 2),
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


# Time -----------------------------------------------------------------------------------------------------------


async def blocks(_scope: Scope, _receive: Receive, _send: Send) -> None:
    def sleeps() -> None:
        time.sleep(3)

    sleeps()


async def spins(_scope: Scope, _receive: Receive, _send: Send) -> None:
    while True:
        pass


async def waits(_scope: Scope, _receive: Receive, _send: Send) -> None:
    async def inner() -> None:
        await asyncio.Event().wait()

    await inner()


async def waits_for_a_task(_scope: Scope, _receive: Receive, _send: Send) -> None:
    async def inner() -> None:
        await asyncio.Event().wait()

    await asyncio.ensure_future(inner())


async def waits_in_a_loop(_scope: Scope, _receive: Receive, send: Send) -> None:
    async def items() -> Any:
        yield 1
        await asyncio.Event().wait()

    await begin(send)
    async for _ in items():
        await end(send, b"x", more=True)


async def swallows(_scope: Scope, _receive: Receive, _send: Send) -> None:
    for _ in range(2):
        with contextlib.suppress(BaseException):
            time.sleep(3)  # noqa: ASYNC251 - what this is about


async def clings(_scope: Scope, _receive: Receive, _send: Send) -> None:
    for _ in range(3):
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(0.5)


SLOW = {
    "a blocking call": (blocks, "sleeps"),
    "a loop": (spins, "spins"),
    "a wait": (waits, "inner"),
    "a wait for a task": (waits_for_a_task, "inner"),
    "a wait of a generator": (waits_in_a_loop, "items"),
    "a blocking call whose end is swallowed": (swallows, "swallows"),
    "a wait whose end is swallowed": (clings, "clings"),
}


@pytest.mark.parametrize(("app", "where"), SLOW.values(), ids=SLOW)
def test_time_limit(app: App, where: str) -> None:
    """What takes too long is ended, and where it stood is known; what ending it raised is not the app's fault."""
    began = time.monotonic()
    first, second = asked(serving(app), request(), request())
    assert time.monotonic() - began < PATIENCE_S
    for answer in (first, second):
        assert where in standing(answer)
        assert (False, False, None, None) == (answer.complete, answer.cut, answer.escaped, answer.late)


def test_time_limit_elsewhere_than_in_the_main_thread() -> None:
    answers: list[Answer] = []
    thread = threading.Thread(target=lambda: answers.extend(asked(serving(waits), request(), request())))
    thread.start()
    thread.join(PATIENCE_S)
    assert [True, True] == ["inner" in standing(answer) for answer in answers]


def test_an_answer_in_time_is_not_stuck() -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await asyncio.sleep(LIMIT_S / 3)
        await begin(send)
        await end(send)

    answers = asked(serving(app), *[request()] * 4)
    assert [(True, None)] * 4 == [(answer.complete, answer.stuck) for answer in answers]


def test_work_after_the_answer_is_waited_for_a_moment() -> None:
    """It is neither a time-out nor a reason to wait as long every time."""
    done: list[int] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await begin(send)
        await end(send)
        await asyncio.sleep(0.02)
        done.append(1)
        await asyncio.sleep(0.5)
        done.append(2)

    began = time.monotonic()
    answers = asked(serving(app), *[request()] * 12)
    assert time.monotonic() - began < 12 * 0.1
    assert [(True, None, None)] * 12 == [(answer.complete, answer.stuck, answer.late) for answer in answers]
    assert 1 in done
    assert 2 not in done


def test_a_context_of_its_own_for_every_request() -> None:
    number: contextvars.ContextVar[int] = contextvars.ContextVar("number", default=0)

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        number.set(number.get() + 1)
        await begin(send, status=200 + number.get())
        await end(send)

    assert [201, 201] == [answer.status for answer in asked(serving(app), request(), request())]


# Around it ------------------------------------------------------------------------------------------------------


def test_the_signal_is_given_back() -> None:
    before = signal.getsignal(signal.SIGALRM)
    asked(serving(blocks))
    assert before == signal.getsignal(signal.SIGALRM)
    assert (0.0, 0.0) == signal.getitimer(signal.ITIMER_REAL)


@pytest.mark.parametrize("handled", [False, True])
def test_ctrl_c(handled: bool) -> None:
    """It ends the check at once, wherever it falls, and everything is given back."""
    shut: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            shut.append("down")
            await send({"type": "lifespan.shutdown.complete"})
            return
        try:
            signal.raise_signal(signal.SIGINT)
        except Exception:
            shut.append("swallowed")
            raise

    def take(_request: Request, _answer: Answer) -> None:
        if handled:
            signal.raise_signal(signal.SIGINT)

    before = signal.getsignal(signal.SIGALRM)
    sent = iter([request()] * 3)
    with (
        pytest.raises(KeyboardInterrupt),
        Caller(raising("late") if handled else app, base_url="http://a", time_limit_s=1) as caller,
    ):
        caller.call_all(sent, take)
    assert 2 == len(list(sent))
    assert ([] if handled else ["down"]) == shut
    assert before == signal.getsignal(signal.SIGALRM)
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()


# Lifespan -------------------------------------------------------------------------------------------------------


def test_lifespan_runs_once_and_its_state_reaches_every_request() -> None:
    told: list[str] = []
    states: list[dict[str, Any]] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            assert "lifespan.startup" == (await receive())["type"]
            told.append("up")
            scope["state"]["pool"] = told
            await send({"type": "lifespan.startup.complete"})
            assert "lifespan.shutdown" == (await receive())["type"]
            told.append("down")
            await send({"type": "lifespan.shutdown.complete"})
            return
        states.append(scope["state"])
        scope["state"]["mine"] = True
        told.append("asked")
        await begin(send)
        await end(send)

    asked(app, request(), request())
    assert ["up", "asked", "asked", "down"] == told
    assert states[0] is not states[1]
    assert states[0]["pool"] is states[1]["pool"]


def lifespan(*messages: Scope, error: BaseException | None = None) -> App:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert "lifespan" == scope["type"]
        await receive()
        for message in messages:
            await send(message)
        if error is not None:
            raise error

    return app


FAILED = {"type": "lifespan.startup.failed"}
FAILING = {
    "with a traceback": (
        lifespan({**FAILED, "message": "Traceback …\nKeyError: 'DATABASE_URL'\n"}, error=KeyError("DATABASE_URL")),
        "KeyError: 'DATABASE_URL'",
    ),
    "without a word": (lifespan(FAILED), "no reason given"),
    "with an empty word": (lifespan({**FAILED, "message": ""}, error=KeyError("x")), "no reason given"),
}


@pytest.mark.parametrize(("app", "reason"), FAILING.values(), ids=FAILING)
def test_a_start_up_that_fails(app: App, reason: str) -> None:
    expected = f"^the app's start-up failed: {reason}, expected .*; check the settings"
    with (
        pytest.raises(UpheldError, match=expected),
        Caller(app, base_url="http://testserver", time_limit_s=LIMIT_S) as caller,
    ):
        pytest.fail(f"{caller} has started")


WITHOUT = {
    "one that refuses the scope": lifespan(error=NotImplementedError("http only")),
    "one that returns": lifespan(),
    "one that ends after its start": lifespan({"type": "lifespan.startup.complete"}),
    "one that fails to shut down": lifespan(
        {"type": "lifespan.startup.complete"}, {"type": "lifespan.shutdown.failed"}
    ),
}


@pytest.mark.parametrize("app", WITHOUT.values(), ids=WITHOUT)
def test_lifespans_that_do_not_matter(app: App) -> None:
    with Caller(app, base_url="http://testserver", time_limit_s=LIMIT_S):
        pass


def test_a_shut_down_that_hangs_is_left_behind() -> None:
    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await asyncio.sleep(60)

    began = time.monotonic()
    with Caller(app, base_url="http://testserver", time_limit_s=LIMIT_S):
        pass
    assert time.monotonic() - began < PATIENCE_S


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
