"""A car wash whose dependencies fail after the answer, or let nothing pass after all."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

app = FastAPI()


class OutOfSoap(Exception):
    pass


@app.exception_handler(OutOfSoap)
def no_soap(request: Request, error: OutOfSoap) -> JSONResponse:
    return JSONResponse({"detail": "no soap"}, 507)


def soap() -> Iterator[int]:
    yield 3


async def brush() -> AsyncIterator[str]:
    try:
        yield "brush"
    except ValueError as error:
        raise OutOfSoap from error  # lie: server-error GET /brushes/{number} 507
    except LookupError:
        pass


@asynccontextmanager
async def hose() -> AsyncIterator[str]:
    yield "hose"


@app.get("/soap")
def read_soap(soap: Annotated[int, Depends(soap)]) -> int:
    return soap


@app.get("/brushes/{number}")
async def brushes(number: int, brush: Annotated[str, Depends(brush)]) -> str:
    if number < 0:
        raise ValueError(number)
    return brush


@app.get("/swallowed/{number}")
async def swallowed(number: int, brush: Annotated[str, Depends(brush)]) -> str:
    if number < 0:
        raise KeyError(number)  # lie: server-error GET /swallowed/{number} 500
    return brush


@app.get("/hoses")
async def hoses(length: int = 1) -> str:
    async with hose() as held:
        if length > 500:
            raise HTTPException(416)  # lie: undocumented-status GET /hoses 416
        return held
