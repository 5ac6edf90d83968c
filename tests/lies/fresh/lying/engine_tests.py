"""Test runs of engines on a bench, and what they will take."""
# ruff: noqa: E501

import time
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from pydantic import BaseModel, Field

COLD = 5


class Fuel(StrEnum):
    petrol = "petrol"
    diesel = "diesel"
    gas = "gas"


class Run(BaseModel):
    minutes: int = Field(ge=1, le=240)
    load: int = Field(ge=0, le=100)


class Estimate(BaseModel):
    litres: int
    glowed: int


class Started(BaseModel):
    number: int
    fuel: Fuel


@dataclass
class GlowPlugs:
    """Diesel engines are glowed before a cold start, one cycle after the other."""

    seconds_each: float
    cycles: int = 0

    def warm(self, celsius: int) -> None:
        for _ in range(1 if celsius > -10 else 2):
            self._cycle()

    def _cycle(self) -> None:
        time.sleep(self.seconds_each)  # lie: blocking-call GET /estimates; lie: blocking-call POST /runs
        self.cycles += 1


class Bench:
    def __init__(self, fuel: Fuel) -> None:
        self.fuel = fuel
        self.plugs = GlowPlugs(seconds_each=0.15)

    async def ready(self, celsius: int) -> "Bench":
        if self.fuel is Fuel.diesel and celsius < COLD:
            self.plugs.warm(celsius)
        return self

    def litres(self, minutes: int, load: int) -> int:
        return minutes * (4 + load // 10) // 10


async def bench(fuel: Fuel = Fuel.petrol, celsius: Annotated[int, Query(ge=-30, le=45)] = 20) -> Bench:
    return await Bench(fuel).ready(celsius)


ReadyBench = Annotated[Bench, Depends(bench)]
numbers = count(1)
app = FastAPI(title="Engine bench")


@app.get("/estimates")
async def estimate(on: ReadyBench, minutes: Annotated[int, Query(ge=1, le=240)] = 30) -> Estimate:
    return Estimate(litres=on.litres(minutes, 50), glowed=on.plugs.cycles)


@app.post("/runs", status_code=201)
async def start(run: Run, on: ReadyBench) -> Started:
    return Started(number=next(numbers), fuel=on.fuel)
