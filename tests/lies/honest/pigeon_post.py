"""Sends pigeons after the answer; one that gets lost is written down, not forgotten."""

import asyncio
from collections.abc import Iterator
from typing import Annotated

from fastapi import BackgroundTasks, Depends, FastAPI, Header, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

app = FastAPI()


class Letter(BaseModel):
    loft: str = Field(max_length=40)
    text: str


class Problem(BaseModel):
    detail: str


lofts = {"ghent": 1, "lille": 2}
lost: list[str] = []


class Closed(Exception):
    pass


@app.exception_handler(Exception)
def failed(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": "the loft is shut"}, status_code=503)


@app.middleware("http")
async def count(request: Request, call_next):
    answer = await call_next(request)
    answer.headers["x-lost"] = str(len(lost))
    return answer


async def fly(letter: Letter) -> None:
    try:
        await asyncio.sleep(0)
        lofts[letter.loft] += 1
    except KeyError:
        lost.append(letter.loft)


def keeper() -> Iterator[list[str]]:
    seen: list[str] = []
    try:
        yield seen
    finally:
        lost[50:] = []


@app.post("/letters", status_code=202, responses={503: {"model": Problem}})
async def send(letter: Letter, tasks: BackgroundTasks, seen: Annotated[list[str], Depends(keeper)]) -> Letter:
    tasks.add_task(fly, letter)
    return letter


@app.get("/lofts/{loft}", responses={404: {"model": Problem}, 503: {"model": Problem}})
def loft(loft: str, x_night: Annotated[bool, Header()] = False) -> int:
    if x_night:
        raise Closed
    if loft not in lofts:
        raise HTTPException(404, "No such loft")
    return lofts[loft]
