"""Prints postcards after the answer was sent."""

import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated

from fastapi import BackgroundTasks, Depends, FastAPI
from pydantic import BaseModel, Field

log = logging.getLogger("postcards")
app = FastAPI(title="Postcards")
printed: dict[str, int] = {}


class Postcard(BaseModel):
    country: str = Field(max_length=50)
    copies: int = Field(1, ge=0, le=99)


class Queued(BaseModel):
    copies: int


def press(card: Postcard) -> None:
    try:
        if card.country == "Atlantis":
            raise LookupError("no such post office")
        printed[card.country] = printed.get(card.country, 0) + 1000 // card.copies
    except (LookupError, ArithmeticError):
        log.warning("card to %r was not printed", card.country)


async def stamp(card: Postcard) -> None:
    with suppress(KeyError):
        log.info("cards so far: %d", printed[card.country])


async def ledger() -> AsyncIterator[list[str]]:
    lines: list[str] = []
    yield lines
    try:
        log.info("last: %s", lines[-1])
    except IndexError:
        log.info("nothing was queued")


@app.post("/cards", status_code=202)
async def queue(card: Postcard, later: BackgroundTasks, lines: Annotated[list[str], Depends(ledger)]) -> Queued:
    if card.copies:
        lines.append(card.country)
    later.add_task(press, card)
    later.add_task(stamp, card=card)
    return Queued(copies=card.copies)
