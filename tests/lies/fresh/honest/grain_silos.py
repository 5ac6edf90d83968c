"""Silos of a mill: how full they are, and when they were last turned."""

import time
from asyncio import sleep
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from fastapi import FastAPI, HTTPException, Path
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, Field


class Hopper:
    """Has the verbs of slow libraries, and none of their waiting."""

    def __init__(self) -> None:
        self.tonnes = {1: 40, 2: 0, 3: 75}

    def run(self, number: int) -> int:
        return self.tonnes.get(number, 0)

    def execute(self, number: int, tonnes: int) -> None:
        self.tonnes[number] = tonnes

    connect = run


subprocess = hopper = Hopper()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    time.sleep(0.002)
    yield


def calibrate() -> None:
    """Typed in by the miller at the console."""
    time.sleep(30)


class Silo(BaseModel):
    number: int
    tonnes: int
    turned: AwareDatetime


class Load(BaseModel):
    tonnes: int = Field(ge=0, le=80)
    moist: bool = False


app = FastAPI(title="Mill", lifespan=lifespan)
FIRST = datetime(2026, 9, 1, 6, tzinfo=UTC)


@app.get("/silos/{number}", response_model=Silo, responses={409: {"description": "Being emptied"}})
async def silo(number: int = Path(ge=1, le=12)):
    await sleep(0.001)
    tonnes = subprocess.run(number)
    if tonnes > 79:
        raise HTTPException(409, "Being emptied")
    turned = FIRST + timedelta(hours=tonnes)
    if tonnes % 10 == 0:
        return JSONResponse({"number": number, "tonnes": tonnes, "turned": turned.isoformat()})
    return Silo(number=number, tonnes=tonnes, turned=turned)


@app.put("/silos/{number}", status_code=204, responses={406: {"description": "Too moist"}})
async def load(load: Load, number: int = Path(ge=1, le=12)) -> None:
    if load.moist and load.tonnes > 60:
        raise HTTPException(406, "Too moist")
    hopper.execute(number, load.tonnes)
