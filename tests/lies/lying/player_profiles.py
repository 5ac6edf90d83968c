"""Profiles of players of a card game."""

from hashlib import sha256
from itertools import count

from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, SecretStr


class SignUp(BaseModel):
    nick: str = Field(min_length=2, max_length=20)
    password: SecretStr


class Profile(BaseModel):
    id: int
    nick: str


class ErrorOut(BaseModel):
    detail: str


app = FastAPI()
ids = count(1)
players: dict[int, dict] = {}


@app.post("/players", response_model=Profile, status_code=201)
async def sign_up(new: SignUp):
    digest = sha256(new.password.get_secret_value().encode()).hexdigest()  # lie: server-error POST /players 500
    row = {"id": next(ids), "nick": new.nick, "password_hash": digest}
    players[row["id"]] = row
    return row


@app.get("/players/{id}", response_model=Profile, responses={404: {"model": ErrorOut}})
async def profile(id: int):
    if id not in players:
        raise HTTPException(404, "No such player")
    return JSONResponse(players[id])  # lie: undocumented-field GET /players/{id} 200
