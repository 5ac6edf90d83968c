"""Counts the votes of an assembly, strictly."""

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

app = FastAPI(title="Assembly")


class Tally(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    yes: int = Field(ge=0, le=5000)
    no: int = Field(ge=0, le=5000)
    secret: bool
    motion: str = Field(pattern=r"^[A-Z]-[0-9]{1,4}$")


class Outcome(BaseModel):
    motion: str
    carried: bool


@app.post("/tallies")
async def tally(tally: Tally) -> Outcome:
    return Outcome(motion=tally.motion, carried=tally.yes > tally.no)
