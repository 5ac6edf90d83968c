"""Notebooks of a laboratory, for those who may read and those who may write."""
# ruff: noqa: E501

import secrets
from collections import deque
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, FastAPI, Form, HTTPException, Security
from fastapi.security import OAuth2PasswordBearer, SecurityScopes
from pydantic import BaseModel, Field

SCOPES = {"notes:read": "Read the notes", "notes:write": "Add notes"}
ACCOUNTS = {"curie": "radium-226"}
oauth2 = OAuth2PasswordBearer(tokenUrl="token", scopes=SCOPES)


class Problem(BaseModel):
    detail: str


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"
    scope: str


class Note(BaseModel):
    text: str = Field(min_length=1, max_length=200)


@dataclass(frozen=True)
class Grant:
    name: str
    scopes: frozenset[str]


class SignIn:
    """The form of the password flow."""

    def __init__(
        self,
        username: Annotated[str, Form(max_length=40, examples=["curie"])],
        password: Annotated[str, Form(max_length=40, examples=["radium-226"])],
        scope: Annotated[str, Form(max_length=80, examples=["notes:read notes:write"])] = "",
        grant_type: Annotated[Literal["password"], Form()] = "password",
    ) -> None:
        self.username, self.password, self.grant_type = username, password, grant_type
        self.scopes = frozenset(SCOPES).intersection(scope.split()) or frozenset({"notes:read"})


grants: dict[str, Grant] = {}
notes: deque[Note] = deque(maxlen=50)


def grant(needed: SecurityScopes, token: Annotated[str, Depends(oauth2)]) -> Grant:
    found = grants.get(token)
    if found is None:
        raise HTTPException(401, "Sign in first", headers={"WWW-Authenticate": "Bearer"})
    if not found.scopes.issuperset(needed.scopes):
        raise HTTPException(403, f"This takes {needed.scope_str}")  # lie: undocumented-status POST /notes 403
    return found


router = APIRouter(prefix="/notes", responses={401: {"model": Problem}})


@router.get("", responses={403: {"model": Problem}}, dependencies=[Security(grant, scopes=["notes:read"])])
async def read() -> list[Note]:
    return list(notes)


@router.post("", status_code=201, dependencies=[Security(grant, scopes=["notes:write"])])
async def write(note: Note) -> Note:
    notes.append(note)
    return note


app = FastAPI(title="Lab notebooks", description="A new installation has one account, `curie` with the password `radium-226`.")
app.include_router(router)


@app.post("/token", responses={400: {"model": Problem}})
async def sign_in(form: Annotated[SignIn, Depends()]) -> Token:
    if ACCOUNTS.get(form.username) != form.password:
        raise HTTPException(400, "Wrong name or password")
    token = secrets.token_urlsafe(24)
    grants[token] = Grant(form.username, form.scopes)
    return Token(access_token=token, scope=" ".join(sorted(form.scopes)))
