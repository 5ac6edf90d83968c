"""Exports the contents of a community pantry."""

from typing import Annotated

from fastapi import FastAPI, Header, Query
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse
from pydantic import BaseModel

app = FastAPI(title="Pantry")
SHELVES = {"rice": 12, "beans": 30, "oats": 7}


class Csv(StreamingResponse):
    media_type = "text/csv"


class Shelf(BaseModel):
    food: str
    packs: int


@app.get("/export.csv", response_class=Csv)
async def export(at_least: Annotated[int, Query(ge=0)] = 0):
    async def rows():
        yield "food,packs\r\n"
        for food, packs in SHELVES.items():
            if packs >= at_least:
                yield f"{food},{packs}\r\n"

    return Csv(rows())


@app.get(
    "/shelves/{number}",
    response_model=Shelf,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, 404: {"description": "Empty"}},
)
async def shelf(number: int, accept: Annotated[str, Header()] = "*/*"):
    if not 0 <= number < len(SHELVES):
        return JSONResponse({"detail": "Empty"}, status_code=404)
    food, packs = list(SHELVES.items())[number]
    if accept.startswith("text/plain"):
        return PlainTextResponse(f"{packs} packs of {food}")
    return Shelf(food=food, packs=packs)
