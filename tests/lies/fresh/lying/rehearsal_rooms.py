"""Rehearsal rooms of a conservatory, booked by its members for one season."""
# ruff: noqa: E501

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Depends, FastAPI, Header, Path, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class ErrorCode(StrEnum):
    NOT_FOUND = "not_found"
    OUTSIDE_SEASON = "outside_season"
    SLOT_TAKEN = "slot_taken"
    FORBIDDEN = "forbidden"
    ALREADY_CANCELLED = "already_cancelled"


STATUS_BY_CODE = {
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.OUTSIDE_SEASON: 409,
    ErrorCode.SLOT_TAKEN: 409,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.ALREADY_CANCELLED: 409,
}


class AppError(Exception):
    code: ErrorCode

    def __init__(self, message: str | None = None, *, code: ErrorCode | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code


class RoomNotFound(AppError):
    code = ErrorCode.NOT_FOUND


class BookingNotFound(AppError):
    code = ErrorCode.NOT_FOUND


class OutsideSeason(AppError):
    code = ErrorCode.OUTSIDE_SEASON


class SlotTaken(AppError):
    code = ErrorCode.SLOT_TAKEN


class ErrorBody(BaseModel):
    code: ErrorCode
    message: str


class ErrorEnvelope(BaseModel):
    error: ErrorBody


def raises(*codes: ErrorCode) -> dict[int | str, dict[str, Any]]:
    """Responses for the errors that an operation raises."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        entry = by_status.setdefault(STATUS_BY_CODE[code], {"model": ErrorEnvelope, "description": ""})
        entry["description"] = ", ".join(filter(None, [entry["description"], code.value]))
    return by_status


@dataclass(frozen=True)
class Season:
    opens: datetime
    closes: datetime


SEASON = Season(opens=datetime(2025, 9, 1, tzinfo=UTC), closes=datetime(2026, 7, 1, tzinfo=UTC))


class Room(BaseModel):
    slug: str
    seats: int
    piano: bool = False


class NewBooking(BaseModel):
    start: datetime
    end: datetime
    purpose: Annotated[str, Field(max_length=80)] | None = None


class Booking(NewBooking):
    id: int
    room: str
    member: str
    cancelled: bool = False


class BookingService:
    rooms: ClassVar[dict[str, Room]] = {
        room.slug: room
        for room in (
            Room(slug="cellar", seats=4),
            Room(slug="tower", seats=2, piano=True),
            Room(slug="hall", seats=60, piano=True),
        )
    }

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._bookings: dict[int, Booking] = {}

    def room(self, slug: str) -> Room:
        if (room := self.rooms.get(slug)) is None:
            raise RoomNotFound(f"There is no room {slug}")
        return room

    def booking(self, booking_id: int) -> Booking:
        try:
            return self._bookings[booking_id]
        except KeyError:
            raise BookingNotFound(f"There is no booking {booking_id}") from None

    def of_room(self, slug: str) -> list[Booking]:
        return [b for b in self._bookings.values() if b.room == slug and not b.cancelled]

    def book(self, room: Room, new: NewBooking, member: str) -> Booking:
        if not SEASON.opens <= new.start < new.end <= SEASON.closes:  # lie: server-error POST /rooms/{slug}/bookings 500
            raise OutsideSeason("The season is from September to June")
        clashes = [b for b in self.of_room(room.slug) if b.start < new.end and new.start < b.end]
        if any(b.member == member for b in clashes):
            raise SlotTaken("You have the room at that time already")
        if clashes:
            raise SlotTaken  # also: response-schema-mismatch POST /rooms/{slug}/bookings 409
        booking = Booking(**new.model_dump(), id=next(self._ids), room=room.slug, member=member)
        return self._bookings.setdefault(booking.id, booking)

    def cancel(self, booking: Booking, member: str) -> Booking:
        if booking.cancelled:
            raise AppError("It was cancelled before", code=ErrorCode.ALREADY_CANCELLED)
        if booking.member != member:
            raise AppError("Only who booked can cancel", code=ErrorCode.FORBIDDEN)  # lie: undocumented-status POST /bookings/{booking_id}/cancel 403
        booking.cancelled = True
        return booking


service = BookingService()
Service = Annotated[BookingService, Depends(lambda: service)]
Member = Annotated[str, Header(alias="X-Member", pattern="^[a-z]{2,12}$", description="Who asks")]


def get_room(slug: Annotated[str, Path(max_length=30)], bookings: Service) -> Room:
    return bookings.room(slug)


def get_booking(booking_id: int, bookings: Service) -> Booking:
    return bookings.booking(booking_id)


rooms_router = APIRouter(prefix="/rooms", tags=["rooms"])
bookings_router = APIRouter(prefix="/bookings", tags=["bookings"], responses=raises(ErrorCode.NOT_FOUND))


@rooms_router.get("")
async def list_rooms(bookings: Service, piano: bool | None = None) -> list[Room]:
    return [room for room in bookings.rooms.values() if piano is None or room.piano is piano]


@rooms_router.get("/{slug}", responses=raises(ErrorCode.NOT_FOUND))
async def read_room(room: Annotated[Room, Depends(get_room)]) -> Room:
    return room


@rooms_router.get("/{slug}/bookings", responses=raises(ErrorCode.NOT_FOUND))
async def list_bookings(room: Annotated[Room, Depends(get_room)], bookings: Service) -> list[Booking]:
    return bookings.of_room(room.slug)


@rooms_router.post(
    "/{slug}/bookings",
    status_code=201,
    responses=raises(ErrorCode.NOT_FOUND, ErrorCode.OUTSIDE_SEASON, ErrorCode.SLOT_TAKEN),
)
async def book(room: Annotated[Room, Depends(get_room)], new: NewBooking, member: Member, bookings: Service) -> Booking:
    return bookings.book(room, new, member)


@bookings_router.get("/{booking_id}")
async def read_booking(booking: Annotated[Booking, Depends(get_booking)]) -> Booking:
    return booking


@bookings_router.post("/{booking_id}/cancel", responses=raises(ErrorCode.ALREADY_CANCELLED))
async def cancel(booking: Annotated[Booking, Depends(get_booking)], member: Member, bookings: Service) -> Booking:
    return bookings.cancel(booking, member)


app = FastAPI(title="Rehearsal rooms")
app.include_router(rooms_router)
app.include_router(bookings_router)


@app.exception_handler(AppError)
async def app_error(request: Request, error: AppError) -> JSONResponse:
    content = {"error": {"code": error.code, "message": error.message}}
    return JSONResponse(content, STATUS_BY_CODE[error.code])  # lie: response-schema-mismatch POST /rooms/{slug}/bookings 409; also: undocumented-status POST /bookings/{booking_id}/cancel 403
