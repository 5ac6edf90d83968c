"""Shows of a puppet theatre, their seats, and the takings that only ushers see."""
# ruff: noqa: E501

from enum import StrEnum
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

app = FastAPI(title="Puppet theatre")
badge = HTTPBearer(auto_error=False, description="An usher's badge")
USHERS = {"punch-and-judy-4": "Rosa", "marionette-17": "Emil"}


class Kind(StrEnum):
    EVENING = "evening"
    MATINEE = "matinee"
    SCHOOL = "school"


class Show(BaseModel):
    number: int
    title: str
    kind: Kind
    sold: int = 0


class Takings(BaseModel):
    show: int
    cents: int


class Price(BaseModel):
    cents: int
    reduced: bool


SHOWS = {
    1: Show(number=1, title="The Tinderbox", kind=Kind.EVENING, sold=41),
    2: Show(number=2, title="Kasper's Kettle", kind=Kind.MATINEE, sold=66),
    3: Show(number=3, title="How a Puppet Is Made", kind=Kind.SCHOOL, sold=28),
}
PRICES = {Kind.EVENING: 1800, Kind.MATINEE: 900, Kind.SCHOOL: 400}


def show_of(number: int) -> Show:
    if number not in SHOWS:
        raise HTTPException(404, "No such show")
    return SHOWS[number]


def usher(shown: Annotated[HTTPAuthorizationCredentials | None, Depends(badge)]) -> str | None:
    return USHERS.get(shown.credentials) if shown else None


class Tariff:
    """What a seat costs whoever is asking."""

    def __init__(self, request: Request) -> None:
        self.member = request.headers.get("x-friends-card", "").isdecimal()  # lie: undocumented-parameter GET /shows/{number}/price

    def price(self, show: Show) -> Price:
        cents = PRICES[show.kind]
        return Price(cents=cents * 3 // 4 if self.member else cents, reduced=self.member)


Of = Annotated[Show, Depends(show_of)]
Usher = Annotated[str | None, Depends(usher)]
NO_SHOW = {404: {"description": "No such show"}}
USHERS_ONLY = {401: {"description": "Ushers only"}}


class Sale(BaseModel):
    seats: int = Field(ge=1, le=10)


@app.get("/shows/{number}/price", responses=NO_SHOW)
async def price(show: Of, tariff: Annotated[Tariff, Depends()]) -> Price:
    return tariff.price(show)


@app.get("/shows/{number}/takings", responses=NO_SHOW | USHERS_ONLY)
async def takings(show: Of, usher: Usher) -> Takings:  # lie: auth-not-enforced GET /shows/{number}/takings
    if show.kind is not Kind.SCHOOL and not usher:
        raise HTTPException(401, "Ushers only", headers={"WWW-Authenticate": "Bearer"})
    return Takings(show=show.number, cents=show.sold * PRICES[show.kind])


@app.post("/shows/{number}/sales", status_code=201, responses=NO_SHOW | USHERS_ONLY)
async def sell(show: Of, usher: Usher, sale: Sale) -> Show:
    if usher is None:
        raise HTTPException(401, "Ushers only", headers={"WWW-Authenticate": "Bearer"})
    show.sold += sale.seats
    return show
