"""Reserves books for a reading room."""

from itertools import count
from typing import Annotated

from fastapi import FastAPI, HTTPException, Path
from pydantic import BaseModel, Field

app = FastAPI(title="Reading room")
ids = count(1)


class Message(BaseModel):
    detail: str


class NewReservation(BaseModel):
    title: str = Field(min_length=1, max_length=120)
    volumes: int = Field(1, ge=1, le=5)


class Reservation(NewReservation):
    id: int


class Change(BaseModel):
    title: str = Field("Untitled", min_length=1, max_length=120)
    volumes: int = Field(1, ge=1, le=5)


reservations: dict[int, Reservation] = {}
MISSING = {404: {"model": Message}}
Id = Annotated[int, Path(alias="id")]


def find(number: int) -> Reservation:
    if number not in reservations:
        raise HTTPException(404, "No such reservation")
    return reservations[number]


@app.post("/reservations", status_code=201)
async def reserve(request: NewReservation) -> Reservation:
    reservation = Reservation(id=next(ids), **request.model_dump())
    reservations[reservation.id] = reservation
    return reservation


@app.get("/reservations/{id}", responses=MISSING)
async def read(number: Id) -> Reservation:
    return find(number)


@app.patch("/reservations/{id}", responses=MISSING)
async def amend(number: Id, change: Change) -> Reservation:
    reservation = find(number).model_copy(update=change.model_dump(exclude_unset=True))
    reservations[number] = reservation
    return reservation


@app.delete("/reservations/{id}", status_code=204, responses=MISSING)
async def cancel(number: Id) -> None:
    find(number)
    del reservations[number]
