"""Keepers of canal locks: what they wrote down, who may read it, and which boats went through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Path, Request, Response, UploadFile
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class Problem(BaseModel):
    detail: str


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Problem} for status in statuses}


class Boat(BaseModel):
    plate: str = Field(pattern="^[A-Z]{2}[0-9]{4}$")
    tonnes: int = Field(ge=1, le=400)
    towed: list["Boat"] = Field(default_factory=list, max_length=3)


class Note(BaseModel):
    plate: str
    weight: int


class LongNote(Note):
    towed: int


class Book:
    def __init__(self) -> None:
        self._notes: dict[str, LongNote] = {}

    def add(self, boat: Boat) -> LongNote:
        if boat.plate in self._notes:
            raise HTTPException(409, "It went through before")
        if len(self._notes) >= 40:
            self._notes.clear()
        self._notes[boat.plate] = LongNote(plate=boat.plate, weight=weight(boat), towed=len(boat.towed))
        return self._notes[boat.plate]

    def all(self) -> list[LongNote]:
        return list(self._notes.values())


def weight(boat: Boat) -> int:
    return boat.tonnes + sum(weight(towed) for towed in boat.towed)


def control(plate: str) -> int:
    total = 0
    for place, digit in enumerate(plate[2:]):
        total += int(digit) * (place + 1)
    return total % 10


class Locks(FastAPI):
    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        document["info"]["summary"] = "Locks of the canal"
        return document


@asynccontextmanager
async def opened(app: FastAPI) -> AsyncIterator[None]:
    app.state.book = Book()
    app.state.open = True
    yield


app = Locks(title="Lock keepers", lifespan=opened)


def book(request: Request) -> Book:
    kept: Book = request.app.state.book
    return kept


Kept = Annotated[Book, Depends(book)]


@app.post("/boats", status_code=201, responses=problems(409, 403))
async def pass_through(boat: Boat, kept: Kept) -> LongNote:
    if control(boat.plate) == 7 and boat.tonnes > 390:
        raise HTTPException(403, "Ask for a pilot first")
    return kept.add(boat)


@app.get("/boats", response_model=list[Note] | list[LongNote])
async def boats(kept: Kept, long: bool = False) -> Response:
    exclude = None if long else {"towed"}
    return JSONResponse([note.model_dump(exclude=exclude) for note in kept.all()])


@app.get("/gates/{gate}", responses={200: {"headers": {"X-State": {"schema": {"type": "string"}}}}, **problems(404)})
async def gate(gate: Annotated[str, Path(max_length=20)], response: Response) -> str:
    response.headers["X-State"] = "open"
    if gate != "upper":
        del response.headers["X-State"]
    if gate.isdecimal() and int(gate) > 12:
        raise HTTPException(404, "No such gate")
    return "shut" if gate == "upper" else "open"


@app.post("/plans", responses=problems(415))
async def plan(file: UploadFile) -> int:
    if (file.filename or "").lower().endswith(".dwg"):
        raise HTTPException(415, "Send a picture")
    return len(await file.read())
