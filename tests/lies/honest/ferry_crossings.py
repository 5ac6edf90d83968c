"""A ferry's bookings, each booked once by the key that it must have; complaints are read by themselves."""
# ruff: noqa: E501

from itertools import count
from typing import Annotated

from fastapi import FastAPI, Header, HTTPException
from pydantic import BaseModel, Field

CONFLICT = {409: {"description": "Not in this state"}}
ABSENT = {404: {"description": "No such thing"}}


class NewBooking(BaseModel):
    seats: int = Field(ge=1, le=9)


class Booking(NewBooking):
    id: int
    state: str


class NewComplaint(BaseModel):
    text: str = Field(max_length=50)


class Complaint(NewComplaint):
    id: int
    booking: int
    solved: bool


app = FastAPI()
numbers = count(40211)
bookings: dict[int, Booking] = {}
complaints: dict[int, Complaint] = {}
keys: dict[str, int] = {}

Key = Annotated[str, Header(pattern="^[a-z0-9-]{8,36}$", examples=["0b2d7a1c-5f1e-4c57"])]


@app.post("/bookings", status_code=201)
async def book(new: NewBooking, idempotency_key: Key) -> Booking:
    if idempotency_key in keys:
        return bookings[keys[idempotency_key]]
    booking = Booking(id=next(numbers), seats=new.seats, state="booked")
    bookings[booking.id] = booking
    keys[idempotency_key] = booking.id
    return booking


def find(number: int) -> Booking:
    if number not in bookings:
        raise HTTPException(404, "No such booking")
    return bookings[number]


@app.get("/bookings/{number}", responses=ABSENT)
async def read(number: int) -> Booking:
    return find(number)


@app.post("/bookings/{number}/board", responses={**ABSENT, **CONFLICT, 410: {"description": "Cancelled"}})
async def board(number: int) -> Booking:
    booking = find(number)
    if booking.state == "aboard":
        raise HTTPException(409, "Aboard already")
    if booking.state == "cancelled":
        raise HTTPException(410, "Cancelled")
    bookings[number] = booking.model_copy(update={"state": "aboard"})
    return bookings[number]


@app.post("/bookings/{number}/cancel", responses={**ABSENT, **CONFLICT, 423: {"description": "Aboard"}})
async def cancel(number: int) -> Booking:
    booking = find(number)
    if booking.state == "aboard":
        raise HTTPException(423, "Aboard")
    if booking.state == "cancelled":
        raise HTTPException(409, "Cancelled already")
    bookings[number] = booking.model_copy(update={"state": "cancelled"})
    return bookings[number]


@app.post("/bookings/{number}/complaints", status_code=201, responses=ABSENT)
async def complain(number: int, new: NewComplaint) -> Complaint:
    complaint = Complaint(id=next(numbers) * 7, booking=find(number).id, text=new.text, solved=False)
    complaints[complaint.id] = complaint
    return complaint


@app.get("/complaints/{complaint}", responses=ABSENT)
async def show(complaint: int) -> Complaint:
    if complaint not in complaints:
        raise HTTPException(404, "No such complaint")
    return complaints[complaint]


@app.put("/complaints/{complaint}/solved", responses={**ABSENT, **CONFLICT})
async def solve(complaint: int) -> Complaint:
    found = await show(complaint)
    if found.solved:
        raise HTTPException(409, "Solved already")
    complaints[complaint] = found.model_copy(update={"solved": True})
    return complaints[complaint]
