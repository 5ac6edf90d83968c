"""Draws the winners of a village raffle."""
# ruff: noqa: E501

from collections import deque
from time import monotonic
from typing import Literal

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel

WINDOW_S = 300
PER_WINDOW = 9

Tent = Literal["tea", "beer", "cake"]
recent: dict[str, deque[float]] = {"tea": deque(), "beer": deque(), "cake": deque()}


class Ticket(BaseModel):
    tent: Tent
    number: int


def pace(tent: Tent) -> deque[float]:
    draws, now = recent[tent], monotonic()
    while draws and now - draws[0] > WINDOW_S:
        draws.popleft()
    if len(draws) >= PER_WINDOW:
        raise HTTPException(429, "Let the others draw too", {"Retry-After": "60"})  # lie: undocumented-status POST /tents/{tent}/draws 429
    draws.append(now)
    return draws


app = FastAPI()


@app.post("/tents/{tent}/draws", status_code=201)
async def draw(tent: Tent, draws: deque[float] = Depends(pace)) -> Ticket:
    return Ticket(tent=tent, number=100 + len(draws) * 7)
