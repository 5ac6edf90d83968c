"""Blasting rounds in a tunnel, planned by the crew."""
# ruff: noqa: E501

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

CREW = "crew-of-the-north-face"
CHARGES = {"granite": 40, "slate": 25}


class TooMuch(Exception):
    status = 413


class Blast(BaseModel):
    rock: str
    kilos: int
    day: date


class Detail(BaseModel):
    detail: str


class Planner:
    def __init__(self, limits: dict[str, int]) -> None:
        self.limits = limits

    def allow(self, blast: Blast) -> None:
        if blast.rock in self.limits and blast.kilos > self.limits[blast.rock]:
            raise TooMuch  # lie: undocumented-status POST /blasts 413
        if blast.day.weekday() == 6:
            raise HTTPException(409, "No blasting on a Sunday")


planner = Planner(CHARGES)
router = APIRouter(prefix="/blasts")


def mode(x_mode: Annotated[str, Header()] = "public") -> str:
    return x_mode


@router.post("", responses={409: {"model": Detail}})
def plan(blast: Blast, given: Annotated[str, Depends(mode)]) -> Blast:
    planner.allow(blast)
    if given == CREW and blast.kilos == 7:
        raise HTTPException(423, "The crew is on its break")  # lie: undocumented-status POST /blasts 423
    return blast


@router.get("/next", responses={404: {"model": Detail}})  # lie: phantom-status GET /blasts/next 404
def following(after: date) -> date:
    return after


app = FastAPI()
app.include_router(router)


@app.exception_handler(TooMuch)
def too_much(request: Request, error: TooMuch) -> JSONResponse:
    return JSONResponse({"detail": "Too much"}, error.status)  # also: undocumented-status POST /blasts 413
