"""A tip jar for street musicians, counted in decimals."""

from decimal import Decimal
from typing import Annotated

from fastapi import FastAPI, Query
from pydantic import BaseModel

app = FastAPI()


class Tip(BaseModel):
    amount: Decimal
    currency: str = "EUR"


class Thanks(BaseModel):
    generous: bool
    jar: Decimal


@app.post("/tips", status_code=201)
async def tip(tip: Tip) -> Thanks:
    return Thanks(generous=tip.amount >= 5, jar=Decimal("12.50"))


@app.get("/tips/rounded")
async def rounded(amount: Annotated[Decimal, Query()] = Decimal(1)) -> bool:
    return amount == amount.to_integral_value()
