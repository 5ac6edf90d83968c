"""Marble runs that children build from pieces, and the marbles that go down them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Annotated, TypeVar

from fastapi import FastAPI, HTTPException, Path, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Marble runs")
T = TypeVar("T")
Name = Annotated[str, Path(pattern="^[a-z]{1,16}$")]


class Piece(BaseModel):
    shape: str = Field(pattern="^(ramp|loop|funnel|stairs)$")
    drop_mm: int = Field(ge=0, le=400)


class Run(BaseModel):
    name: str
    pieces: list[Piece] = []
    ends: str = "on the floor"


class Problem(BaseModel):
    detail: str


class RunError(Exception):
    status = 500


class NoRun(RunError, LookupError):
    status = 404


class Stuck(RunError):
    status = 423


class TooHigh(RunError):
    status = 507


runs: dict[str, Run] = {}


@app.exception_handler(RunError)
async def run_error(request: Request, error: RunError) -> JSONResponse:
    status = error.status if error.status in (404, 409) else 409
    return JSONResponse({"detail": str(error) or type(error).__name__}, status)


def find(name: str) -> Run:
    if name not in runs:
        raise NoRun(f"Nobody has built {name}")
    return runs[name]


def attempt(what: Callable[[], T], otherwise: T) -> T:
    try:
        return what()
    except (RunError, HTTPException):
        return otherwise


@contextmanager
def blaming(kind: type[RunError]) -> Iterator[None]:
    """Whatever goes wrong inside is the fault of the run."""
    try:
        yield
    except (ValueError, IndexError, HTTPException) as wrong:
        raise kind("The marble is stuck") from wrong


def roll(run: Run) -> int:
    drop = sum(piece.drop_mm for piece in run.pieces)
    if drop == 0:
        raise HTTPException(400, "It does not move")
    if run.pieces[-1].shape == "loop" and drop < 100:
        raise ValueError("Too slow")
    return drop


@app.get("/runs/{name}")
def run(name: Name) -> Run:
    return attempt(lambda: find(name), Run(name=name))


@app.put("/runs/{name}/pieces", responses={409: {"model": Problem}})
def build(name: Name, pieces: list[Piece], response: Response) -> Run:
    response.status_code = 201
    with suppress(NoRun):
        before = find(name)
        if len(before.pieces) > 20 and not pieces:
            raise NoRun("Too good to be taken apart, and kept as it is")
    if sum(piece.drop_mm for piece in pieces) > 2000:
        raise TooHigh("Higher than the ceiling")
    runs[name] = Run(name=name, pieces=pieces)
    response.status_code = 200
    return runs[name]


@app.post("/runs/{name}/marbles", responses={404: {"model": Problem}, 409: {"model": Problem}})
def let_go(name: Name) -> int:
    with blaming(Stuck):
        return roll(find(name))


@app.delete("/runs/{name}", status_code=204, responses={404: {"model": Problem}})
def take_apart(name: Name) -> None:
    refusal = HTTPException(403, "Ask who built it")
    run = find(name)
    if run.ends != "on the floor":
        raise refusal
    del runs[name]
