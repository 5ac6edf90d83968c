"""Splits a restaurant bill."""

from typing import Annotated

from fastapi import FastAPI
from pydantic import BaseModel, Field


class Bill(BaseModel):
    cents: Annotated[int, Field(ge=0, le=1_000_000)]
    guests: Annotated[int, Field(ge=0, le=100)]
    tip_percent: Annotated[int, Field(ge=0, le=30)] = 10


class Share(BaseModel):
    cents: int
    left_over: int


app = FastAPI()


@app.post("/shares")
async def split(bill: Bill) -> Share:
    total = bill.cents * (100 + bill.tip_percent) // 100
    each, rest = divmod(total, bill.guests)  # lie: server-error POST /shares 500
    return Share(cents=each, left_over=rest)
