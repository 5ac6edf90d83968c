"""Batches of acorns, and the plantings that use them up."""
# ruff: noqa: E501

from typing import Annotated
from uuid import UUID

from fastapi import FastAPI, Header, HTTPException, Path, Response, status
from pydantic import BaseModel, Field

app = FastAPI(title="Acorns")
Code = Annotated[str, Path(pattern="^[A-Z][0-9]{3}$")]


class Batch(BaseModel):
    species: str = Field(max_length=40)
    acorns: int = Field(ge=1, le=100_000)


class Stock(BaseModel):
    species: str
    left: int = Field(ge=0)


class Planting(BaseModel):
    acorns: int = Field(ge=1, le=100_000)
    bed: int = Field(ge=1, le=400)


class Planted(Planting):
    batch: str
    by_machine: bool


stocks: dict[str, Stock] = {}
done: dict[UUID, Planted] = {}

BY_HAND = 500


def stock_or_404(code: str) -> Stock:
    if (stock := stocks.get(code)) is not None:
        return stock
    raise HTTPException(status.HTTP_404_NOT_FOUND, "No such batch")


def schedule(order: Planting, response: Response) -> bool:
    """Whether the planting machine has to come, which it does overnight."""
    machine = order.acorns > BY_HAND
    if machine:
        response.status_code = status.HTTP_202_ACCEPTED
    return machine


@app.put("/batches/{code}")
async def store(code: Code, batch: Batch, response: Response) -> Stock:
    if code not in stocks:
        response.status_code = status.HTTP_201_CREATED  # lie: undocumented-status PUT /batches/{code} 201
    stocks[code] = Stock(species=batch.species, left=batch.acorns)
    return stocks[code]


@app.get("/batches/{code}", responses={404: {"description": "No such batch"}})
async def stock(code: Code) -> Stock:
    return stock_or_404(code)


@app.post(
    "/batches/{code}/plantings",
    status_code=201,
    responses={
        202: {"description": "Planted overnight", "model": Planted},
        404: {"description": "No such batch"},
        409: {"description": "Not enough acorns"},
    },
)
async def plant(code: Code, order: Planting, response: Response, idempotency_key: Annotated[UUID | None, Header()] = None) -> Planted:
    if idempotency_key is not None and idempotency_key in done:
        response.status_code = status.HTTP_200_OK  # lie: undocumented-status POST /batches/{code}/plantings 200
        return done[idempotency_key]
    stock = stock_or_404(code)
    if stock.left < order.acorns:
        raise HTTPException(status.HTTP_409_CONFLICT, f"{stock.left} acorns are left")
    stock.left -= order.acorns
    planted = Planted(**order.model_dump(), batch=code, by_machine=schedule(order, response))
    if idempotency_key is not None:
        done[idempotency_key] = planted
    return planted
