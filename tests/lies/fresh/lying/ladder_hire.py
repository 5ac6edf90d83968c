"""Ladders for hire, by reach and by day."""
# ruff: noqa: E501

from enum import StrEnum
from itertools import count
from typing import Annotated, Any

from fastapi import FastAPI, Query
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field

LONGEST_HIRE = 28


class Make(StrEnum):
    ash = "ash"
    alloy = "alloy"


class Hire(BaseModel):
    make: Make
    rungs: int = Field(ge=3, le=40)
    days: int = Field(default=1, ge=1, le=60)


class Receipt(BaseModel):
    number: int
    cents: int


class Ladder(BaseModel):
    make: Make
    metres: int


class Tariff:
    """Long hires are cheaper by the day."""

    daily = {Make.ash: 650, Make.alloy: 900}

    def cents(self, hire: Hire) -> int:
        full, rest = divmod(hire.days, 7)
        return self.daily[hire.make] * (full * 5 + min(rest, 5)) + 20 * hire.rungs


LADDERS = [Ladder(make=Make.ash, metres=4), Ladder(make=Make.ash, metres=7), Ladder(make=Make.alloy, metres=14)]
Reach = Annotated[int, Query(ge=2, le=18, json_schema_extra={"maximum": 12}, description="In metres")]
numbers = count(1)
tariff = Tariff()
app = FastAPI(title="Ladder hire")


@app.get("/ladders")
async def ladders(reach: Reach = 4) -> list[Ladder]:  # lie: accepts-invalid-request GET /ladders 200
    return [ladder for ladder in LADDERS if ladder.metres >= reach]


@app.post("/hires", status_code=201)
async def hire(hire: Hire) -> Receipt:  # lie: accepts-invalid-request POST /hires 201
    return Receipt(number=next(numbers), cents=tariff.cents(hire))


def documented() -> dict[str, Any]:
    """The document for the public site, with the terms of hire filled in."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        terms = document["components"]["schemas"]["Hire"]["properties"]["days"]
        terms.update(maximum=LONGEST_HIRE, description=f"Up to {LONGEST_HIRE} days")
        app.openapi_schema = document
    return app.openapi_schema


app.openapi = documented
