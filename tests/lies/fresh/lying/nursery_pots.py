"""Takes orders for potted plants of a tree nursery, and quotes them."""
# ruff: noqa: E501

from enum import StrEnum
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field

LORRY_LITRES = 45_000
TUBS_IN_STOCK = 450
app = FastAPI(title="Nursery")


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"
    TUB = "tub"

    @property
    def litres(self) -> int:
        return {"small": 2, "large": 12, "tub": 40}[self.value]


class Item(BaseModel):
    plant: str = Field(pattern="^[a-z]{2,20}$")
    size: Size
    quantity: int = Field(ge=1, le=500)

    @property
    def litres(self) -> int:
        return self.quantity * self.size.litres


class Order(BaseModel):
    customer: int = Field(ge=1, le=9_999)
    items: list[Item] = Field(min_length=1, max_length=20)


class Confirmation(BaseModel):
    number: int
    litres: int


class Quote(BaseModel):
    cents: int


class Problem(BaseModel):
    detail: str


def deliverable(order: Order) -> Order:
    """Refuse what does not stand in the yard or does not go on one lorry."""
    if any(item.quantity > TUBS_IN_STOCK for item in order.items if item.size is Size.TUB):
        raise HTTPException(409, "So many tubs are not in stock")
    if sum(item.litres for item in order.items) > LORRY_LITRES:
        raise HTTPException(413, "More than a lorry takes")  # lie: undocumented-status POST /orders 413
    return order


Deliverable = Annotated[Order, Depends(deliverable)]
orders: list[Order] = []


@app.post("/quotes", responses={409: {"model": Problem}, 413: {"model": Problem}})
async def quote(order: Deliverable) -> Quote:
    return Quote(cents=sum(item.litres * 85 for item in order.items))


@app.post("/orders", status_code=201, responses={409: {"model": Problem}})
async def place(order: Deliverable) -> Confirmation:
    orders.append(order)
    return Confirmation(number=len(orders), litres=sum(item.litres for item in order.items))
