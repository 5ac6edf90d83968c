"""First answers of a visa desk."""
# ruff: noqa: E501

from enum import IntEnum
from typing import NoReturn

from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel, Field


class Outcome(IntEnum):
    PENDING = 202
    EXPIRED = 410
    LOCKED = 423


REFUSALS = {"overstay": 403, "unpaid fee": 402}
TOO_LATE = 425

app = FastAPI()


class Application(BaseModel):
    passport: str = Field(max_length=20)
    history: str = ""
    days: int = Field(30, ge=1, le=365)


class Receipt(BaseModel):
    days: int


def refuse(code: int, why: str) -> NoReturn:
    raise HTTPException(code, why)  # lie: undocumented-status POST /applications 425; lie: undocumented-status POST /applications 410


@app.post("/applications", responses={402: {"description": "Unpaid fee"}})
async def apply(application: Application, response: Response) -> Receipt:
    if application.history in REFUSALS:
        raise HTTPException(REFUSALS[application.history], application.history)  # lie: undocumented-status POST /applications 403
    if application.passport.startswith("OLD"):
        refuse(Outcome.EXPIRED, "Renew the passport")  # also: undocumented-status POST /applications 410
    if application.days == 364:
        refuse(TOO_LATE, "Ask again next year")  # also: undocumented-status POST /applications 425
    if application.passport == "diplomatic":
        response.status_code = Outcome.PENDING  # lie: undocumented-status POST /applications 202
    return Receipt(days=application.days)
