"""Sums up the readings of rain gauges in a valley."""
# ruff: noqa: E501

from collections.abc import Callable, Sequence
from enum import StrEnum
from statistics import median, stdev
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel

READINGS: dict[str, tuple[int, ...]] = {
    "mill-race": (4, 0, 11, 7, 0, 0, 23, 5),
    "chapel-hill": (9, 2, 0, 31, 6),
    "weir-cottage": (0, 0, 14, 3, 8, 1),
}
app = FastAPI(title="Rainfall")


class Measure(StrEnum):
    TOTAL = "total"
    MIDDLE = "middle"
    SPREAD = "spread"
    DRIFT = "drift"


class Figure(BaseModel):
    gauge: str
    measure: Measure
    millimetres: int


class Problem(BaseModel):
    detail: str


def middle(values: Sequence[int]) -> int:
    return round(median(values))


def spread(values: Sequence[int]) -> int:
    return round(stdev(values))  # lie: server-error GET /gauges/{gauge}/figures 500


def drift(values: Sequence[int]) -> int:
    if len(values) < 4:
        raise HTTPException(409, "Too few readings to see a drift")  # lie: undocumented-status GET /gauges/{gauge}/figures 409
    half = len(values) // 2
    return sum(values[half:]) - sum(values[:half])


FIGURES: dict[Measure, Callable[[Sequence[int]], int]] = {
    Measure.TOTAL: sum,
    Measure.MIDDLE: middle,
    Measure.SPREAD: spread,
    Measure.DRIFT: drift,
}


@app.get("/gauges")
async def gauges() -> list[str]:
    return sorted(READINGS)


@app.get("/gauges/{gauge}/figures", responses={404: {"model": Problem}})
async def figure(
    gauge: str,
    measure: Measure = Measure.TOTAL,
    last: Annotated[int, Query(ge=1, le=60, description="How many readings to take")] = 30,
) -> Figure:
    readings = READINGS.get(gauge)
    if readings is None:
        raise HTTPException(404, "No such gauge")
    return Figure(gauge=gauge, measure=measure, millimetres=FIGURES[measure](readings[-last:]))
