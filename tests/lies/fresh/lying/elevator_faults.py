"""Fault reports from the lifts of an office tower."""
# ruff: noqa: E501

from enum import StrEnum, auto
from http import HTTPStatus
from itertools import count

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class Sign(StrEnum):
    door = auto()
    noise = auto()
    stopped = auto()
    bell = auto()


class Handling(StrEnum):
    logged = auto()
    queued = auto()
    dispatched = auto()
    dismissed = auto()


ANSWERS = {
    Handling.logged: HTTPStatus.CREATED,
    Handling.queued: HTTPStatus.ACCEPTED,
    Handling.dispatched: HTTPStatus.ACCEPTED,
    Handling.dismissed: HTTPStatus.ALREADY_REPORTED,
}


class Report(BaseModel):
    lift: int = Field(ge=1, le=12)
    floor: int = Field(ge=-3, le=44)
    sign: Sign
    passengers: int = Field(default=0, ge=0, le=16)


class Receipt(BaseModel):
    number: int
    handling: Handling


class Triage:
    """Decides who has to come, and how soon."""

    ground_floors = range(-3, 1)

    def __call__(self, report: Report) -> Handling:
        if report.sign is Sign.stopped:
            return Handling.dispatched if report.passengers else Handling.queued
        if report.sign is Sign.bell and report.passengers == 0:
            # Somebody tries the bell on the way in.
            return Handling.dismissed if report.floor in self.ground_floors else Handling.logged
        return Handling.queued if report.passengers > 8 else Handling.logged


triage = Triage()
numbers = count(1)
app = FastAPI(title="Lift desk")


@app.post("/reports", status_code=201, responses={202: {"model": Receipt, "description": "Somebody is on the way"}})
async def report(report: Report) -> Receipt:
    handling = triage(report)
    receipt = Receipt(number=next(numbers), handling=handling)
    return JSONResponse(receipt.model_dump(mode="json"), status_code=ANSWERS[handling])  # lie: undocumented-status POST /reports 208
