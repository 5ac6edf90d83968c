"""Bays for luggage trolleys at a railway station."""
# ruff: noqa: E501

import enum
from typing import Annotated, NoReturn

from fastapi import Body, FastAPI, HTTPException, Path
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Trolley bays", version="3.1")

ROOM = {"north": 6, "south": 4, "east": 9}
RENAMED = {"platform-1": "north", "platform-4": "south"}
standing: dict[str, int] = {"north": 5, "south": 1, "east": 0}


class Reason(enum.Enum):
    NO_BAY = (404, "no such bay")
    EMPTY = (400, "there are not that many trolleys")
    FULL = (409, "there is no room for that many")

    @property
    def status(self) -> int:
        return self.value[0]

    @property
    def text(self) -> str:
        return self.value[1]


def fail(reason: Reason, bay: str) -> NoReturn:
    raise HTTPException(reason.status, f"{bay}: {reason.text}")  # lie: undocumented-status POST /bays/{bay}/moves 409


class Bay(BaseModel):
    name: str
    trolleys: int
    room: int


class Move(BaseModel):
    to: str = Field(max_length=30)
    trolleys: int = Field(1, ge=1, le=20)


def show(bay: str) -> Bay:
    return Bay(name=bay, trolleys=standing[bay], room=ROOM[bay] - standing[bay])


def take(bay: str, trolleys: int) -> None:
    if standing[bay] < trolleys:
        fail(Reason.EMPTY, bay)
    standing[bay] -= trolleys


def place(bay: str, trolleys: int) -> None:
    if standing[bay] + trolleys > ROOM[bay]:
        fail(Reason.FULL, bay)  # also: undocumented-status POST /bays/{bay}/moves 409
    standing[bay] += trolleys


def known(bay: str) -> str:
    if bay not in ROOM:
        fail(Reason.NO_BAY, bay)
    return bay


BayName = Annotated[str, Path(max_length=30)]
NO_BAY = {404: {"description": "No such bay"}}


@app.get("/bays")
def bays() -> list[Bay]:
    return [show(bay) for bay in ROOM]


@app.get("/bays/{bay}", response_model=Bay, responses=NO_BAY)
def bay(bay: BayName):
    if new := RENAMED.get(bay.lower()):
        return RedirectResponse(f"/bays/{new}", status_code=308)  # lie: undocumented-status GET /bays/{bay} 308
    return show(known(bay))


@app.post("/bays/{bay}/trolleys", responses={**NO_BAY, 409: {"description": "No room"}})
def park(bay: BayName, trolleys: Annotated[int, Body(embed=True, ge=1, le=20)]) -> Bay:
    place(known(bay), trolleys)
    return show(bay)


@app.post("/bays/{bay}/moves", responses={**NO_BAY, 400: {"description": "Not that many there"}})
def move(bay: BayName, move: Move) -> list[Bay]:
    source, target = known(bay), known(move.to)
    take(source, move.trolleys)
    try:
        place(target, move.trolleys)
    except HTTPException:
        standing[source] += move.trolleys
        raise
    return [show(source), show(target)]
