"""Scrolls of a monastery, read and copied by those whom the prior lets in."""
# ruff: noqa: E501

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Security
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm, SecurityScopes
from pydantic import BaseModel

app = FastAPI(title="Scriptorium")
oauth = OAuth2PasswordBearer(tokenUrl="token", scopes={"read": "Read scrolls.", "copy": "Copy scrolls."})
let_in: dict[str, list[str]] = {}
scrolls = {1: "In principio"}


class Scroll(BaseModel):
    text: str


class Detail(BaseModel):
    detail: str


def monk(scopes: SecurityScopes, token: Annotated[str, Depends(oauth)]) -> str:
    granted = let_in.get(token)
    if granted is None:
        raise HTTPException(401, "Nobody let you in", headers={"WWW-Authenticate": "Bearer"})
    for scope in scopes.scopes:
        if scope not in granted:
            raise HTTPException(403, "Ask the prior")  # lie: undocumented-status GET /scrolls/{number} 403; lie: undocumented-status POST /scrolls 403
    return token


router = APIRouter(prefix="/scrolls", dependencies=[Security(monk, scopes=["read"])], responses={401: {"model": Detail}})


@app.post("/token", responses={400: {"model": Detail}})
def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
    if form.password != "ora-et-labora":
        raise HTTPException(400, "That is not the word")
    made = secrets.token_hex(8)
    let_in[made] = form.scopes
    return {"access_token": made, "token_type": "bearer"}


@router.get("/{number}")
def read(number: int) -> Scroll:
    if number not in scrolls:
        raise HTTPException(404, "No such scroll")  # lie: undocumented-status GET /scrolls/{number} 404
    return Scroll(text=scrolls[number])


@router.post("", status_code=201, dependencies=[Security(monk, scopes=["copy"])])
def copied(scroll: Scroll) -> Scroll:
    if not scroll.text.strip():
        raise HTTPException(400, "There is nothing to copy")  # lie: undocumented-status POST /scrolls 400
    scrolls[len(scrolls) + 1] = scroll.text
    return scroll


app.include_router(router)
