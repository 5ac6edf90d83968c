"""Gauges in a lagoon, with what can go wrong told in full."""

from enum import IntEnum
from functools import wraps
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel


class Detail(BaseModel):
    detail: str


class Codes(IntEnum):
    DRY = 410
    CLOSED = 423


class TideError(Exception):
    status = 400


class Unknown(TideError):
    status = 404


class Station:
    def height(self, hour: int) -> int:
        raise NotImplementedError


class Harbour(Station):
    def height(self, hour: int) -> int:
        if hour % 12 == 11:
            raise HTTPException(Codes.DRY, "Dry")
        return hour * 3


STATIONS: dict[str, Station] = {"hook-of-the-long-harbour": Harbour()}


def find(name: str) -> Station:
    try:
        return STATIONS[name]
    except KeyError:
        raise Unknown from None


class Gate:
    def __init__(self, word: str) -> None:
        self.word = word

    def __call__(self, x_gate: Annotated[str | None, Header()] = None) -> None:
        if x_gate == self.word:
            raise HTTPException(403, "That word is out of use")


def logged(function):
    @wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)

    return inner


app = FastAPI()
SAID = {"model": Detail}


@app.exception_handler(TideError)
def told(request: Request, error: TideError) -> JSONResponse:
    return JSONResponse({"detail": "Unknown"}, error.status)


@app.get(
    "/tides/{station}/{hour}",
    dependencies=[Depends(Gate("sesame-of-the-old-lock"))],
    responses={403: SAID, 404: SAID, 410: SAID},
)
@logged
def tide(hour: int, station: Annotated[Station, Depends(lambda station: find(station))]) -> int:
    return station.height(hour)


@app.get("/lock", responses={203: {"model": str}, 423: SAID})
def lock(request: Request, response: Response, level: int = 0) -> str:
    match level:
        case 90_417:
            raise HTTPException(Codes.CLOSED, "Closed")
        case low if low < -90_417:
            response.status_code = 203
    return "open"
