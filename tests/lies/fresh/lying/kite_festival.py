"""Entries of a kite festival; whoever enters again changes their kite."""
# ruff: noqa: E501

from enum import StrEnum
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field


class Problem(BaseModel):
    detail: str


class Shape(StrEnum):
    delta = "delta"
    box = "box"
    diamond = "diamond"


class Entry(BaseModel):
    pilot: str = Field(min_length=1, max_length=40)
    shape: Shape = Shape.delta


class Place(BaseModel):
    number: int
    shape: Shape


class Programme:
    def __init__(self) -> None:
        self.shapes: list[Shape] = []
        self.numbers: dict[str, int] = {}

    def enter(self, entry: Entry) -> Place:
        if entry.pilot in self.numbers:
            number = self.numbers[entry.pilot]
            self.shapes[number - 1] = entry.shape
        else:
            self.shapes.append(entry.shape)
            number = len(self.shapes)
            self.numbers[entry.pilot] = number
        return Place(number=number, shape=entry.shape)

    def place(self, number: int) -> Place:
        if number < 1 or number > len(self.shapes):
            raise HTTPException(404, "Nobody has this number")
        return Place(number=number, shape=self.shapes[number - 1])


the_programme = Programme()


def programme() -> Programme:
    return the_programme


Current = Annotated[Programme, Depends(programme)]
app = FastAPI(title="Kite festival")


@app.post(
    "/entries",
    status_code=201,
    responses={
        409: {"model": Problem, "description": "The pilot has entered already"},  # lie: phantom-status POST /entries 409
    },
)
async def enter(entry: Entry, current: Current) -> Place:
    return current.enter(entry)


@app.get("/entries/{number}", responses={404: {"model": Problem}})
async def place(number: int, current: Current) -> Place:
    return current.place(number)
