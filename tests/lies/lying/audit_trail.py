"""The audit trail of a small bank; every answer carries an id."""
# ruff: noqa: E501

from itertools import count

from fastapi import FastAPI, Request
from pydantic import BaseModel

app = FastAPI(title="Audit")
numbers = count(1)
ID = {200: {"headers": {"X-Request-Id": {"required": True, "schema": {"type": "string", "format": "uuid"}}}}}


@app.middleware("http")
async def stamp(request: Request, call_next):
    response = await call_next(request)
    response.headers["X-Request-Id"] = f"req-{next(numbers)}"  # lie: response-header-mismatch GET /entries 200; lie: response-header-mismatch GET /entries/latest 200
    return response


class Entry(BaseModel):
    number: int
    action: str = "login"


@app.get("/entries", responses=ID)
async def entries(first: int = 1) -> list[Entry]:
    return [Entry(number=n) for n in range(1, 5) if n >= first]


@app.get("/entries/latest", responses=ID)
async def latest() -> Entry:
    return Entry(number=4, action="logout")
