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
    yield ServerSentEvent(raw_data="a\nb", event="tick", id="7", retry=10)
    yield ServerSentEvent(comment="only that")
    yield ServerSentEvent(data={"k": 1})


@app.get("/endless")
async def endless() -> AsyncIterator[Tick]:
    number = 0
    while True:
        yield Tick(number=number)
        number += 1
        await asyncio.sleep(0.001)


WRONG = {"description": "", "content": {"application/jsonl": {"itemSchema": {"type": "integer"}}}}


@app.get("/wrong", response_class=StreamingResponse, responses={200: WRONG})
def wrong() -> StreamingResponse:
    return StreamingResponse(iter([b'1\n"2', b'"\n']), media_type="application/jsonl")


@app.get("/raw", response_class=StreamingResponse, responses={404: {"model": Problem}})
def raw(there: bool = True) -> StreamingResponse:  # noqa: FBT002  # FastAPI hands it in by its name
    if not there:
        raise HTTPException(404, "no such file")
    return StreamingResponse(b"x" * 1000 for _ in range(100))


@contextmanager
def served() -> Iterator[tuple[str, uvicorn.Server]]:
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, log_level="critical", ws="none", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}", server
    finally:
        server.should_exit = True
        thread.join()


def until_left(server: uvicorn.Server) -> bool:
    """Wait until nobody is connected any more; return whether that came to be."""
    deadline = time.monotonic() + 5
    while server.server_state.connections and time.monotonic() < deadline:
        time.sleep(0.01)
    return not server.server_state.connections


Served = tuple[Any, str, uvicorn.Server]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with imported(app.openapi(), tmp_path_factory.mktemp("live")) as package, served() as (url, server):
        yield package, url, server


def test_waiting(shop: Served) -> None:
    package, url, server = shop
    with package.Client(url) as client:
        with client.events(n=2) as stream:
            assert [package.Event(package.models.Tick(number=n)) for n in (0, 1)] == list(stream)
        assert [
            package.Event('a\nb', "tick", "7", 10), package.Event('{"k": 1}', id="7")
        ] == list(client.named())  # fmt: skip
        with client.endless() as ticks:
            assert [0, 1, 2] == [next(ticks).number for _ in range(3)]
        assert until_left(server)
        with client.raw() as download:
            assert len(next(download)) > 0
        with client.raw() as download:
            assert download.read() == b"x" * 100_000
        with pytest.raises(package.errors.NotFound) as caught:
            client.raw(there=False)
        assert caught.value.body == package.models.Problem(detail="no such file")
        with client.wrong() as stream:
            assert next(stream) == 1
            with pytest.raises(package.ContractMismatch, match="body: Input should be a valid integer, not '2'"):
                next(stream)


def test_awaiting(shop: Served, tmp_path: Any) -> None:
    package, url, server = shop

    async def ask() -> None:
        async with package.AsyncClient(url) as client:
            async with await client.events(n=2) as stream:
                assert [package.Event(package.models.Tick(number=n)) for n in (0, 1)] == [one async for one in stream]
            async with await client.endless() as ticks:
                assert (await anext(ticks)).number == 0
            assert await asyncio.to_thread(until_left, server)
            assert await (await client.raw()).save(tmp_path / "raw") == 100_000
            assert (tmp_path / "raw").read_bytes() == b"x" * 100_000
            async with await client.raw() as download:
                assert await download.read() == b"x" * 100_000
            async with await client.wrong() as stream:
                assert await anext(stream) == 1
                with pytest.raises(package.ContractMismatch):
                    await anext(stream)

    asyncio.run(asyncio.wait_for(ask(), 20))


def test_nobody_there(shop: Served) -> None:

    package, *_ = shop
    with package.Client(f"http://127.0.0.1:{free_port()}", retries=0) as client, pytest.raises(httpx2.ConnectError):
        client.raw()
