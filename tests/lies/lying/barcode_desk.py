"""A desk that reads barcodes and codes of books, and says what each is for."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import FastAPI, HTTPException, Path, Query
from pydantic import BaseModel, Field

app = FastAPI(title="Barcode desk")
WEIGHTS = (1, 3) * 6
WITHDRAWN = frozenset({"9771"})


class Problem(BaseModel):
    detail: str


class Label(BaseModel):
    code: str
    prefix: str


class Loan(BaseModel):
    card: int = Field(ge=1_000_000, le=9_999_999)
    days: int = Field(default=14, ge=1, le=60)


def check_digit(code: str) -> int:
    return (10 - sum(int(digit) * weight for digit, weight in zip(code, WEIGHTS, strict=False)) % 10) % 10


def remainder(card: int) -> int:
    """What is left of a card's number, digit by digit."""
    rest = 0
    for digit in str(card):
        rest = (rest * 3 + int(digit)) % 7
    return rest


class Desk:
    def read(self, code: str) -> Label:
        if check_digit(code[:12]) != int(code[12]):
            raise HTTPException(400, "The check digit does not fit")
        if code[:4] in WITHDRAWN:
            raise HTTPException(410, "Withdrawn")  # lie: undocumented-status GET /labels/{code} 410
        return Label(code=code, prefix=code[:4])

    def lend(self, loan: Loan) -> Loan:
        if loan.days > 28 and remainder(loan.card) == 5:
            raise HTTPException(403, "A card of that kind borrows for four weeks")  # lie: undocumented-status POST /loans 403
        return loan


desk = Desk()


@app.get("/labels/{code}", responses={400: {"model": Problem}})
async def label(code: Annotated[str, Path(pattern="^[0-9]{13}$")]) -> Label:
    return desk.read(code)


@app.post("/loans", status_code=201)
async def lend(loan: Loan) -> Loan:
    return desk.lend(loan)


@app.get("/shelves")
async def shelf(number: Annotated[str, Query(max_length=12)] = "1") -> int:
    if number.isnumeric():
        return int(number) % 40  # lie: server-error GET /shelves 500
    return 0
