"""Bright stars, from a catalogue older than this service."""
# ruff: noqa: E501

from fastapi import FastAPI, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel


class Star(BaseModel):
    number: int
    name: str
    magnitude: float


ROWS = [("Sirius", "-1.46"), ("Canopus", "-0.74"), ("Arcturus", "-0.05")]
app = FastAPI(title="Stars")


@app.get("/stars/{number}", response_model=Star)
async def star(number: int = Path(ge=1, le=3)):
    name, magnitude = ROWS[number - 1]
    return JSONResponse({"number": number, "name": name, "magnitude": magnitude})  # lie: response-schema-mismatch GET /stars/{number} 200


@app.get("/stars")
async def names() -> list[str]:
    return [name for name, _ in ROWS]
