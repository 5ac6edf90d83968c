"""A code wheel: multiplies letters, and finds the factor that undoes it."""

from itertools import count
from typing import Annotated

from fastapi import FastAPI, Query
from pydantic import BaseModel

app = FastAPI(title="Code wheel")


class Wheel(BaseModel):
    factor: int
    undo: int


@app.get("/wheel")
async def wheel(factor: Annotated[int, Query(ge=1, le=40)], letters: Annotated[int, Query(ge=2, le=40)] = 26) -> Wheel:
    undo = next(n for n in count(1) if factor * n % letters == 1)  # lie: no-answer GET /wheel
    return Wheel(factor=factor, undo=undo)
