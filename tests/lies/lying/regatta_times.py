"""Results of a rowing regatta."""

from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI()


class Race(BaseModel):
    seconds: list[int] = Field(max_length=8)


class Result(BaseModel):
    best: int
    spread: int


def result(seconds: list[int]) -> Result:
    best = min(seconds)  # lie: server-error POST /races/result 500
    return Result(best=best, spread=max(seconds) - best)


@app.post("/races/result")
async def race(race: Race) -> Result:
    return result(race.seconds)
