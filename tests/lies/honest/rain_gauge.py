"""Readings of rain gauges in the hills."""

from collections import deque
from typing import Annotated

from fastapi import FastAPI, Query
from pydantic import BaseModel, Field, FiniteFloat

app = FastAPI(title="Rain")


class Reading(BaseModel):
    gauge: int
    millimetres: float = Field(ge=0, le=900)
    frozen: bool = False


readings: deque[Reading] = deque(maxlen=30)


@app.post("/readings", status_code=201)
async def record(reading: Reading) -> Reading:
    readings.append(reading)
    return reading


@app.get("/readings")
async def above(millimetres: float = 0.0, gauge: int | None = None) -> list[Reading]:
    return [r for r in readings if r.millimetres >= millimetres and gauge in (None, r.gauge)]


@app.get("/inches")
async def inches(millimetres: Annotated[FiniteFloat, Query(ge=0, le=900)]) -> float:
    return round(millimetres / 25.4, 3)
