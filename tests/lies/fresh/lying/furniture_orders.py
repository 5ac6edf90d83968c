"""Orders of a furniture maker, from the workshop to the customer's door."""
# ruff: noqa: E501

from enum import StrEnum, auto
from itertools import count
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Response
from pydantic import BaseModel, Field


class State(StrEnum):
    placed = auto()
    shipped = auto()
    cancelled = auto()
    returning = auto()


class Event(StrEnum):
    ship = auto()
    cancel = auto()


NEXT = {
    (State.placed, Event.ship): State.shipped,
    (State.placed, Event.cancel): State.cancelled,
    (State.shipped, Event.cancel): State.returning,
}


class Problem(BaseModel):
    detail: str


class NewOrder(BaseModel):
    piece: str = Field(min_length=1, max_length=40)
    pieces: int = Field(default=1, ge=1, le=12)


class Order(BaseModel):
    order_id: int
    piece: str
    pieces: int
    state: State = State.placed


class OrderBook:
    def __init__(self) -> None:
        self._ids = count(1)
        self._orders: dict[int, Order] = {}

    def place(self, new: NewOrder) -> Order:
        order = Order(order_id=next(self._ids), piece=new.piece, pieces=new.pieces)
        self._orders[order.order_id] = order
        return order

    def get(self, order_id: int) -> Order:
        try:
            return self._orders[order_id]
        except KeyError:
            raise HTTPException(404, "No such order") from None

    def advance(self, order_id: int, event: Event) -> Order:
        order = self.get(order_id)
        if (order.state, event) not in NEXT:
            raise HTTPException(409, f"It is {order.state}")
        order.state = NEXT[order.state, event]
        return order


the_book = OrderBook()


def order_book() -> OrderBook:
    return the_book


Book = Annotated[OrderBook, Depends(order_book)]
router = APIRouter(prefix="/orders/{order_id}", responses={404: {"model": Problem}})


@router.get("")
async def show(order_id: int, book: Book) -> Order:
    return book.get(order_id)


@router.post("/shipment", responses={409: {"model": Problem}})
async def ship(order_id: int, book: Book) -> Order:
    return book.advance(order_id, Event.ship)


@router.post("/cancellation", responses={409: {"model": Problem}})
async def cancel(order_id: int, book: Book, response: Response) -> Order:
    order = book.advance(order_id, Event.cancel)
    if order.state is State.returning:
        response.status_code = 202  # lie: undocumented-status POST /orders/{order_id}/cancellation 202
    return order


app = FastAPI(title="Furniture orders")
app.include_router(router)


@app.post("/orders", status_code=201)
async def place(new: NewOrder, book: Book) -> Order:
    return book.place(new)
