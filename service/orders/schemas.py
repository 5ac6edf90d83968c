"""The bodies of orders."""

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from service.orders.store import OrderStatus
from service.paging import Page
from service.wire import WHOLE, Cents, Id, RequestBody, ResponseBody

MAX_LINES = 20
MAX_QUANTITY = 100

Quantity = Annotated[int, Field(ge=1, le=MAX_QUANTITY), WHOLE]


class NewLine(RequestBody):
    """Some copies of one book."""

    book_id: Id
    quantity: Quantity


class NewOrder(RequestBody):
    """What a reader wants to buy."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"lines": [{"book_id": 1, "quantity": 2}]}]})

    lines: Annotated[list[NewLine], Field(min_length=1, max_length=MAX_LINES)]


class OrderLine(ResponseBody):
    """Some copies of one book, with its title and price on the day of the order."""

    book_id: Id
    title: str
    price_cents: Cents
    quantity: Quantity


class Order(ResponseBody):
    """An order."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 5,
                    "status": "paid",
                    "lines": [{"book_id": 1, "title": "The Waves", "price_cents": 1299, "quantity": 2}],
                    "total_cents": 2598,
                    "placed_at": "2026-03-02T17:00:00Z",
                    "paid_at": "2026-03-02T17:05:00Z",
                }
            ]
        }
    )

    id: Id
    status: OrderStatus
    lines: Annotated[list[OrderLine], Field(min_length=1, max_length=MAX_LINES)]
    total_cents: Annotated[int, Field(ge=0, description="What the order costs, in cents.")]
    placed_at: datetime
    paid_at: datetime | None


class OrderPage(Page[Order]):
    """Some of an account's orders, oldest first."""
