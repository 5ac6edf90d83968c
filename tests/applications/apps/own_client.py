"""A travel agency that asks itself, through its own app, and holds what it was told in context variables."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar

from fastapi import BackgroundTasks, FastAPI, HTTPException, Request, Response

asked_by: ContextVar[str] = ContextVar("asked_by", default="nobody")
app = FastAPI()


@app.middleware("http")
async def remember(request: Request, call_next) -> Response:
    token = asked_by.set(request.headers.get("x-asked-by", "somebody"))  # lie: undocumented-parameter GET /who
    try:
        return await call_next(request)
    finally:
        asked_by.reset(token)


async def inner(path: str) -> int:
    """Call the app below itself."""
    statuses: list[int] = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": [], "root_path": "", "scheme": "http", "server": ("x", 80), "client": None, "http_version": "1.1", "asgi": {"version": "3.0"}}
    await app(scope, receive, send)
    return statuses[0]


@app.get("/who")
async def who() -> str:
    return asked_by.get()


@app.get("/trips/{name}", responses={404: {}})
async def trip(name: str) -> str:
    if name != "rome":
        raise HTTPException(404)
    return name


@app.get("/checked/{name}")
async def checked(name: str) -> bool:
    if await inner("/trips/rome") != 200:
        raise HTTPException(424)
    return await inner(f"/trips/{name}") == 200


@app.get("/strict/{name}")
async def strict(name: str) -> bool:
    if await inner(f"/trips/{name}") != 200:
        raise HTTPException(424)  # lie: undocumented-status GET /strict/{name} 424
    return True
