"""Weights of the eggs of one day, and how much they differ."""

import statistics

from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI()
weights: list[float] = []


class Egg(BaseModel):
    grams: float = Field(gt=0, le=200)


class Spread(BaseModel):
    eggs: int
    grams: float


@app.post("/eggs", status_code=201)
def lay(egg: Egg) -> Egg:
    weights.append(egg.grams)
    return egg


@app.get("/eggs/spread")
def spread() -> Spread:
    if not weights:
        return Spread(eggs=0, grams=0)
    return Spread(eggs=len(weights), grams=statistics.stdev(weights))  # lie: server-error GET /eggs/spread 500


@app.delete("/eggs", status_code=204)
def collect() -> None:
    weights.clear()
