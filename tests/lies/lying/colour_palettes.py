"""Palettes made of named colours."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import FastAPI, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel

app = FastAPI()


class Palette(BaseModel):
    colours: list[str]


@app.get("/palette", response_model=Palette)
async def palette(colour: Annotated[list[str], Query(description="Repeat for more")]):
    unique = list(dict.fromkeys(colour))
    if len(unique) != len(colour):
        return JSONResponse(status_code=400, content={"detail": "Repeated colour"})  # lie: undocumented-status GET /palette 400
    return Palette(colours=unique)
