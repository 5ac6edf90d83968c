"""Streams over a real connection: items come while they are sent, and leaving early lets go of the connection."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI, HTTPException
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel

from tests.client.packages import imported
from tests.loopback import free_port

app = FastAPI()
gone = threading.Event()


class Tick(BaseModel):
    number: int


class Problem(BaseModel):
    detail: str


@app.get("/events", response_class=EventSourceResponse)
async def events(n: int = 3) -> AsyncIterator[Tick]:
    for number in range(n):
        yield Tick(number=number)


@app.get("/named", response_class=EventSourceResponse)
async def named() -> AsyncIterator[ServerSentEvent]:
    yield ServerSentEvent(data="a\nb", event="tick", id="7", retry=10)
    yield ServerSentEvent(comment="only that")
    yield ServerSentEvent(data={"k": 1})


@app.get("/endless")
async def endless() -> AsyncIterator[Tick]:
    number = 0
    try:
        while True:
            yield Tick(number=number)
            number += 1
            await asyncio.sleep(0.001)
    finally:
        gone.set()


@app.get("/wrong")
async def wrong() -> AsyncIterator[Tick]:
    yield Tick(number=1)
    yield {"number": "2"}  # type: ignore[misc]


@app.get("/raw", response_class=StreamingResponse, responses={404: {"model": Problem}})
def raw(there: bool = True) -> StreamingResponse:  # noqa: FBT002  # FastAPI hands it in by its name
    if not there:
        raise HTTPException(404, "no such file")
    return StreamingResponse(b"x" * 1000 for _ in range(100))


@contextmanager
def served() -> Iterator[str]:
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, log_level="critical", ws="none", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str]]:
    with imported(app.openapi(), tmp_path_factory.mktemp("live")) as package, served() as url:
        yield package, url


def test_waiting(shop: tuple[Any, str]) -> None:
    package, url = shop
    with package.Client(url) as client:
        with client.events(n=2) as stream:
            assert [package.Event(package.models.Tick(number=n)) for n in (0, 1)] == list(stream)
        assert [
            package.Event('a\nb', "tick", "7", 10), package.Event('{"k":1}', id="7")
        ] == list(client.named())  # fmt: skip
        gone.clear()
        with client.endless() as ticks:
            assert [0, 1, 2] == [next(ticks).number for _ in range(3)]
        assert gone.wait(5)
        with client.raw() as download:
            assert len(next(download)) > 0
        with client.raw() as download:
            assert download.read() == b"x" * 100_000
        with pytest.raises(package.errors.NotFound) as caught:
            client.raw(there=False)
        assert caught.value.body == package.models.Problem(detail="no such file")
        with client.wrong() as stream:
            assert next(stream) == package.models.Tick(number=1)
            with pytest.raises(package.ContractMismatch, match="body /number: Input should be a valid integer"):
                next(stream)


def test_awaiting(shop: tuple[Any, str], tmp_path: Any) -> None:
    package, url = shop

    async def ask() -> None:
        async with package.AsyncClient(url) as client:
            async with await client.events(n=2) as stream:
                assert [package.Event(package.models.Tick(number=n)) for n in (0, 1)] == [one async for one in stream]
            gone.clear()
            async with await client.endless() as ticks:
                assert (await anext(ticks)).number == 0
            while not gone.is_set():
                await asyncio.sleep(0.01)
            assert await (await client.raw()).save(tmp_path / "raw") == 100_000
            assert (tmp_path / "raw").read_bytes() == b"x" * 100_000
            async with await client.raw() as download:
                assert await download.read() == b"x" * 100_000
            async with await client.wrong() as stream:
                assert await anext(stream) == package.models.Tick(number=1)
                with pytest.raises(package.ContractMismatch):
                    await anext(stream)

    asyncio.run(ask())


def test_nobody_there(shop: tuple[Any, str]) -> None:

    package, _ = shop
    with package.Client(f"http://127.0.0.1:{free_port()}", retries=0) as client, pytest.raises(httpx2.ConnectError):
        client.raw()
