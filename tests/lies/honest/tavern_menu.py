"""A menu in several languages, closed now and then."""

from enum import StrEnum
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field, RootModel, StringConstraints

app = FastAPI()
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Price = Annotated[int, Field(ge=0, le=10_000)]


class Mode(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Prices(RootModel[dict[Language, Price]]):
    pass


class Dish(BaseModel):
    names: dict[Language, Annotated[str, Field(min_length=1, max_length=40)]]
    halves: dict[Language, Price] | None = None


class Guest(BaseModel):
    mail: str = Field(min_length=3, max_length=60)
    name: str = Field(max_length=20)


class Detail(BaseModel):
    detail: str


mode = Mode.OPEN
guests: dict[str, Guest] = {}
CLOSED = {503: {"model": Detail, "description": "The tavern is closed"}}
TAKEN = {409: {"model": Detail, "description": "Has a table already"}}


def opened() -> None:
    if mode is Mode.CLOSED:
        raise HTTPException(503, "Closed today")


@app.put("/mode")
def switch(to: Mode) -> Mode:
    global mode
    mode = to
    return mode


@app.post("/dishes", dependencies=[Depends(opened)], responses=CLOSED)
def dish(dish: Dish) -> Dish:
    return dish


@app.put("/prices", dependencies=[Depends(opened)], responses=CLOSED)
def prices(prices: Prices) -> Prices:
    return prices


@app.post("/guests", status_code=201, dependencies=[Depends(opened)], responses=CLOSED | TAKEN)
def seat(guest: Guest) -> Guest:
    if guest.mail in guests:
        raise HTTPException(409, "Has a table already")
    guests[guest.mail] = guest
    return guest
