"""Receives vaccine lots into a cold room and plans their pallets."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import FastAPI, HTTPException, Path
from pydantic import BaseModel, Field

RECALLED_SERIES = frozenset({4071, 5512})
BOXES_PER_LAYER = 960
app = FastAPI(title="Cold room")


class Problem(BaseModel):
    detail: str


class Receipt(BaseModel):
    lot: int = Field(ge=10_000_000, le=99_999_999)
    doses: int = Field(ge=1, le=5_000)


class Stored(Receipt):
    id: int


class Pallet(BaseModel):
    lot: int
    layers: int


def check_digit_fits(lot: int) -> bool:
    """Whether the last digit is the one that the others ask for."""
    total = 0
    for place, digit in enumerate(reversed(str(lot))):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


class ColdRoom:
    def __init__(self) -> None:
        self.stored: list[Stored] = []

    def receive(self, receipt: Receipt) -> Stored:
        if not check_digit_fits(receipt.lot):
            raise HTTPException(400, "The check digit does not fit")
        series = receipt.lot // 10_000
        if series in RECALLED_SERIES:
            raise HTTPException(409, "The series was recalled")  # lie: undocumented-status POST /receipts 409
        self.stored.append(Stored(**receipt.model_dump(), id=len(self.stored) + 1))
        return self.stored[-1]

    def pallet(self, lot: int) -> Pallet:
        step = lot % 97
        return Pallet(lot=lot, layers=BOXES_PER_LAYER // step)  # lie: server-error GET /lots/{lot}/pallet 500


room = ColdRoom()


@app.post("/receipts", status_code=201, responses={400: {"model": Problem}})
async def receive(receipt: Receipt) -> Stored:
    return room.receive(receipt)


@app.get("/receipts")
async def received() -> list[Stored]:
    return room.stored


@app.get("/lots/{lot}/pallet")
async def pallet(lot: Annotated[int, Path(ge=10_000_000, le=99_999_999)]) -> Pallet:
    return room.pallet(lot)
