"""Shows a reader what newsletters come, by the session that a cookie names."""
# ruff: noqa: E501

from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from fastapi import Cookie, Depends, FastAPI, HTTPException
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

app = FastAPI(title="Newsletters")


class Origin(Enum):
    SITE = "site"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Session:
    reader: str
    origin: Origin = Origin.SITE


SESSIONS = {
    "r-58c1": Session("odile"),
    "r-90ae": Session("tomasz"),
    "legacy-0417": Session("priya", Origin.IMPORTED),
}
SUBSCRIPTIONS = {"odile": ["weekly", "garden"], "tomasz": [], "priya": ["weekly"]}


class Preferences(BaseModel):
    reader: str
    letters: list[str]


class Greeting(BaseModel):
    text: str


class Problem(BaseModel):
    detail: str


def current(reader_session: Annotated[str | None, Cookie(max_length=32)] = None) -> Session:
    session = SESSIONS.get(reader_session or "")
    if session is None:
        raise HTTPException(401, "Sign in first")
    return session


Current = Annotated[Session, Depends(current)]


@app.get("/preferences", response_model=Preferences, responses={401: {"model": Problem}})
async def preferences(session: Current) -> Preferences | RedirectResponse:
    if session.origin is Origin.IMPORTED:
        return RedirectResponse("/welcome")  # lie: undocumented-status GET /preferences 307
    return Preferences(reader=session.reader, letters=SUBSCRIPTIONS[session.reader])


@app.get("/subscriptions/count", responses={401: {"model": Problem}})
async def count(session: Current) -> int:
    return len(SUBSCRIPTIONS[session.reader])


@app.get("/welcome")
async def welcome() -> Greeting:
    return Greeting(text="Your subscriptions moved here with you")
