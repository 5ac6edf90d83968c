"""Finds of a mushroom society, looked up by number."""
# ruff: noqa: E501

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field


class Find(BaseModel):
    number: int
    species: str


class NewFind(BaseModel):
    species: str = Field(min_length=1, max_length=60)


class Detail(BaseModel):
    detail: str


FINDS = {1: Find(number=1, species="Boletus edulis"), 2: Find(number=2, species="Amanita muscaria")}
PROTECTED = {"Hericium erinaceus", "Tricholoma caligatum"}


def known(number: int) -> Find:
    if number not in FINDS:
        raise HTTPException(404, "No such find")
    return FINDS[number]


app = FastAPI()


@app.get(
    "/finds/{number}",
    responses={
        404: {"model": Detail},
        410: {"model": Detail},  # lie: phantom-status GET /finds/{number} 410
    },
)
def one(find: Find = Depends(known)) -> Find:
    return find


@app.post("/checks", responses={403: {"model": Detail}})
def check(new: NewFind) -> str:
    if new.species in PROTECTED:
        raise HTTPException(403, "Protected")
    if new.species.startswith("Amanita ") and len(new.species) == 41:
        raise HTTPException(409, "Name of a variety, not of a species")  # lie: undocumented-status POST /checks 409
    return "may be picked"
