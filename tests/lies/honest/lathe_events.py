"""Events of a lathe, as typed server-sent events and as lines of JSON."""

import asyncio
from collections.abc import AsyncIterator, Iterator

from fastapi import FastAPI
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel

app = FastAPI(title="Lathe")


class Turn(BaseModel):
    number: int
    rpm: int


@app.get("/turns", response_class=EventSourceResponse)
async def turns() -> AsyncIterator[Turn]:
    number = 0
    while True:
        yield Turn(number=number, rpm=900 + number % 50)
        number += 1
        await asyncio.sleep(0.1)


@app.get("/stops", response_class=EventSourceResponse)
async def stops() -> AsyncIterator[ServerSentEvent]:
    for number in range(3):
        yield ServerSentEvent(data={"stop": number}, event="stop", id=str(number))


@app.get("/turns/last")
def last(turns: int = 3) -> Iterator[Turn]:
    for number in range(min(max(turns, 0), 20)):
        yield Turn(number=number, rpm=880)
