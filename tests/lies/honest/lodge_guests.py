"""Guests of a lodge register, sign in and keep a diary that only they may read."""

import hashlib
import hmac
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Path
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel, Field

app = FastAPI(title="Lodge")
scheme = OAuth2PasswordBearer("token")
guests: dict[str, bytes] = {}
pages: dict[int, "Page"] = {}
SEAL = b"antlers"


class Registration(BaseModel):
    email: str = Field(pattern=r"^[a-z0-9]{1,20}@[a-z]{1,20}\.com$")
    password: str = Field(min_length=6, max_length=60)


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"


class Line(BaseModel):
    text: str = Field(max_length=200)


class Page(Line):
    id: int
    guest: str


class Detail(BaseModel):
    detail: str


def told(*statuses: int) -> dict[int | str, dict[str, object]]:
    return {status: {"model": Detail} for status in statuses}


def sealed(email: str) -> str:
    return f"{email}|{hmac.digest(SEAL, email.encode(), 'sha256').hex()}"


def guest(token: Annotated[str, Depends(scheme)]) -> str:
    email = token.partition("|")[0]
    if email not in guests or not hmac.compare_digest(sealed(email).encode(), token.encode()):
        raise HTTPException(401, "Not a guest")
    return email


def own_page(id: Annotated[int, Path(ge=1)], email: Annotated[str, Depends(guest)]) -> Page:
    page = pages.get(id)
    if page is None:
        raise HTTPException(404, "No such page")
    if page.guest != email:
        raise HTTPException(403, "Somebody else's diary")
    return page


Own = Annotated[Page, Depends(own_page)]


@app.post("/guests", status_code=204, responses=told(409))
def register(new: Registration) -> None:
    if new.email in guests:
        raise HTTPException(409, "Registered already")
    guests[new.email] = hashlib.sha256(new.password.encode(errors="replace")).digest()


@app.post("/token", responses=told(401))
def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
    known = guests.get(form.username)
    if known != hashlib.sha256(form.password.encode(errors="replace")).digest():
        raise HTTPException(401, "Wrong name or password")
    return Token(access_token=sealed(form.username))


@app.post("/pages", status_code=201, responses=told(401))
def write(line: Line, email: Annotated[str, Depends(guest)]) -> Page:
    pages[len(pages) + 1] = page = Page(id=len(pages) + 1, guest=email, text=line.text)
    return page


@app.get("/pages/{id}", responses=told(401, 403, 404))
def read(page: Own) -> Page:
    return page


@app.put("/pages/{id}", responses=told(401, 403, 404))
def rewrite(page: Own, line: Line) -> Page:
    page.text = line.text
    return page
