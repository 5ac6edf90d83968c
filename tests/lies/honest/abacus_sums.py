"""Sums over digits and letters, where what does not count is left out or refused."""

import base64
import json
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel

app = FastAPI(title="Abacus")
WORTH = {"I": 1, "V": 5, "X": 10}


class Detail(BaseModel):
    detail: str


@app.get("/checks", responses={400: {"model": Detail}})
def check(number: Annotated[str, Query(max_length=40)]) -> bool:
    if not (number.isascii() and number.isdigit()):
        raise HTTPException(400, "Digits only")
    return sum(int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(number)) % 9 == 0


@app.get("/romans")
def romans(text: Annotated[str, Query(max_length=60)]) -> int:
    return sum(WORTH[letter] for letter in text if letter in WORTH)


@app.get("/sums")
def sums(text: Annotated[str, Query(max_length=60)]) -> int | None:
    try:
        return sum(int(letter) for letter in text)
    except ValueError:
        return None


@app.get("/rows", responses={400: {"model": Detail}})
def rows(cursor: str = "") -> list[int]:
    try:
        after = json.loads(base64.urlsafe_b64decode(cursor))["after"] if cursor else 0
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise HTTPException(400, "Not a cursor") from None
    return [row for row in range(20) if isinstance(after, int) and row > after]
