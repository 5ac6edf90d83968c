"""Bare ASGI apps, and how they are called."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.build import request
from upheld.drive.asgi import Answer, Caller
from upheld.model import Request

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Scope]]
Send = Callable[[Scope], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LIMIT_S = 0.15
PATIENCE_S = 2.0
"""What must be over well before this, was not left to itself."""


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
