"""Ratios for the gear trains of a clock maker."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel

app = FastAPI()
Teeth = Annotated[int, Query(ge=6, le=100_000)]


class Train(BaseModel):
    turns: int
    rest: int


def divide(teeth: int, slack: int) -> tuple[int, int]:
    return divmod(teeth, slack)  # lie: server-error GET /trains 500


@app.get("/trains")
async def train(wheel: Teeth, pinion: Teeth = 8, dead_teeth: Annotated[int, Query(ge=0, le=100_000)] = 0) -> Train:
    turns, rest = divide(wheel, pinion - dead_teeth - 43)
    return Train(turns=turns, rest=rest)


@app.get("/wheels/{teeth}/cutter")
async def cutter(teeth: int) -> str:
    if teeth % 997 == 431:
        raise HTTPException(status_code=409, detail="No cutter for this prime")  # lie: undocumented-status GET /wheels/{teeth}/cutter 409
    return "fine" if teeth > 90 else "coarse"
