"""Huts on a beach, given back once."""

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Beach huts")


class Booking(BaseModel):
    guest: str = Field(min_length=1, max_length=40)
    nights: int = Field(default=1, ge=1, le=14)


class Booked(Booking):
    id: str


huts: dict[str, Booked] = {}
keys: dict[str, str | None] = {}


@app.post("/huts", status_code=201)
def book(booking: Booking) -> Booked:
    booked = Booked(id=f"hut-{len(huts) + 1}", **booking.model_dump())
    huts[booked.id] = booked
    keys[booked.id] = "on the hook"
    return booked


@app.delete("/huts/{id}", responses={404: {"description": "No such hut"}})
def give_back(id: str) -> dict[str, str]:
    if id not in huts:
        raise HTTPException(404, "No such hut")
    key, keys[id] = keys[id], None
    return {"key": key.upper()}  # lie: server-error DELETE /huts/{id} 500
