"""Bookings of a chapel for small concerts."""

from datetime import date

from fastapi import APIRouter, FastAPI, HTTPException
from pydantic import BaseModel

LENT = (date(2031, 2, 26), date(2031, 4, 12))
router = APIRouter(prefix="/chapel")


class Booking(BaseModel):
    day: date
    players: int = 1


class Kept(BaseModel):
    day: date
    sunday: bool


def check_day(day: date) -> None:
    if day.year < 1890:
        raise HTTPException(400, "The chapel was not yet built")  # lie: undocumented-status POST /chapel/bookings 400
    if day.weekday() == 0 and day.month == 8:
        raise HTTPException(423, "Closed on Mondays in August")  # lie: undocumented-status POST /chapel/bookings 423


@router.post("/bookings", status_code=201)
def book(booking: Booking) -> Kept:
    check_day(booking.day)
    first, last = LENT
    if first <= booking.day <= last:
        raise HTTPException(409, "No concerts in Lent")  # lie: undocumented-status POST /chapel/bookings 409
    return Kept(day=booking.day, sunday=booking.day.weekday() == 6)


app = FastAPI()
app.include_router(router)
