"""Tide tables: when the water is high, and for how long one may walk."""

from datetime import date, time, timedelta
from uuid import UUID, uuid5

from fastapi import FastAPI, Path, Query
from pydantic import AwareDatetime, BaseModel

HARBOUR = UUID("6f1c9f2e-9a55-4a0e-8f57-0d8d6f0a1b2c")
app = FastAPI(title="Tides")


class Tide(BaseModel):
    day: date
    table: UUID
    high_minute: int


class Walk(BaseModel):
    starts: AwareDatetime
    lasts: timedelta


class Advice(BaseModel):
    starts: AwareDatetime
    too_long: bool


@app.get("/tides/{day}")
def tide(day: date, harbour: UUID = HARBOUR) -> Tide:
    return Tide(day=day, table=uuid5(harbour, day.isoformat()), high_minute=day.toordinal() * 50 % 1440)


@app.post("/walks")
def walk(walk: Walk) -> Advice:
    return Advice(starts=walk.starts, too_long=walk.lasts > timedelta(hours=2))


@app.get("/walks/longest")
def longest(lasts: timedelta = Query(timedelta(hours=1)), after: time | None = None) -> bool:
    return lasts > timedelta(hours=2) and after is not None


@app.get("/tables/{table}", response_model=UUID)
def table(table: UUID = Path()):
    return table
