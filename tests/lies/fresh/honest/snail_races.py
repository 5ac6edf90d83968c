"""Snail races: entries, heats, and a notice to whoever follows a snail."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, HTTPException
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)


class Snail(BaseModel):
    name: str = Field(pattern="^[a-z]{1,20}$")
    shell_mm: int = Field(ge=5, le=90)


class Heat(BaseModel):
    winner: str
    seconds: float


class Notice(BaseModel):
    snail: str
    won: bool


class Follow(BaseModel):
    url: str = Field(pattern=r"^https://[a-z]{1,20}[.]example/[a-z]{0,20}$")


entries: dict[str, Snail] = {}
odds = {"gary": 3, "turbo": 0}
paid: Counter[str] = Counter()
failures: list[str] = []
notices = APIRouter()


@notices.post("{$request.body#/url}", status_code=204, responses={410: {"description": "No longer interested"}})
def notice(notice: Notice) -> None:
    """Sent when the snail has finished."""


class Settled:
    """Says on every answer how many bets have been paid."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-paid", str(paid.total()).encode())]
            await send(message)

        await self.app(scope, receive, counted if scope["type"] == "http" else send)


def pay(name: str) -> None:
    try:
        paid[name] += 100 // odds[name]
    except (KeyError, ZeroDivisionError) as error:
        failures[:] = [*failures[-19:], repr(error)]


def photo_finish(snails: list[Snail]) -> Snail:
    time.sleep(0.005)
    return min(snails, key=lambda snail: (snail.shell_mm, snail.name))


async def track() -> AsyncIterator[list[Snail]]:
    lane = list(entries.values())
    try:
        yield lane
    finally:
        lane.clear()


def steward() -> Iterator[list[str]]:
    remarks: list[str] = []
    try:
        yield remarks
    except HTTPException as error:
        log.info("the steward saw %s", error.status_code)
        raise


Lane = Annotated[list[Snail], Depends(track)]
NO_SNAIL = {404: {"description": "No such snail"}}
app = FastAPI(title="Snail races")
app.add_middleware(Settled)


@app.put("/snails/{name}")
async def enter(name: str, snail: Snail) -> Snail:
    entries[snail.name] = snail
    return snail


@app.post("/heats", responses={409: {"description": "No snails"}})
async def heat(lane: Lane, tasks: BackgroundTasks, laps: Annotated[int, Depends(lambda: 2)]) -> Heat:
    if not lane:
        raise HTTPException(409, "No snails")
    winner = await run_in_threadpool(photo_finish, lane)
    await asyncio.to_thread(time.sleep, 0.002)
    tasks.add_task(pay, winner.name)
    return Heat(winner=winner.name, seconds=laps * winner.shell_mm * 1.5)


@app.post("/snails/{name}/followers", status_code=202, callbacks=notices.routes, responses=NO_SNAIL)
async def follow(name: str, who: Follow, remarks: Annotated[list[str], Depends(steward)]) -> Notice:
    if name not in entries:
        raise HTTPException(404, "No such snail")
    remarks.append(name)
    return Notice(snail=name, won=paid[name] > 0)
