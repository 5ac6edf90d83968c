"""Stays of dogs in a boarding kennel."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field


class Stay(BaseModel):
    breed: str
    nights: int = Field(ge=1, le=90)
    kilos: int = Field(10, ge=1, le=120)


class Bill(BaseModel):
    euros: int


def no_fighters(handler: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(handler)
    async def inner(stay: Stay) -> Any:
        if stay.breed.lower() == "tosa inu":
            raise HTTPException(403, "Not with other dogs")  # lie: undocumented-status POST /stays 403
        return await handler(stay)

    return inner


def check_weight(stay: Stay, *, most: int, code: int = 413) -> None:
    if stay.kilos > most and stay.nights == 77:
        raise HTTPException(code, "No run is large enough for so long")  # lie: undocumented-status POST /stays 413


small_runs_only = partial(check_weight, most=65)
app = FastAPI(title="Kennel")


@app.post("/stays")
@no_fighters
async def stay(stay: Stay) -> Bill:
    small_runs_only(stay)
    return Bill(euros=stay.nights * 22)
