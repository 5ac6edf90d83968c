"""Scores that a jury gives to divers."""

from typing import Annotated

from fastapi import FastAPI, Query
from pydantic import BaseModel, Field


class Result(BaseModel):
    judges: int
    mean: Annotated[float, Field(ge=0, le=10)]


class Panel:
    """Collects scores; trusted, so its results are not validated again."""

    def __init__(self, scores: list[int], bonus: int) -> None:
        self.scores = scores
        self.bonus = bonus

    def result(self) -> Result:
        mean = sum(self.scores) / len(self.scores) + self.bonus
        return Result.model_construct(judges=len(self.scores), mean=mean)


app = FastAPI(title="Diving")
Score = Annotated[int, Field(ge=0, le=10)]


@app.get("/result")
async def result(
    scores: Annotated[list[Score], Query(min_length=1)], bonus: Annotated[int, Query(ge=0, le=10)] = 0
) -> Result:
    return Panel(scores, bonus).result()  # lie: response-schema-mismatch GET /result 200
