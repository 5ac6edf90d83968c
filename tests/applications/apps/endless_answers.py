"""A lighthouse that tells what it sees for as long as anybody listens."""

import asyncio
from collections.abc import AsyncIterator, Iterator

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()
STREAM = {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}


async def ships() -> AsyncIterator[str]:
    number = 0
    while True:
        number += 1
        yield f"data: ship {number}\n\n"
        await asyncio.sleep(0.01)


def buoys() -> Iterator[str]:
    while True:
        yield "data: buoy\n\n"


class Events(StreamingResponse):
    media_type = "text/event-stream"


@app.get("/ships", response_class=Events, responses=STREAM)
async def watch_ships() -> StreamingResponse:
    return Events(ships())


@app.get("/buoys", response_class=Events, responses=STREAM)
def watch_buoys() -> StreamingResponse:
    return Events(buoys())


@app.get("/storms")
async def watch_storms() -> dict[str, str]:
    return Events(ships())  # lie: undocumented-media-type GET /storms 200
