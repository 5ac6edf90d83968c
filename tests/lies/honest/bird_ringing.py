"""Rings on birds, with an example for everything, each in another form."""
from datetime import date
from typing import Annotated

from fastapi import Body, FastAPI, Header, HTTPException, Path, Query
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

app = FastAPI(title="Bird ringing")

RINGS: dict[str, dict] = {}
Ring = Annotated[str, Path(pattern=r"^[A-Z]{2}[0-9]{4}$", examples=["HE1234"])]
MISSING = {
    "description": "No such ring",
    "content": {"application/json": {
        "schema": {"type": "object", "properties": {"detail": {"type": "string"}}, "required": ["detail"]},
        "examples": {"unknown": {"value": {"detail": "No ring HE1234"}}, "elsewhere": {"externalValue": "/missing.json"}},
    }},
}


class Bird(BaseModel):
    model_config = ConfigDict(json_schema_extra={"example": {"species": "robin", "grams": 18.5, "ringed": None}})

    species: Annotated[str, Field(min_length=1, max_length=40, examples=["robin", "wren"])]
    grams: Annotated[float, Field(gt=0, le=15000, allow_inf_nan=False, examples=[18, 9.5])]
    ringed: Annotated[date | None, Field(examples=["2024-05-01", None])] = None


class Kept(BaseModel):
    id: Annotated[str, Field(json_schema_extra={"readOnly": True})] = "HE1234"
    bird: Bird


@app.put("/rings/{ring}")
def put(ring: Ring, bird: Annotated[Bird, Body(openapi_examples={"wren": {"value": {"species": "wren", "grams": 9}}})]) -> Kept:
    RINGS[ring] = bird.model_dump(mode="json")
    return Kept(id=ring, bird=bird)


@app.get("/rings/{ring}", responses={404: MISSING})
def get(ring: Ring) -> Kept:
    if ring not in RINGS:
        raise HTTPException(404, f"No ring {ring}")
    return Kept(id=ring, bird=Bird(**RINGS[ring]))


@app.get("/rings")
def find(
    species: Annotated[list[str] | None, Query(examples=[["robin", "wren"]])] = None,
    least: Annotated[int, Query(ge=0, le=15000, openapi_examples={"as a text": {"value": "20"}, "as it is": {"value": 20}})] = 0,
    station: Annotated[str | None, Header(max_length=8, examples=["HEL"])] = None,
) -> list[Kept]:
    return [
        Kept(id=ring, bird=Bird(**bird))
        for ring, bird in RINGS.items()
        if bird["grams"] >= least and (not species or bird["species"] in species)
    ][: 50 if station else 100]


@app.get("/rings.txt", response_class=PlainTextResponse, responses={200: {"content": {"text/plain": {"example": "HE1234 robin\n"}}}})
def text() -> str:
    return "".join(f"{ring} {bird['species']}\n" for ring, bird in RINGS.items())
