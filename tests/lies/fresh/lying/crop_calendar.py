"""The calendar of a market garden: when crops are sown, and when they are ripe."""
# ruff: noqa: E501

from datetime import date, timedelta
from enum import StrEnum

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

# Seasons are compared within one year, whatever year it is.
REFERENCE_YEAR = 2023


class Crop(StrEnum):
    radish = "radish"
    leek = "leek"
    kale = "kale"


class Season(StrEnum):
    rest = "rest"
    sowing = "sowing"
    harvest = "harvest"


RIPENS = {Crop.radish: timedelta(weeks=4), Crop.leek: timedelta(weeks=20), Crop.kale: timedelta(weeks=12)}
STARTS = ((date(REFERENCE_YEAR, 11, 1), Season.rest), (date(REFERENCE_YEAR, 7, 1), Season.harvest), (date(REFERENCE_YEAR, 3, 1), Season.sowing))


class Problem(BaseModel):
    detail: str


class Sowing(BaseModel):
    crop: Crop
    sown: date
    harvested: date


class Plan(BaseModel):
    crop: Crop
    week: int
    spare_days: int


def season_of(day: date) -> Season:
    marker = day.replace(year=REFERENCE_YEAR)  # lie: server-error GET /season 500
    return next((season for start, season in STARTS if marker >= start), Season.rest)


class Calendar:
    """A board with a column for each of the 52 weeks."""

    weeks = 52

    def column(self, day: date) -> int:
        week = day.isocalendar().week
        if week > self.weeks:
            raise HTTPException(409, "The board has no column for that week")  # lie: undocumented-status POST /sowings 409
        return week

    def plan(self, sowing: Sowing) -> Plan:
        spare = sowing.harvested - sowing.sown - RIPENS[sowing.crop]
        if spare < timedelta(0):
            raise HTTPException(400, "It will not be ripe by then")
        return Plan(crop=sowing.crop, week=self.column(sowing.sown), spare_days=spare.days)


calendar = Calendar()
app = FastAPI(title="Crop calendar")


@app.get("/season")
async def season(day: date) -> Season:
    return season_of(day)


@app.post("/sowings", status_code=201, responses={400: {"model": Problem}})
async def sow(sowing: Sowing) -> Plan:
    return calendar.plan(sowing)
