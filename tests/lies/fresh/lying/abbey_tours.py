"""Tours of an abbey, booked by parties that may hold a voucher."""
# ruff: noqa: E501

from enum import StrEnum
from itertools import count
from typing import Annotated, Self

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field, field_validator, model_validator

PARTY_PER_GUIDE = 10
LATIN_GUIDES = 3
FREE_SERIAL = "1147"
SPENT_SERIAL = "40090"


class Problem(BaseModel):
    detail: str


class Tongue(StrEnum):
    english = "en"
    german = "de"
    latin = "la"


class TourRequest(BaseModel):
    party: int = Field(ge=1, le=40)
    guides: int | None = Field(default=None, ge=1, le=6)
    tongue: Tongue = Tongue.english
    voucher: str = Field(default="", pattern=r"^([a-z]{2}-[0-9]{4,8})?$", description="Issuer and serial, as in gb-0001147")

    @field_validator("voucher")
    @classmethod
    def serial_only(cls, value: str) -> str:
        return value.partition("-")[2].lstrip("0")

    @model_validator(mode="after")
    def staff(self) -> Self:
        if self.guides is None:
            self.guides = -(-self.party // PARTY_PER_GUIDE)
        return self


class Tour(BaseModel):
    number: int
    guides: int
    cents: int


class TourDesk:
    """Takes bookings, and says what they cost."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def book(self, asked: TourRequest) -> Tour:
        guides = asked.guides or 1
        if guides > asked.party:
            raise HTTPException(409, "There are more guides than guests")
        if asked.tongue is Tongue.latin and guides > LATIN_GUIDES:
            raise HTTPException(406, "Not that many of us speak Latin")  # lie: undocumented-status POST /tours 406
        return Tour(number=next(self._numbers), guides=guides, cents=self._price(asked))

    def _price(self, asked: TourRequest) -> int:
        if asked.voucher == SPENT_SERIAL:
            raise HTTPException(410, "This voucher was used")  # lie: undocumented-status POST /tours 410
        return 0 if asked.voucher == FREE_SERIAL else asked.party * 850


the_desk = TourDesk()


def desk() -> TourDesk:
    return the_desk


app = FastAPI(title="Abbey tours")


@app.post("/tours", status_code=201, responses={409: {"model": Problem}})
async def book(asked: TourRequest, at: Annotated[TourDesk, Depends(desk)]) -> Tour:
    return at.book(asked)
