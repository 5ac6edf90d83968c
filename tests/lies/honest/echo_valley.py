"""An echo service of a mountain hotel; it looks at much of what it is sent, and says so."""

import itertools
import time
from typing import Annotated

from fastapi import Cookie, FastAPI, Header, Query, Request, Response
from pydantic import BaseModel

app = FastAPI()

calls = itertools.count(1)


class Echo(BaseModel):
    url: str
    names: list[str]


class Room(BaseModel):
    number: int
    quiet: bool


@app.middleware("http")
async def trace(request: Request, call_next):
    answer = await call_next(request)
    answer.headers["x-trace"] = request.headers.get("x-trace", "none")
    if "x-profile" in request.headers:
        answer.headers["x-seconds"] = str(time.perf_counter())
    return answer


@app.get("/echo")
async def echo(request: Request) -> Echo:
    loud = request.query_params.get("loud")
    names = sorted(request.headers.keys())
    return Echo(url=str(request.url) + ("" if loud else ""), names=names)


@app.get("/count")
async def count(request: Request) -> int:
    return next(calls) + len(request.query_params.getlist("plus")) * 0


@app.get("/rooms")
async def rooms(
    request: Request,
    response: Response,
    quiet: Annotated[bool, Query()] = False,
    floor: Annotated[int, Header(ge=0, le=3)] = 0,
    theme: Annotated[str | None, Cookie()] = None,
    x_guest: Annotated[str | None, Header()] = None,
) -> list[Room]:
    also_quiet = request.query_params.get("quiet") == "true"
    dark = request.cookies.get("theme") == "dark"
    known = request.headers.get("X-Guest") is not None
    language = request.headers.get("accept-language", "en")
    response.headers["content-language"] = "de" if language.startswith("de") else "en"
    return [Room(number=number + known, quiet=quiet or also_quiet) for number in range(floor * 100, floor * 100 + 2 + dark)]


@app.get("/greeting")
async def greeting(request: Request) -> str:
    agent = request.headers.get("user-agent", "")
    return "hello, robot" if "bot" in agent else "hello"
