"""Reports of ringed birds."""
# ruff: noqa: E501

from typing import Annotated, Protocol

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel


class RingBook(Protocol):
    def species(self, ring: str) -> str: ...


class PrintedRingBook:
    """The book as it was typed in; a few pages went missing."""

    pages = {"HES": "kestrel", "SFH": "white stork", "DKC": "dunlin"}

    def species(self, ring: str) -> str:
        prefix = ring[:3]
        if prefix == "ZMK":
            raise HTTPException(status_code=424, detail="Ask Copenhagen")  # lie: undocumented-status POST /sightings 424
        return self.pages.get(prefix, "unknown")


book = PrintedRingBook()


def ring_book() -> RingBook:
    return book


Book = Annotated[RingBook, Depends(ring_book)]


class Sighting(BaseModel):
    ring: str
    place: str = ""


class Found(BaseModel):
    species: str


app = FastAPI(title="Rings")


@app.post("/sightings")
async def sighting(sighting: Sighting, book: Book) -> Found:
    return Found(species=book.species(sighting.ring))
