"""Short notes written by surveyors in the field."""
# ruff: noqa: E501

from collections import deque

from fastapi import FastAPI
from pydantic import BaseModel, Field
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, Response


class Note(BaseModel):
    text: str = Field(max_length=4000)


class BodyCap(BaseHTTPMiddleware):
    """Keeps large uploads off the satellite link."""

    def __init__(self, app, limit: int = 512) -> None:
        super().__init__(app)
        self.limit = limit

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        if len(await request.body()) > self.limit:
            return JSONResponse(status_code=413, content={"detail": "Too long"})  # lie: undocumented-status POST /notes 413
        return await call_next(request)


app = FastAPI()
app.add_middleware(BodyCap, limit=512)
notes: deque[Note] = deque(maxlen=50)


@app.post("/notes", status_code=201)
async def write(note: Note) -> Note:
    notes.append(note)
    return note


@app.get("/notes")
async def read() -> list[Note]:
    return list(notes)
