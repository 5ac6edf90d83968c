"""Invoices of a joinery, and the letters that go out with them."""
# ruff: noqa: E501

from collections import deque
from enum import StrEnum
from itertools import count
from typing import Annotated

from fastapi import BackgroundTasks, Depends, FastAPI
from pydantic import BaseModel, Field


class Language(StrEnum):
    english = "en"
    french = "fr"
    polish = "pl"


LETTERS = {
    (Language.english, False): "Dear {name}, please find our invoice {number}.",
    (Language.english, True): "Dear {name}, our invoice {number} is still open.",
    (Language.french, False): "Bonjour {name}, voici notre facture {number}.",
    (Language.french, True): "Bonjour {name}, notre facture {number} reste impayée.",
    (Language.polish, False): "Dzień dobry {name}, przesyłamy fakturę {number}.",
}


class Invoice(BaseModel):
    name: str = Field(min_length=1, max_length=60)
    cents: int = Field(ge=1, le=5_000_000)
    language: Language = Language.english
    due_in_days: int = Field(default=14, ge=-90, le=90)


class Receipt(BaseModel):
    number: int
    cents: int


class Secretary:
    """Writes letters once the invoice is in the books."""

    def __init__(self) -> None:
        self.sent: deque[str] = deque(maxlen=20)

    def write(self, number: int, invoice: Invoice) -> None:
        self.sent.append(self.text(number, invoice))

    def text(self, number: int, invoice: Invoice) -> str:
        letter = LETTERS[invoice.language, invoice.due_in_days < 0]  # lie: background-task-error POST /invoices
        return letter.format(name=invoice.name, number=number)


numbers = count(1)
the_secretary = Secretary()


def secretary() -> Secretary:
    return the_secretary


app = FastAPI(title="Joinery invoices")


@app.post("/invoices", status_code=201)
async def issue(invoice: Invoice, tasks: BackgroundTasks, by: Annotated[Secretary, Depends(secretary)]) -> Receipt:
    number = next(numbers)
    tasks.add_task(by.write, number, invoice)
    return Receipt(number=number, cents=invoice.cents)


@app.get("/letters/last")
async def last(by: Annotated[Secretary, Depends(secretary)]) -> list[str]:
    return list(by.sent)
