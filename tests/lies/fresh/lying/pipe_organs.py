"""The register of pipe organs: their stops, and when they were tuned."""
# ruff: noqa: E501

import re
from datetime import date
from typing import Annotated

from fastapi import FastAPI, HTTPException, Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.types import ASGIApp, Receive, Scope, Send

Slug = Annotated[str, Path(pattern="^[a-z]{2,20}$")]
NO_ORGAN = {404: {"description": "No such organ"}}


class Organ(BaseModel):
    manuals: int = Field(ge=1, le=7)
    stops: dict[str, int] = Field(default_factory=dict, exclude=True)
    tunings: list[date] = Field(default_factory=list, exclude=True)


class Register:
    def __init__(self) -> None:
        self.organs: dict[str, Organ] = {"minster": Organ(manuals=4, stops={"trumpet": 8})}
        self.in_pieces: set[str] = set()

    def __getitem__(self, organ: str) -> Organ:
        if organ not in self.organs:
            raise HTTPException(404, "No such organ")
        return self.organs[organ]


class InPieces:
    """Nobody writes about an organ that lies in pieces on the floor."""

    about = re.compile(r"/organs/(?P<organ>[a-z]+)/(?:stops/|tunings$)")

    def __init__(self, app: ASGIApp, register: Register) -> None:
        self.app, self.register = app, register

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in ("POST", "PUT", "DELETE"):
            written = self.about.match(scope["path"])
            if written and written["organ"] in self.register.in_pieces:
                answer = JSONResponse({"detail": "In pieces"}, 423)  # lie: undocumented-status DELETE /organs/{organ}/stops/{stop} 423; lie: undocumented-status POST /organs/{organ}/tunings 423
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


register = Register()
app = FastAPI(title="Pipe organs")
app.add_middleware(InPieces, register=register)


@app.put("/organs/{organ}")
def enter(organ: Slug, entry: Organ) -> Organ:
    register.in_pieces.discard(organ)
    register.organs[organ] = entry
    return entry


@app.post("/organs/{organ}/dismantling", status_code=204, responses=NO_ORGAN)
def dismantle(organ: Slug) -> None:
    if register[organ].manuals > 2:
        register.in_pieces.add(organ)


@app.get("/organs/{organ}/stops", responses=NO_ORGAN)
def stops(organ: Slug) -> dict[str, int]:
    return register[organ].stops


@app.put("/organs/{organ}/stops/{stop}", responses={**NO_ORGAN, 423: {"description": "In pieces"}})
def add_stop(organ: Slug, stop: Slug, feet: Annotated[int, Query(ge=1, le=64)] = 8) -> dict[str, int]:
    register[organ].stops[stop] = feet
    return register[organ].stops


@app.delete("/organs/{organ}/stops/{stop}", status_code=204, responses=NO_ORGAN)
def remove_stop(organ: Slug, stop: Slug) -> None:
    register[organ].stops.pop(stop, None)


@app.post("/organs/{organ}/tunings", status_code=201, responses=NO_ORGAN)
def tuned(organ: Slug, on: date) -> list[date]:
    tunings = register[organ].tunings
    tunings.append(on)
    return sorted(tunings)
