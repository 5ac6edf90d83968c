"""A greenhouse whose sensors are found when the service starts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypedDict

from fastapi import Depends, FastAPI, HTTPException, Request
from pydantic import BaseModel


class State(TypedDict):
    sensors: dict[str, float]


@asynccontextmanager
async def find_sensors(app: FastAPI) -> AsyncIterator[State]:
    app.state.started = True
    yield {"sensors": {"north": 18.5, "south": 21.0}}
    app.state.started = False


app = FastAPI(title="Greenhouse", lifespan=find_sensors)


class Sensor(BaseModel):
    name: str
    celsius: float


def sensors(request: Request) -> dict[str, float]:
    return request.state.sensors


@app.get("/sensors")
async def listing(found: dict[str, float] = Depends(sensors)) -> list[Sensor]:
    return [Sensor(name=name, celsius=celsius) for name, celsius in found.items()]


@app.get("/sensors/{name}", responses={404: {"description": "Not found at start"}})
async def read(name: str, found: dict[str, float] = Depends(sensors)) -> Sensor:
    if name not in found:
        raise HTTPException(404)
    return Sensor(name=name, celsius=found[name])


@app.get("/started")
async def started(request: Request) -> bool:
    return request.app.state.started
