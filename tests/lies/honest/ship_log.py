"""The log of a ship, written by its officers."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Security
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm, SecurityScopes
from pydantic import BaseModel

oauth2 = OAuth2PasswordBearer(tokenUrl="session", scopes={"log": "Write the log"})
OFFICERS = {"mate": ("bowline", {"log"}), "cook": ("ladle", set())}
sessions: dict[str, str] = {}


class Detail(BaseModel):
    detail: str


class Session(BaseModel):
    access_token: str
    token_type: str = "bearer"


class Entry(BaseModel):
    officer: str
    wind: int


def officer(scopes: SecurityScopes, token: Annotated[str, Depends(oauth2)]) -> str:
    name = sessions.get(token)
    if name is None:
        raise HTTPException(401, "Sign in", headers={"WWW-Authenticate": "Bearer"})
    if not OFFICERS[name][1].issuperset(scopes.scopes):
        raise HTTPException(403, "Not your watch")
    return name


router = APIRouter(prefix="/log", responses={401: {"model": Detail}})
app = FastAPI(title="Ship's log")


@app.post("/session", responses={400: {"model": Detail}})
def sign_in(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Session:
    word, _ = OFFICERS.get(form.username, (None, set()))
    if word != form.password:
        raise HTTPException(400, "Wrong name or word")
    token = secrets.token_hex(16)
    sessions[token] = form.username
    return Session(access_token=token)


@router.get("")
def read(name: Annotated[str, Depends(officer)]) -> list[Entry]:
    return [Entry(officer=name, wind=4)]


@router.post("", status_code=201, responses={403: {"model": Detail}})
def write(wind: int, name: Annotated[str, Security(officer, scopes=["log"])]) -> Entry:
    return Entry(officer=name, wind=wind)


app.include_router(router)
