"""A genealogist: objects with attributes, generic pages, kinds told apart by a tag, and trees."""

from dataclasses import dataclass, field
from typing import Annotated, Generic, Literal, TypeVar, Union

from fastapi import FastAPI, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

app = FastAPI()
Item = TypeVar("Item")


@dataclass
class Row:
    id: int
    name: str
    password: str = "secret"
    children: list["Row"] = field(default_factory=list)


class Person(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    name: str
    children: list["Person"] = []


class Page(BaseModel, Generic[Item]):
    items: list[Item]
    total: int
    after: int | None = None


class Birth(BaseModel):
    kind: Literal["birth"]
    year: int


class Wedding(BaseModel):
    kind: Literal["wedding"]
    pair: tuple[str, str]


Event = Annotated[Union[Birth, Wedding], Field(discriminator="kind")]


class Filter(BaseModel):
    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=50)] = 10
    names: list[str] = []


ROW = Row(1, "Ada", children=[Row(2, "Ben", children=[Row(3, "Cy")])])


@app.get("/people", response_model=Page[Person])
def people(wanted: Annotated[Filter, Query()]):
    return {"items": [ROW][: wanted.limit], "total": 1}


@app.get("/people/{number}", response_model=Person)
def person(number: int):
    return ROW


@app.post("/people")
def add_person(person: Person) -> Person:
    return person


@app.post("/events")
def add_event(event: Event) -> Event:
    return event


@app.get("/events")
def events() -> Page[Event]:
    return Page[Event](items=[Birth(kind="birth", year=1815)], total=1)


@app.get("/weddings")
def weddings() -> Page[Wedding]:
    return JSONResponse({"items": [{"kind": "wedding", "pair": ["Ada"]}], "total": 1})  # lie: response-schema-mismatch GET /weddings 200


@app.post("/births")
def add_birth(event: Event) -> int:
    return event.year  # lie: server-error POST /births 500
