"""Barges on their way through a flight of locks, one step after the other."""
# ruff: noqa: E501

from enum import StrEnum

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Locks")


class Place(StrEnum):
    BELOW = "below"
    CHAMBER = "chamber"
    RAISED = "raised"
    ABOVE = "above"


class NewBarge(BaseModel):
    name: str = Field(min_length=1, max_length=40)


class Barge(NewBarge):
    id: int
    place: Place = Place.BELOW


class Detail(BaseModel):
    detail: str


barges: dict[int, Barge] = {}
GONE = {404: {"model": Detail}}
WRONG = {409: {"model": Detail}}


def step(id: int, before: Place, after: Place) -> Barge:
    barge = barges.get(id)
    if barge is None:
        raise HTTPException(404, "No such barge")
    if barge.place is not before:
        raise HTTPException(409, f"It is {barge.place}")
    barge.place = after
    return barge


@app.post("/barges", status_code=201)
def arrive(new: NewBarge) -> Barge:
    barge = Barge(id=len(barges) + 1, **new.model_dump())
    barges[barge.id] = barge
    return barge


@app.post("/barges/{id}/entering", responses=GONE | WRONG)
def enter(id: int) -> Barge:
    return step(id, Place.BELOW, Place.CHAMBER)


@app.post("/barges/{id}/filling", responses=GONE | WRONG)
def fill(id: int) -> Barge:
    return step(id, Place.CHAMBER, Place.RAISED)


@app.post("/barges/{id}/abandoning", responses=GONE)
def abandon(id: int) -> Barge:
    if id not in barges:
        raise HTTPException(404, "No such barge")
    if barges[id].place is Place.ABOVE:
        raise HTTPException(423, "It is on its way")  # lie: undocumented-status POST /barges/{id}/abandoning 423
    barges[id].place = Place.BELOW
    return barges[id]


@app.post("/barges/{id}/leaving", responses=GONE | WRONG)
def leave(id: int) -> Barge:
    return step(id, Place.RAISED, Place.ABOVE)
