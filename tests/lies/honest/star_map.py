"""A map of stars, sent by a response class of its own."""

import json
from typing import Any

from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class CompactResponse(JSONResponse):
    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return json.dumps(content, separators=(",", ":"), sort_keys=True).encode("ascii")


class VendorResponse(JSONResponse):
    media_type = "application/vnd.stars+json"


class Star(BaseModel):
    name: str = Field(max_length=60)
    magnitude: float = Field(ge=-30, le=30)


app = FastAPI(title="Stars", default_response_class=CompactResponse)


@app.post("/stars", status_code=201)
async def add(star: Star) -> Star:
    return star


@app.get("/stars", response_class=VendorResponse)
async def stars(brightest: int = 3) -> list[Star]:
    return [Star(name=f"HR {n}", magnitude=n / 2) for n in range(min(max(brightest, 0), 20))]


@app.get(
    "/stars/{number}",
    response_class=VendorResponse,
    responses={404: {"content": {"application/json": {"schema": {"type": "object", "required": ["detail"]}}}}},
)
async def star(number: int) -> Star:
    if number < 1:
        raise HTTPException(404, "Numbers start at one")
    return Star(name=f"HR {number % 9999}", magnitude=4.5)
