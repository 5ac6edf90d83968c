"""Booking of seats for a puppet theatre."""
# ruff: noqa: E501

from fastapi import FastAPI, Path, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel


class SeatTaken(Exception):
    def __init__(self, seat: int) -> None:
        self.seat = seat


class Booking(BaseModel):
    seat: int
    guest: str


app = FastAPI(title="Puppet theatre")
taken: dict[int, str] = {}


@app.exception_handler(SeatTaken)
async def seat_taken(request: Request, exc: SeatTaken) -> JSONResponse:
    return JSONResponse({"detail": f"Seat {exc.seat} is taken"}, status_code=409)  # also: undocumented-status PUT /seats/{seat} 409


def reserve(seat: int, guest: str) -> Booking:
    if seat in taken and taken[seat] != guest:
        raise SeatTaken(seat)  # lie: undocumented-status PUT /seats/{seat} 409
    taken[seat] = guest
    return Booking(seat=seat, guest=guest)


@app.put("/seats/{seat}")
async def book(guest: str, seat: int = Path(ge=1, le=40)) -> Booking:
    return reserve(seat, guest)


@app.get("/seats/free")
async def free() -> int:
    return 40 - len(taken)
