"""The harbour's watch signs in with JSON, and keeps a log that its members may correct for each other."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, Field

app = FastAPI(title="Watch")
key = APIKeyHeader(name="X-Watch")
WATCH = {"ines": "lantern-4", "olaf": "rope-9"}


class Signing(BaseModel):
    username: str = Field(max_length=20)
    password: str = Field(max_length=40)


class Signed(BaseModel):
    token: str


class Line(BaseModel):
    text: str = Field(max_length=120)


class Entry(Line):
    number: int
    by: str


class Detail(BaseModel):
    detail: str


class Log:
    def __init__(self) -> None:
        self.signed: dict[str, str] = {}
        self.entries: list[Entry] = []

    def member(self, sent: Annotated[str, Depends(key)]) -> str:
        if (name := self.signed.get(sent)) is None:
            raise HTTPException(401, "Sign in")
        return name


log = Log()
Member = Annotated[str, Depends(log.member)]
entries = APIRouter(prefix="/entries", responses={401: {"model": Detail}})


@app.post("/sessions", responses={403: {"model": Detail}})
def sign_in(signing: Signing) -> Signed:
    if WATCH.get(signing.username) != signing.password:
        raise HTTPException(403, "Not of the watch")
    token = secrets.token_hex(6)
    log.signed[token] = signing.username
    return Signed(token=token)


@entries.post("", status_code=201)
def write(line: Line, by: Member) -> Entry:
    log.entries.append(Entry(number=len(log.entries), by=by, text=line.text))
    return log.entries[-1]


@entries.put("/{number}", responses={404: {"model": Detail}})
def correct(number: int, line: Line, by: Member) -> Entry:
    if not 0 <= number < len(log.entries):
        raise HTTPException(404, "No such entry")
    log.entries[number].text = line.text
    return log.entries[number]


app.include_router(entries)
