"""Hints for riddles; most of what goes wrong is dealt with on the way."""

from contextlib import suppress

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel

app = FastAPI(title="Riddles")
STRICT = False
HINTS = {1: "It has keys but no locks.", 2: "It gets wetter as it dries."}


class Hint(BaseModel):
    riddle: int
    text: str
    share: int = 0


class UnknownRiddle(HTTPException):
    def __init__(self) -> None:
        super().__init__(404, "Unknown riddle")


def look_up(riddle: int) -> str:
    if riddle not in HINTS:
        raise UnknownRiddle
    return HINTS[riddle]


def letters(word: str) -> int:
    try:
        return int(word)
    except ValueError:
        return len(word)


@app.get("/hints/{riddle}")
def hint(riddle: int, word: str = "", among: int = Query(1, ge=0)) -> Hint:
    try:
        text = look_up(riddle)
    except HTTPException as error:
        text = f"No hint ({error.status_code})"
    share = 0
    with suppress(ZeroDivisionError):
        share = letters(word) // among
    if STRICT:
        raise HTTPException(451, "Riddles are forbidden")
    return Hint(riddle=riddle, text=text, share=share)
