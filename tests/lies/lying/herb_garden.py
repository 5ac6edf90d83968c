"""Beds of a herb garden, for the screen at its gate."""

from typing import Annotated

from fastapi import FastAPI, Path, Request
from pydantic import BaseModel

app = FastAPI()

BEDS = {1: ["thyme", "sage"], 2: ["dill"], 3: []}


class Bed(BaseModel):
    number: int
    herbs: list[str]


def wants_short(request: Request) -> bool:
    return request.query_params.get("view") == "short"  # lie: undocumented-parameter GET /beds/{number}


@app.get("/beds")
async def beds(request: Request) -> list[Bed]:
    empty = "empty" in request.query_params  # lie: undocumented-parameter GET /beds
    return [Bed(number=number, herbs=herbs) for number, herbs in BEDS.items() if bool(herbs) is not empty]


@app.get("/beds/{number}")
async def bed(number: Annotated[int, Path(ge=1, le=3)], request: Request) -> Bed:
    herbs = BEDS[number]
    if wants_short(request):
        return Bed(number=number, herbs=[herb[:2] for herb in herbs[:1]] or ["--"])
    return Bed(number=number, herbs=herbs)


@app.get("/gate")
async def gate(request: Request) -> str:
    request.app.state.screen = request.headers.get("x-screen")
    return "open"
