"""Tanks of an aquarium: their water, and what their fish are fed."""
# ruff: noqa: E501

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Annotated

from fastapi import FastAPI, HTTPException, Path
from pydantic import BaseModel, Field

LITRES_PER_FISH = 20


class Work(StrEnum):
    cleaning = "cleaning"
    refill = "refill"
    quarantine = "quarantine"


@dataclass
class Tank:
    number: int
    capacity: int
    litres: int
    fish: int


class Problem(BaseModel):
    detail: str


class LevelChange(BaseModel):
    litres: int = Field(ge=-500, le=500)
    work: Work


class Level(BaseModel):
    tank: int
    litres: int


class Ration(BaseModel):
    grams: int = Field(ge=0, le=200)


class Feeding(BaseModel):
    tank: int
    milligrams_each: int = 0


class Maintenance:
    """Lends a tank out for work; what was done is checked, and undone where it must not stay."""

    def __init__(self, tank: Tank, work: Work) -> None:
        self.tank, self.work, self.before = tank, work, tank.litres

    def __enter__(self) -> Tank:
        return self.tank

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        left, self.tank.litres = self.tank.litres, self.before
        if not 0 <= left <= self.tank.capacity:
            raise HTTPException(409, "The tank does not hold that")
        if self.work is Work.quarantine and left < self.tank.fish * LITRES_PER_FISH:
            raise HTTPException(412, "Too little water to keep them apart")  # lie: undocumented-status PATCH /tanks/{number}/level 412
        self.tank.litres = left


@contextmanager
def rationed(tank: Tank, grams: int) -> Iterator[Feeding]:
    feeding = Feeding(tank=tank.number)
    yield feeding
    if grams:
        feeding.milligrams_each = grams * 1000 // tank.fish  # lie: server-error POST /tanks/{number}/feedings 500


TANKS = {1: Tank(1, 400, 300, 6), 2: Tank(2, 800, 600, 14), 3: Tank(3, 200, 150, 0)}
Number = Annotated[int, Path(ge=1, le=3)]
app = FastAPI(title="Aquarium")


@app.patch("/tanks/{number}/level", responses={409: {"model": Problem}})
async def change_level(number: Number, change: LevelChange) -> Level:
    with Maintenance(TANKS[number], change.work) as tank:
        tank.litres += change.litres
    return Level(tank=number, litres=tank.litres)


@app.post("/tanks/{number}/feedings", status_code=201)
async def feed(number: Number, ration: Ration) -> Feeding:
    with rationed(TANKS[number], ration.grams) as feeding:
        feeding.tank = number
    return feeding
