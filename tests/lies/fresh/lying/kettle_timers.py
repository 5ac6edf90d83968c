"""Timers for the kettles of a dye works."""

from time import sleep
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from pydantic import BaseModel

app = FastAPI()
SETTLE_S = 0.002


class Kettle(BaseModel):
    number: int
    degrees: int


def settled(attempts: int) -> int:
    for _ in range(attempts):
        sleep(SETTLE_S)  # lie: blocking-call GET /kettles/{number}
    return attempts


async def slow_sensor(careful: bool = False) -> bool:
    if careful:
        sleep(0.001)  # lie: blocking-call GET /average
    return careful


@app.get("/kettles/{number}")
async def kettle(number: int, steady: bool = False) -> Kettle:
    degrees = 60 + number % 38
    if steady:
        degrees += settled(2)
    return Kettle(number=number, degrees=degrees)


@app.get("/average")
async def average(careful: Annotated[bool, Depends(slow_sensor)], last: int = Query(5, ge=1, le=50)) -> int:
    return 71 if careful else 70 + last % 2


@app.get("/kettles/{number}/rest")
def rest(number: int) -> int:
    sleep(SETTLE_S)
    return number % 12
