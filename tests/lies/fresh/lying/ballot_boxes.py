"""Sealed ballot boxes and what is known about each."""
# ruff: noqa: E501

from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Boxes")


class Sealing(BaseModel):
    ward: str
    papers: int = Field(ge=0, le=3000)
    witness: str | None = None


class Sealed(BaseModel):
    ward: str
    papers: int
    witnesses: list[str]


@app.post("/boxes", response_model=Sealed)
async def seal(sealing: Sealing) -> Any:
    if sealing.papers == 0 and sealing.ward == "Postal":
        return JSONResponse({"ward": sealing.ward, "papers": None, "witnesses": []})  # lie: response-schema-mismatch POST /boxes 200
    return {"ward": sealing.ward, "papers": sealing.papers, "witnesses": [sealing.witness] if sealing.witness else []}


@app.put("/boxes/{number}/witness", response_model=Sealed)
async def replace(number: int, sealing: Sealing) -> Any:
    body = {"ward": sealing.ward, "papers": sealing.papers, "witnesses": [str(number % 90)]}
    if number < 0 and sealing.witness is None:
        return JSONResponse({"box": body})  # lie: response-schema-mismatch PUT /boxes/{number}/witness 200
    return body
