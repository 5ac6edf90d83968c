"""A weather station that takes its time to start, and is wrong when it did not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypedDict

from fastapi import FastAPI, HTTPException, Request


class State(TypedDict):
    stations: dict[str, int]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[State]:
    await asyncio.sleep(1.5)
    app.state.readings = [3, 4]
    yield {"stations": {"north": 1}}


app = FastAPI(lifespan=lifespan)


@app.get("/readings")
async def readings(request: Request) -> list[int]:
    return request.app.state.readings


@app.get("/stations/{name}")
async def station(name: str, request: Request) -> int:
    if name not in request.state.stations:
        raise HTTPException(404)  # lie: undocumented-status GET /stations/{name} 404
    return request.state.stations[name]


@app.get("/forecast")
async def forecast(request: Request) -> str:
    return request.app.state.forecast  # lie: server-error GET /forecast 500
