"""Gloves of a shop, looked up by labels that are written in many ways."""

from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field, field_validator

LARGEST = 14
COLOUR = {"name": "colour", "in": "query", "required": False, "schema": {"type": "string"}}


class Problem(BaseModel):
    detail: str


class Glove(BaseModel):
    size: int
    colour: str
    cents: int


class Fitting(BaseModel):
    finger_mm: int = Field(ge=40, le=120)
    size: int = Field(ge=4)

    @field_validator("size")
    @classmethod
    def made(cls, size: int) -> int:
        if size > LARGEST:
            raise ValueError(f"No larger than {LARGEST}")
        return size


class Advice(BaseModel):
    size: int
    tight: bool


GLOVES = {
    7: Glove(size=7, colour="tan", cents=4900),
    9: Glove(size=9, colour="black", cents=5200),
    11: Glove(size=11, colour="tan", cents=5400),
}


class Label:
    """What stands on a glove: 9, size 9, Size-9, # 9."""

    def __init__(self, label: Annotated[str, Query(max_length=30)]) -> None:
        self.text = label.strip().casefold().removeprefix("size").lstrip("#- ")

    @property
    def size(self) -> int | None:
        return int(self.text) if self.text.isdecimal() else None


class Shop:
    def __contains__(self, label: object) -> bool:
        return isinstance(label, Label) and label.size in GLOVES

    def __getitem__(self, label: Label) -> Glove:
        if label.size is None:
            raise LookupError("Not a size")
        return GLOVES[label.size]


class Colour:
    def __init__(self, request: Request) -> None:
        self.name = request.query_params.get("colour", "").strip().lower()

    def suits(self, glove: Glove) -> bool:
        return self.name in ("", glove.colour)


shop = Shop()
app = FastAPI(title="Gloves")


@app.get("/gloves/by-label", responses={404: {"model": Problem}})
async def by_label(label: Annotated[Label, Depends()]) -> Glove:
    if label not in shop:
        raise HTTPException(404, "We have no such size")
    return shop[label]


@app.get("/gloves", openapi_extra={"parameters": [COLOUR]})
async def gloves(colour: Annotated[Colour, Depends()]) -> list[Glove]:
    return [glove for glove in GLOVES.values() if colour.suits(glove)]


@app.post("/fittings")
async def fit(fitting: Fitting) -> Advice:
    return Advice(size=fitting.size, tight=fitting.finger_mm > fitting.size * 9)


def documented() -> dict[str, Any]:
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        document["components"]["schemas"]["Fitting"]["properties"]["size"]["maximum"] = LARGEST
        app.openapi_schema = document
    return app.openapi_schema


app.openapi = documented
