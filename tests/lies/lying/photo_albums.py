"""Private photo albums."""
# ruff: noqa: E501

import secrets
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, status
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel, Field

app = FastAPI()
oauth2 = OAuth2PasswordBearer(tokenUrl="token")  # lie: undocumented-status GET /albums 401; lie: undocumented-status POST /albums 401
PASSWORDS = {"lea": "ilex-7"}
tokens: dict[str, str] = {}
albums: dict[str, list["Album"]] = {}


class Token(BaseModel):
    access_token: str
    token_type: str


class Album(BaseModel):
    title: str = Field(max_length=100)


async def current_user(token: Annotated[str, Depends(oauth2)]) -> str:
    user = tokens.get(token)
    if user is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Expired")  # lie: undocumented-status GET /albums 401; lie: undocumented-status POST /albums 401
    return user


User = Annotated[str, Depends(current_user)]


@app.post("/token")
async def login(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
    if PASSWORDS.get(form.username) != form.password:
        raise HTTPException(status_code=400, detail="Incorrect username or password")  # lie: undocumented-status POST /token 400
    token = secrets.token_urlsafe()
    tokens[token] = form.username
    return Token(access_token=token, token_type="bearer")


@app.get("/albums")
async def my_albums(user: User) -> list[Album]:
    return albums.get(user, [])


@app.post("/albums", status_code=201)
async def new_album(album: Album, user: User) -> Album:
    albums.setdefault(user, []).append(album)
    return album
