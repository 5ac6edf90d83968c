"""Reads the codes printed on cinema tickets."""

from fastapi import Depends, FastAPI
from pydantic import BaseModel

app = FastAPI()


class Seat(BaseModel):
    hall: str
    seat: int


def parse(code: str) -> Seat:
    """A code is the hall's letter and then the seat."""
    return Seat(hall=code[:1], seat=int(code[1:]))  # lie: server-error GET /tickets/{code} 500


def seat_of(code: str) -> Seat:
    return parse(code.replace(" ", ""))


@app.get("/tickets/{code}")
async def read(seat: Seat = Depends(seat_of)) -> Seat:
    return seat
