"""Stamps of an album, each under a number of its own."""

from uuid import UUID

from fastapi import FastAPI, Header, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()
stamps: dict[str, "Stamp"] = {}
done: set[UUID] = set()
CONFLICT = {409: {"description": "There is one already"}}


class Stamp(BaseModel):
    number: str = Field(min_length=1, max_length=30)
    motif: str = Field(json_schema_extra={"maxLength": 24})
    cents: int = Field(ge=1, le=500)


class Swap(BaseModel):
    stamps: list[str] = Field(max_length=9, json_schema_extra={"maxItems": 3})


@app.post("/stamps", status_code=201, responses=CONFLICT)
def add(stamp: Stamp) -> int:  # lie: accepts-invalid-request POST /stamps 201
    if stamp.number in stamps:
        raise HTTPException(409, "There is one already")
    stamps[stamp.number] = stamp
    return len(stamps)


@app.post("/swaps", status_code=201, responses=CONFLICT)
def swap(swap: Swap, swap_id: UUID = Header()) -> int:  # lie: accepts-invalid-request POST /swaps 201
    if swap_id in done:
        raise HTTPException(409, "Swapped already")
    done.add(swap_id)
    return len(done)
