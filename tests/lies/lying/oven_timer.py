"""Waits for the ovens of a bakery school."""

import asyncio
from collections import defaultdict

from fastapi import FastAPI, Path
from pydantic import BaseModel

app = FastAPI()


class Oven(BaseModel):
    number: int
    done: bool


finished: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)


@app.get("/ovens/{number}")
async def oven(number: int = Path(ge=1, le=9), wait: bool = False) -> Oven:
    if wait:
        await finished[number].wait()  # lie: no-answer GET /ovens/{number}
    return Oven(number=number, done=finished[number].is_set())


@app.post("/ovens/{number}/done", status_code=204)
async def done(number: int = Path(ge=1, le=9)) -> None:
    """Tell the school that an oven has finished; it is emptied at once."""
    finished[number].set()
    finished[number] = asyncio.Event()
