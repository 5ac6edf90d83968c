"""A family tree, told from the youngest."""

from __future__ import annotations

from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI()


class Person(BaseModel):
    name: str = Field(max_length=40)
    parents: list[Person] = Field(default=[], max_length=2)
    partner: Person | None = None


class Size(BaseModel):
    people: int
    generations: int


def measure(person: Person) -> Size:
    above = [measure(parent) for parent in person.parents]
    beside = [measure(person.partner)] if person.partner else []
    return Size(
        people=1 + sum(size.people for size in above + beside),
        generations=1 + max((size.generations for size in above), default=0),
    )


@app.post("/trees/size")
def size(person: Person) -> Size:
    return measure(person)


@app.post("/trees/eldest", response_model=Person)
def eldest(person: Person):
    while person.parents:
        person = person.parents[0]
    return person
