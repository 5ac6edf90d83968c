"""Tills on ferries between countries, each for one currency, and bundles of rolled coins."""
# ruff: noqa: E501

from decimal import Decimal
from enum import StrEnum

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Ferry tills")


class Detail(BaseModel):
    detail: str


class Coin(StrEnum):
    EUR = "EUR"
    NOK = "NOK"
    ISK = "ISK"


class Money(BaseModel):
    amount: Decimal = Field(max_digits=9, decimal_places=2)
    coin: Coin


class Till(BaseModel):
    id: int
    coin: Coin
    amount: Decimal


tills: dict[int, Till] = {}


@app.post("/tills", status_code=201)
def opened(coin: Coin) -> Till:
    till = Till(id=len(tills) + 1, coin=coin, amount=Decimal(0))
    tills[till.id] = till
    return till


@app.post("/tills/{id}/put", responses={404: {"model": Detail}})
def put(id: int, money: Money) -> Till:
    if id not in tills:
        raise HTTPException(404, "No such till")
    if money.coin != tills[id].coin:
        raise HTTPException(409, "Another currency")  # lie: undocumented-status POST /tills/{id}/put 409
    if money.coin is Coin.ISK and money.amount != money.amount.to_integral_value():
        raise HTTPException(406, "There are no parts of a króna")  # lie: undocumented-status POST /tills/{id}/put 406
    tills[id].amount += money.amount
    return tills[id]


@app.post("/bundles")
def bundle(rolls: list[Money]) -> int:
    if len(rolls) > 24:
        raise HTTPException(413, "Too heavy")  # lie: undocumented-status POST /bundles 413
    return len(rolls)
