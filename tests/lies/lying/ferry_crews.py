"""Ferries and the crews that are assigned to them."""
# ruff: noqa: E501

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Crews")


class NewFerry(BaseModel):
    name: str = Field(pattern="^[A-Z][a-z]{1,20}$")


class Ferry(NewFerry):
    id: int


class NewSailor(BaseModel):
    badge: str = Field(pattern="^[0-9]{4}$")
    ferry_id: int


class Sailor(NewSailor):
    id: int


class Detail(BaseModel):
    detail: str


ferries: dict[int, Ferry] = {}
sailors: dict[int, Sailor] = {}
MISSING = {404: {"model": Detail}}
TAKEN = {409: {"model": Detail}}


@app.post("/ferries", status_code=201)
def launch(new: NewFerry) -> Ferry:
    ferry = Ferry(id=len(ferries) + len(sailors) + 1, **new.model_dump())
    ferries[ferry.id] = ferry
    return ferry


@app.delete("/ferries/{id}", status_code=204, responses=MISSING)
def scrap(id: int) -> None:
    if id not in ferries:
        raise HTTPException(404, "No such ferry")
    if any(sailor.ferry_id == id for sailor in sailors.values()):
        raise HTTPException(409, "There is a crew on it")  # lie: undocumented-status DELETE /ferries/{id} 409
    del ferries[id]


@app.post("/sailors", status_code=201, responses={**MISSING, **TAKEN})
def sign_on(new: NewSailor) -> Sailor:
    if new.ferry_id not in ferries:
        raise HTTPException(404, "No such ferry")
    if any(sailor.badge == new.badge for sailor in sailors.values()):
        raise HTTPException(409, "The badge is taken")
    sailor = Sailor(id=len(ferries) + len(sailors) + 1, **new.model_dump())
    sailors[sailor.id] = sailor
    return sailor
