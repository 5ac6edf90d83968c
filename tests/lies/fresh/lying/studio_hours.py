"""Books hours in the rooms of a recording studio, from a form."""
# ruff: noqa: E501

from enum import StrEnum
from typing import Annotated

from fastapi import FastAPI, Form, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Studio hours")


class Room(StrEnum):
    LIVE = "live"
    DRUMS = "drums"
    BOOTH = "booth"


class Hours(BaseModel):
    room: Room
    day: int = Field(ge=1, le=366)
    start: int = Field(ge=0, le=24)
    end: int = Field(ge=0, le=24)

    def overlaps(self, other: "Hours") -> bool:
        same = (self.room, self.day) == (other.room, other.day)
        return same and self.start < other.end and other.start < self.end


class Booking(BaseModel):
    number: int
    room: Room
    length: int


class Problem(BaseModel):
    detail: str


class Diary:
    def __init__(self) -> None:
        self.booked: list[Hours] = []

    def check_order(self, hours: Hours) -> None:
        overnight = hours.room is Room.BOOTH
        if hours.start > hours.end and not overnight:
            raise HTTPException(400, "A booking ends after it starts")  # lie: undocumented-status POST /bookings 400

    def book(self, hours: Hours) -> Booking:
        self.check_order(hours)
        if any(hours.overlaps(other) for other in self.booked):
            raise HTTPException(409, "The room is taken")
        self.booked.append(hours)
        return Booking(number=len(self.booked), room=hours.room, length=(hours.end - hours.start) % 24)


diary = Diary()


@app.post("/bookings", status_code=201, responses={409: {"model": Problem}})
async def book(hours: Annotated[Hours, Form()]) -> Booking:
    return diary.book(hours)


@app.get("/bookings/count")
async def count() -> int:
    return len(diary.booked)
