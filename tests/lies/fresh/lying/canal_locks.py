"""Passages through the locks of a canal."""
# ruff: noqa: E501

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Locks")
LOCKS = {1: "Stoke Bottom", 2: "Stoke Top", 3: "Cathiron"}
queue: dict[int, list[str]] = {number: [] for number in LOCKS}


class Boat(BaseModel):
    name: str = Field(min_length=1, max_length=60)
    beam_cm: int = Field(ge=60, le=430)


class Turn(BaseModel):
    lock: str
    before_you: int


@app.post("/locks/{number}/queue", status_code=201, responses={404: {"description": "No such lock"}, 409: {"description": "Already waiting"}})  # also: phantom-status POST /locks/{number}/queue 409
async def join(number: int, boat: Boat) -> Turn:  # lie: phantom-status POST /locks/{number}/queue 409
    if number not in LOCKS:
        raise HTTPException(404, "No such lock")
    waiting = queue[number]
    if boat.name not in waiting:
        waiting.append(boat.name)
    return Turn(lock=LOCKS[number], before_you=waiting.index(boat.name))


@app.delete("/locks/{number}/queue/{name}", status_code=204, responses={404: {"description": "Not waiting here"}})
async def leave(number: int, name: str) -> None:
    try:
        queue[number].remove(name)
    except (KeyError, ValueError):
        raise HTTPException(404, "Not waiting here") from None
