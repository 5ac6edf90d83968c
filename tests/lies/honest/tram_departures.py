"""Next departures of trams at a stop."""

from enum import StrEnum
from typing import Annotated, Literal

from fastapi import FastAPI, Query
from pydantic import BaseModel

app = FastAPI()


class Line(StrEnum):
    A = "A"
    B = "B"
    NIGHT = "N"


class Departure(BaseModel):
    line: Line
    minutes: int
    low_floor: bool


BOARD = [Departure(line=line, minutes=4 * n, low_floor=n % 2 == 0) for n, line in enumerate(Line, 1)]


@app.get("/departures")
def departures(
    line: Annotated[list[Line], Query()] = [],  # noqa: B006
    within: Annotated[int | None, Query(ge=0, le=90)] = None,
    low_floor: bool | None = None,
    order: Literal["line", "minutes"] = "minutes",
    tags: Annotated[set[str] | None, Query(alias="tag")] = None,
) -> list[Departure]:
    found = [d for d in BOARD if not line or d.line in line]
    found = [d for d in found if within is None or d.minutes <= within]
    found = [d for d in found if low_floor is None or d.low_floor is low_floor]
    return sorted(found, key=lambda departure: getattr(departure, order))


@app.get("/lines/{line}")
def line_name(line: Line) -> str:
    return {"A": "Airport", "B": "Beach", "N": "Night line"}[line]
