"""Stamp duties for deeds; odd deeds are sorted out on the way."""

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Duties")
TABLE = {"gift": 2, "sale": 6, "lease": 1}


class Unstamped(Exception):
    """A deed that carries no duty."""


class Deed(BaseModel):
    kind: str
    pounds: int = Field(ge=0, le=10_000_000)
    parties: int = Field(2, ge=0, le=50)


class Duty(BaseModel):
    pounds: int
    each: int


def rate(kind: str) -> int:
    if kind == "oath":
        raise Unstamped
    try:
        return TABLE[kind]
    except KeyError:
        raise HTTPException(406, "Unknown deed") from None


def share(pounds: int, parties: int) -> int:
    try:
        return pounds // parties
    except ZeroDivisionError:
        return 0


@app.post("/duties", responses={404: {"description": "No duty for this deed"}})
async def duty(deed: Deed) -> Duty:
    try:
        percent = rate(deed.kind)
    except Unstamped:
        percent = 0
    except HTTPException as refused:
        if refused.status_code != 406:
            raise
        raise HTTPException(404, "No duty for this deed") from refused
    pounds = deed.pounds * percent // 100
    return Duty(pounds=pounds, each=share(pounds, deed.parties))
