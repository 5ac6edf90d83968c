"""An app that runs while it is asked, in process and behind a server: streams, what follows an answer, a late one."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

from upheld.drive.lifespan import Lifespan
from upheld.model import UpheldError
from upheld.roundtrip.hosting import Reached, in_process, over_http

Message = dict[str, Any]


class Shop:
    """An ASGI app of a few paths, which remembers what happened."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def __call__(self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
            return
        request = await receive()
        head = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]}
        match scope["path"]:
            case "/echo":
                await send(head)
                said = f"{scope['method']} {scope['query_string'].decode()} {request['body'].decode()} {scope['state']}"
                await send({"type": "http.response.body", "body": said.encode()})
            case "/endless":
                await send(head)
                try:
                    while True:
                        await send({"type": "http.response.body", "body": b"tick\n", "more_body": True})
                        await asyncio.sleep(0.01)
                finally:
                    self.told.append("left")
            case "/after":
                await send(head)
                await send({"type": "http.response.body", "body": b"now"})
                await asyncio.sleep(0.1)
                self.told.append("after")
            case "/late":
                await asyncio.sleep(60)
            case "/broken":
                raise ValueError
            case "/breaks":
                await send(head)
                await send({"type": "http.response.body", "body": b"half", "more_body": True})
            case "/nothing":
                return
            case "/gone":
                await send(head)
                await send({"type": "http.response.body", "body": b""})
                self.told.append((await receive())["type"])

    async def _live(self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Any) -> None:
        scope["state"]["shop"] = "open"
        await receive()
        self.told.append("started")
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.told.append("stopped")
        await send({"type": "lifespan.shutdown.complete"})


def _in_process(shop: Any, ask: Callable[[Reached], Any], limit_s: float = 5) -> Any:
    state: dict[str, Any] = {}
    return in_process(
        shop, lambda: Lifespan(shop, state), state, "http://shop.test", limit_s=limit_s, setup=lambda _: None, ask=ask
    )


def _over_http(shop: Any, ask: Callable[[Reached], Any]) -> Any:
    return over_http(shop, "shop.test", lambda _: None, ask)


WAYS = {"in process": _in_process, "over HTTP": _over_http}
ways = pytest.mark.parametrize("host", WAYS.values(), ids=WAYS)


def _sync(reached: Reached, target: str) -> str:
    with reached.waiting() as http:
        return http.post(f"{reached.url}{target}", content=b"hi").text


def _async(reached: Reached, target: str) -> str:
    async def asked() -> str:
        async with reached.awaiting() as http:
            return (await http.post(f"{reached.url}{target}", content=b"hi")).text

    return asyncio.run(asked())


@ways
def test_started_asked_and_stopped(host: Any) -> None:
    shop = Shop()
    said = "POST a=%20b hi {'shop': 'open'}"
    assert [said, said] == host(shop, lambda reached: [ask(reached, "/echo?a=%20b") for ask in (_sync, _async)])
    assert ["started", "stopped"] == shop.told


@ways
def test_an_answer_without_end_is_left(host: Any) -> None:
    def ask(reached: Reached) -> list[str]:
        with reached.waiting() as http, http.stream("GET", f"{reached.url}/endless") as answer:
            lines = answer.iter_lines()
            return [next(lines), next(lines)]

    shop = Shop()
    assert ["tick", "tick"] == host(shop, ask)
    assert "left" in shop.told


@ways
def test_an_answer_without_end_is_left_by_who_awaits(host: Any) -> None:
    async def asked(reached: Reached) -> list[str]:
        async with reached.awaiting() as http, http.stream("GET", f"{reached.url}/endless") as answer:
            lines = answer.aiter_lines()
            return [await anext(lines), await anext(lines)]

    shop = Shop()
    assert ["tick", "tick"] == host(shop, lambda reached: asyncio.run(asked(reached)))
    assert "left" in shop.told


@ways
def test_what_follows_an_answer_is_waited_for(host: Any) -> None:
    shop = Shop()

    def ask(reached: Reached) -> list[str]:
        _sync(reached, "/after")
        reached.settle()
        return list(shop.told)

    assert ["started", "after"] == host(shop, ask)


def test_but_not_for_long() -> None:
    class Busy(Shop):
        async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
            await super().__call__(scope, receive, send)
            if scope["type"] == "http":
                await asyncio.sleep(60)

    def ask(reached: Reached) -> str:
        said = _sync(reached, "/echo")
        reached.settle()
        return said

    assert _in_process(Busy(), ask).startswith("POST")


@ways
def test_a_coroutine_is_finished_on_the_app_s_loop(host: Any) -> None:
    async def loop() -> bool:
        return asyncio.get_running_loop().is_running()

    assert host(Shop(), lambda reached: reached.finish(loop())) is True


ANSWERS = {
    "broken": ("/broken", 500, "Internal Server Error (ValueError)"),
    "breaks off": ("/breaks", 200, "half"),
    "nothing": ("/nothing", 500, ""),
}


@pytest.mark.parametrize(("target", "status", "text"), ANSWERS.values(), ids=ANSWERS)
def test_what_an_app_does_not_end(target: str, status: int, text: str) -> None:
    def ask(reached: Reached) -> tuple[int, str]:
        with reached.waiting() as http:
            answer = http.get(f"{reached.url}{target}")
            return answer.status_code, answer.text

    assert (status, text) == _in_process(Shop(), ask)


def test_a_late_answer() -> None:
    async def asked(reached: Reached) -> None:
        async with reached.awaiting() as http:
            await http.get(f"{reached.url}/late")

    def ask(reached: Reached) -> None:
        with reached.waiting() as http, pytest.raises(httpx2.ReadTimeout, match=r"^no answer within 0\.1 s$"):
            http.get(f"{reached.url}/late")
        with pytest.raises(httpx2.ReadTimeout, match=r"^no answer within 0\.1 s$"):
            asyncio.run(asked(reached))

    _in_process(Shop(), ask, limit_s=0.1)


def test_the_answer_is_over_for_the_app_as_well() -> None:
    shop = Shop()

    def ask(reached: Reached) -> list[str]:
        _sync(reached, "/gone")
        reached.settle()
        return shop.told

    assert ["started", "http.disconnect", "stopped"] == _in_process(shop, ask)


@ways
def test_setup_comes_first(host: Any) -> None:
    told: list[str] = []

    class Told(Shop):
        async def _live(self, scope: Message, receive: Any, send: Any) -> None:
            told.append("started")
            await super()._live(scope, receive, send)

    async def prepared() -> None:
        told.append("prepared")

    app = Told()
    if host is _over_http:
        over_http(app, None, lambda wait: wait(prepared()), lambda _: None)
    else:
        state: dict[str, Any] = {}
        in_process(
            app, lambda: Lifespan(app, state), state, "http://shop", limit_s=5,
            setup=lambda wait: wait(prepared()), ask=lambda _: None,
        )  # fmt: skip
    assert ["prepared", "started"] == told


def test_a_server_that_does_not_start() -> None:
    async def app(scope: Message, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": f"no {scope['type']}"})

    with pytest.raises(UpheldError, match=r"^uvicorn did not start the app, expected a lifespan that starts; "):
        over_http(app, None, lambda _: None, lambda _: None)
