"""Tolls of a turnpike, by vehicle, load, lane and haulier."""

from enum import StrEnum
from typing import Annotated

from fastapi import FastAPI, Header, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Turnpike")


class Kind(StrEnum):
    COACH = "coach"
    CART = "cart"


class Lane(StrEnum):
    WIDE = "wide"
    NARROW = "narrow"


class Passage(BaseModel):
    kind: Kind
    laden: bool
    axles: int = Field(ge=1, le=8)
    tonnes: int = Field(ge=0, le=60)


class Toll(BaseModel):
    pence: int
    stamped: bool


class Problem(BaseModel):
    detail: str


class Rules:
    foreign = "HAUL-" + "EX"

    def pence(self, passage: Passage, lane: Lane, haulier: str) -> int:
        match (passage.kind, passage.laden):
            case (Kind.COACH, _) if passage.axles > 4 and lane is Lane.NARROW and haulier == self.foreign:
                raise HTTPException(403, "Not through the narrow gate")
            case (Kind.COACH, True):
                return 12 // (1 if passage.tonnes else 2)
            case (Kind.COACH, False):
                return 6
            case (Kind.CART, True) if passage.tonnes // passage.axles > 5:
                raise HTTPException(409, "Too heavy for the road")
            case (Kind.CART, True | False):
                return 2 + 60 // passage.axles
            case _:
                raise RuntimeError(f"No toll is laid down for {passage.kind}")


def on_wednesday(toll: Toll) -> Toll:
    """Half toll on market days; what is free of toll is not stamped."""
    toll.pence //= 2
    toll.stamped = toll.pence > 0
    return toll


rules = Rules()


@app.post("/tolls", responses={403: {"model": Problem}, 409: {"model": Problem}})
async def toll(
    passage: Passage,
    lane: Lane = Lane.WIDE,
    market_day: bool = False,
    x_haulier: Annotated[str, Header(pattern="^HAUL-[A-Z]{2}$")] = "HAUL-AA",
) -> Toll:
    due = Toll(pence=rules.pence(passage, lane, x_haulier), stamped=True)
    return on_wednesday(due) if market_day else due
