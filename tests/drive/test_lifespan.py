"""An app's start-up and shut-down run once, and what goes wrong there is told."""

import asyncio
import time
from typing import Any

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
)
from upheld.drive.asgi import Caller
from upheld.model import UpheldError

pytestmark = pytest.mark.usefixtures("hasty")


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
