"""No answer takes for ever, whatever the app does, and Ctrl-C ends all of it."""

import asyncio
import contextlib
import signal
import threading
import time
from typing import Any

import pytest

from tests.build import request
from tests.drive.bare import (
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
    standing,
)
from upheld.drive.asgi import Answer, Caller
from upheld.model import Request

pytestmark = pytest.mark.usefixtures("hasty")


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
        await asyncio.sleep(0.02)
        await begin(send)
        await end(send)

    answers = asked(serving(app), *[request()] * 4, limit_s=PATIENCE_S)
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
