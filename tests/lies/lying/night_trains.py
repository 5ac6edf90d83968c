"""Searches sleeper trains between two dates."""

from datetime import date
from typing import Annotated, Self

from fastapi import FastAPI, Query
from pydantic import BaseModel, model_validator


class Search(BaseModel):
    first: date
    last: date
    berths: int = 1

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("last comes before first")  # lie: rejects-valid-request POST /searches 422
        return self


app = FastAPI()


@app.post("/searches")
def search(query: Search) -> Search:
    return query


@app.get("/compartments")
def compartments(berths: Annotated[int, Query(ge=0, le=40, multiple_of=2)] = 2) -> int:
    return berths // 2
