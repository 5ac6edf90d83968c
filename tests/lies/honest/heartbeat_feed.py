"""Sends the heartbeat of a server room for as long as somebody listens."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count

from fastapi import FastAPI, Query
from fastapi.responses import StreamingResponse

app = FastAPI(title="Heartbeat")


class Events(StreamingResponse):
    media_type = "text/event-stream"


async def beats(every: float) -> AsyncIterator[str]:
    for number in count():
        yield f"event: beat\ndata: {number}\n\n"
        await asyncio.sleep(every)


@app.get("/beats", response_class=Events)
async def listen() -> Events:
    return Events(beats(0.1), headers={"Cache-Control": "no-store"})


@app.get("/beats/slow", responses={200: {"content": {"text/event-stream": {}}}}, response_class=Events)
async def listen_slowly(tenths: int = Query(5, ge=1, le=20)):
    return Events(beats(tenths / 10))
