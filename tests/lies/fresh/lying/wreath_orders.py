"""Orders for wreaths: made, paid, sent, and sometimes called off."""

from itertools import count

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Wreaths")
MISSING = {404: {"description": "No such order"}}
CONFLICT = {409: {"description": "Not in this state"}}
numbers = count(1)


class NewOrder(BaseModel):
    ribbon: str = Field(max_length=60)


class Order(NewOrder):
    id: int
    state: str = "new"


orders: dict[int, Order] = {}


def find(order_id: int) -> Order:
    try:
        return orders[order_id]
    except KeyError:
        raise HTTPException(404, "No such order") from None


def advance(order_id: int, before: str, after: str) -> Order:
    order = find(order_id)
    if order.state != before:
        raise HTTPException(409, f"The order is {order.state}")
    order.state = after
    return order


@app.post("/orders", status_code=201)
async def create(new: NewOrder) -> Order:
    order = Order(id=next(numbers), ribbon=new.ribbon)
    orders[order.id] = order
    return order


@app.post("/orders/{order_id}/payment", responses=MISSING | CONFLICT)
async def pay(order_id: int) -> Order:
    return advance(order_id, "new", "paid")


@app.post("/orders/{order_id}/shipment", responses=MISSING | CONFLICT)
async def ship(order_id: int) -> Order:
    return advance(order_id, "paid", "shipped")


@app.delete("/orders/{order_id}", status_code=204, responses=MISSING)
async def cancel(order_id: int) -> None:
    order = find(order_id)
    if order.state == "shipped":
        raise HTTPException(409, "Already on its way")  # lie: undocumented-status DELETE /orders/{order_id} 409
    order.state = "cancelled"
