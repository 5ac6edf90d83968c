"""The lights of a pedestrian crossing."""

from enum import Enum, IntEnum
from typing import Literal

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Light(Enum):
    RED = "red"
    GREEN = "green"


class Priority(IntEnum):
    LOW = 1
    HIGH = 9


class Crossing(BaseModel):
    cars: Light
    walkers: Light
    priority: Priority = Priority.LOW
    mode: Literal["auto", "manual", None] = None


@app.get("/crossing")
async def crossing(second: int = 0) -> Crossing:
    walking = second % 60 < 15
    return Crossing(cars=Light.RED if walking else Light.GREEN, walkers=Light.GREEN if walking else Light.RED)


@app.get("/crossing/{light}/other")
async def other(light: Light) -> Light:
    return Light.RED if light is Light.GREEN else Light.GREEN


@app.post("/crossing")
async def force(crossing: Crossing) -> Crossing:
    return crossing


@app.get("/priorities")
async def priorities(least: Priority = Priority.LOW) -> list[Priority]:
    return [priority for priority in Priority if priority >= least]
