"""Porters sign in at their lodge, and write down who came by."""
# ruff: noqa: E501

import secrets
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel, Field

app = FastAPI(title="Porters")
scheme = OAuth2PasswordBearer("login")
PORTERS = {"agnes": "oaken-door", "tobias": "iron-gate"}
shifts: dict[str, str] = {}
visits: dict[int, "Visit"] = {}


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"


class Detail(BaseModel):
    detail: str


class NewVisit(BaseModel):
    name: str = Field(min_length=1, max_length=60)
    floor: int = Field(ge=0, le=9)


class Visit(NewVisit):
    porter: str


def porter(token: Annotated[str, Depends(scheme)]) -> str:
    if token not in shifts:
        raise HTTPException(401, "Not on shift")
    return shifts[token]


OFF = {401: {"model": Detail}}


@app.post("/login", responses={400: {"model": Detail}})
def login(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
    if PORTERS.get(form.username) != form.password:
        raise HTTPException(400, "No such porter")
    token = secrets.token_urlsafe(12)
    shifts[token] = form.username
    return Token(access_token=token)


@app.post("/visits", status_code=201, responses=OFF)
def let_in(new: NewVisit, name: Annotated[str, Depends(porter)]) -> int:
    if new.floor == 7:
        raise HTTPException(423, "The seventh is closed")  # lie: undocumented-status POST /visits 423
    visits[len(visits) + 1] = Visit(porter=name, **new.model_dump())
    return len(visits)


@app.get("/visits/{number}", responses=OFF)
def visit(number: int, name: Annotated[str, Depends(porter)]) -> Visit:
    if number not in visits:
        raise HTTPException(404, "Nobody came by")  # lie: undocumented-status GET /visits/{number} 404
    return visits[number]
