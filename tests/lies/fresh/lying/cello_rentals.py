"""Rents cellos by the term, and keeps track of where each of them is."""
# ruff: noqa: E501

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Cello rentals")


class State(StrEnum):
    IN = "in"
    OUT = "out"
    WORKSHOP = "workshop"
    SOLD = "sold"


class Action(StrEnum):
    RENT = "rent"
    RETURN = "return"
    REPAIR = "repair"
    SELL = "sell"


class ShopError(Exception):
    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnknownCello(ShopError):
    status = 404


class WrongState(ShopError):
    status = 409


class NoLongerOurs(WrongState):
    status = 410


@app.exception_handler(ShopError)
async def shop_error(request: Request, error: ShopError) -> JSONResponse:
    return JSONResponse({"detail": error.message}, error.status)  # also: undocumented-status POST /cellos/{number}/return 410; also: undocumented-status POST /cellos/{number}/sale 409


class NewCello(BaseModel):
    maker: str = Field(min_length=1, max_length=60)
    year: int = Field(ge=1500, le=2100)


class Cello(NewCello):
    number: int
    state: State = State.IN


MOVES: dict[Action, dict[State, State]] = {
    Action.RENT: {State.IN: State.OUT},
    Action.RETURN: {State.OUT: State.IN, State.WORKSHOP: State.IN},
    Action.REPAIR: {State.IN: State.WORKSHOP, State.OUT: State.WORKSHOP},
    Action.SELL: {State.IN: State.SOLD, State.WORKSHOP: State.SOLD},
}


@dataclass
class Shop:
    cellos: dict[int, Cello] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def take_in(self, new: NewCello) -> Cello:
        cello = Cello(number=next(self.numbers), **new.model_dump())
        return self.cellos.setdefault(cello.number, cello)

    def move(self, number: int, action: Action) -> Cello:
        cello = self.cellos.get(number)
        if cello is None:
            raise UnknownCello(f"We never had a cello {number}")
        if cello.state is State.SOLD:
            raise NoLongerOurs("Sold")  # lie: undocumented-status POST /cellos/{number}/return 410
        follows = MOVES[action].get(cello.state)
        if follows is None:
            raise WrongState(f"Cannot {action} while {cello.state}")  # lie: undocumented-status POST /cellos/{number}/sale 409
        cello.state = follows
        return cello


shop = Shop()
Desk = Annotated[Shop, Depends(lambda: shop)]
UNKNOWN = {404: {"description": "Never ours"}}
BUSY = {409: {"description": "Not where it should be"}}
SOLD = {410: {"description": "Sold"}}


@app.post("/cellos", status_code=201)
def take_in(new: NewCello, desk: Desk) -> Cello:
    return desk.take_in(new)


@app.post("/cellos/{number}/rental", responses=UNKNOWN | BUSY | SOLD)
def rent(number: int, desk: Desk) -> Cello:
    return desk.move(number, Action.RENT)


@app.post("/cellos/{number}/return", responses=UNKNOWN | BUSY)
def bring_back(number: int, desk: Desk) -> Cello:
    return desk.move(number, Action.RETURN)


@app.post("/cellos/{number}/sale", responses=UNKNOWN | SOLD)
def sell(number: int, desk: Desk) -> Cello:
    return desk.move(number, Action.SELL)
