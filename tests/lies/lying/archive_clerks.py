"""An archive with two clerks, of whom one may throw things away."""
# ruff: noqa: E501

import secrets
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

app = FastAPI(title="Archive")
bearer = HTTPBearer(auto_error=False)
CLERKS = {"edith": "paper-knife", "oswald": "red-ink"}
MAY_THROW = {"oswald"}
at_work: dict[str, str] = {}
folders = {7: "Deeds"}


class Detail(BaseModel):
    detail: str


class Clerk(BaseModel):
    username: str = Field(max_length=40)
    password: str = Field(max_length=40)


class Token(BaseModel):
    access_token: str


def clerk(given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> str:
    if given is None or given.credentials not in at_work:
        raise HTTPException(401, "Nobody is at work")
    return at_work[given.credentials]


def thrower(name: Annotated[str, Depends(clerk)]) -> str:
    if name not in MAY_THROW:
        raise HTTPException(403, "Ask Oswald")  # lie: undocumented-status DELETE /folders/{number} 403
    return name


OFF = {401: {"model": Detail}}


@app.post("/login", responses=OFF)
def login(who: Clerk) -> Token:
    if CLERKS.get(who.username) != who.password:
        raise HTTPException(401, "No such clerk")
    token = secrets.token_urlsafe(9)
    at_work[token] = who.username
    return Token(access_token=token)


@app.get("/folders", responses=OFF)
def listed(name: Annotated[str, Depends(clerk)]) -> list[int]:
    return sorted(folders)


@app.delete("/folders/{number}", status_code=204, responses=OFF)
def throw_away(number: int, name: Annotated[str, Depends(thrower)]) -> None:
    if number not in folders:
        raise HTTPException(404, "No such folder")  # lie: undocumented-status DELETE /folders/{number} 404
    if folders[number] == "Deeds":
        raise HTTPException(423, "Deeds are kept")  # lie: undocumented-status DELETE /folders/{number} 423
    del folders[number]
