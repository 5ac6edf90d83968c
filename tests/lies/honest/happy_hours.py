"""Limits: a window of requests, failed sign-ins, and things that expire."""
import time
from collections import defaultdict, deque
from datetime import UTC, datetime, timedelta
from typing import Annotated
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()
class Problem(BaseModel):
    detail: str
WINDOW_S, MOST = 1.0, 5_000
hits: deque[float] = deque()
failures: defaultdict[str, int] = defaultdict(int)
codes: dict[str, datetime] = {}
def limited() -> None:
    now = time.monotonic()
    while hits and now - hits[0] > WINDOW_S:
        hits.popleft()
    if len(hits) >= MOST:
        raise HTTPException(429, "Slow down")
    hits.append(now)
class Pin(BaseModel):
    user: str = Field(min_length=1, max_length=12, pattern="^[a-z]+$")
    pin: str = Field(pattern="^[0-9]{4}$")
@app.post("/sessions", dependencies=[Depends(limited)], responses={401: {"model": Problem}, 423: {"model": Problem}, 429: {"model": Problem}})
async def sign_in(pin: Pin) -> str:
    if failures[pin.user] > 200:
        raise HTTPException(423, "Locked")
    if pin.pin != "4711":
        failures[pin.user] += 1
        raise HTTPException(401, "Wrong")
    failures.pop(pin.user, None)
    return pin.user
@app.post("/codes", status_code=201)
async def code() -> str:
    made = f"c{len(codes)}"
    codes[made] = datetime.now(UTC) + timedelta(days=7)
    return made
@app.get("/codes/{name}", responses={404: {"model": Problem}, 410: {"model": Problem}})
async def use(name: str) -> datetime:
    if (until := codes.get(name)) is None:
        raise HTTPException(404, "No such code")
    if until < datetime.now(UTC):
        raise HTTPException(410, "Expired")
    return until
@app.get("/happy", responses={403: {"model": Problem}})
async def happy(x_age: Annotated[int, Header(ge=0, le=150)] = 30) -> str:
    if datetime.now(UTC).hour < 6 and x_age < 18:
        raise HTTPException(403, "Too late for you")
    return "hello"
