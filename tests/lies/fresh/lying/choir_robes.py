"""Lends robes to singers and writes down who has one."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel, Field

app = FastAPI(title="Robes")


class Basket:
    """Collects changes and hands them to the wardrobe when the request is over."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def flush(self) -> None:
        for size in self.sizes:
            if size == 58:
                raise ValueError(f"no rail for size {size}")  # lie: background-task-error POST /loans
        self.sizes.clear()


async def basket() -> AsyncIterator[Basket]:
    current = Basket()
    yield current
    current.flush()


class Loan(BaseModel):
    singer: str = Field(max_length=80)
    size: int = Field(ge=30, le=70)


class Lent(BaseModel):
    size: int


@app.post("/loans", status_code=201)
async def lend(loan: Loan, basket: Annotated[Basket, Depends(basket)]) -> Lent:
    basket.sizes.append(loan.size)
    return Lent(size=loan.size)
