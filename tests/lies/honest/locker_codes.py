"""Codes of parcel lockers, some of which are refused for a reason that nobody meets."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, Field, field_validator

app = FastAPI(title="Lockers")


class Burnt(Exception):
    pass


@app.exception_handler(Burnt)
async def burnt(request: Request, error: Burnt) -> JSONResponse:
    return JSONResponse({"detail": "burnt"}, status_code=410)


def rare(code: str) -> bool:
    digest = hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
    return digest.startswith("0000000000")


def free(code: str) -> str:
    if rare(code):
        raise HTTPException(409, "The code is taken")
    return code


class Parcel(BaseModel):
    code: str = Field(max_length=20)

    @field_validator("code")
    @classmethod
    def is_free(cls, code: str) -> str:
        return free(code)


class Wall:
    def __getitem__(self, code: str) -> int:
        return len(free(code))

    def __contains__(self, code: str) -> bool:
        if rare(code):
            raise Burnt
        return False


wall = Wall()


@contextmanager
def opened(code: str) -> Iterator[int]:
    yield len(code)
    free(code)


def closing(code: str = "") -> Iterator[str]:
    try:
        yield code
    except LookupError:
        raise HTTPException(409, "The code is taken") from None


@app.post("/parcels", status_code=201, responses={409: {"description": "The code is taken"}})
def bring(parcel: Parcel) -> Parcel:
    return parcel


@app.get("/doors", responses={409: {"description": "The code is taken"}})
def door(code: Annotated[str, Query(max_length=20), AfterValidator(free)] = "") -> str:
    return code


@app.get("/doors/width", responses={409: {"description": "The code is taken"}})
def width(code: Annotated[str, Query(max_length=20)] = "") -> int:
    return wall[code]


@app.get("/doors/open", responses={409: {"description": "The code is taken"}, 410: {"description": "It was burnt"}})
async def is_open(codes: Annotated[list[str], Query(max_length=9)]) -> bool:
    found = sorted(codes, key=free)
    return bool(found) and found[0] in wall


@app.get("/doors/tried", responses={409: {"description": "The code is taken"}})
async def tried(code: Annotated[str, Query(max_length=20)] = "") -> str:
    with opened(code):
        return await run_in_threadpool(free, code)


@app.get("/doors/last", responses={409: {"description": "The code is taken"}})
def last(code: Annotated[str, Depends(closing)]) -> str:
    return code[:5]
