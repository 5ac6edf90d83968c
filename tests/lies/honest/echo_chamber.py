"""Says what it hears, down to the headers that clients send by themselves."""

from typing import Annotated

from fastapi import FastAPI, Header
from pydantic import BaseModel

app = FastAPI(title="Echo chamber")


class Heard(BaseModel):
    host: str
    agent: str
    accepted: str


class Told(BaseModel):
    words: list[str]


class Length(BaseModel):
    bytes: int
    kind: str


class Wanted(BaseModel):
    accept: str
    accept_encoding: str | None = None


@app.get("/echo")
def echo(
    host: Annotated[str, Header()],
    user_agent: Annotated[str, Header(max_length=200)],
    accept: Annotated[str, Header()] = "*/*",
) -> Heard:
    return Heard(host=host, agent=user_agent, accepted=accept)


@app.post("/echo")
def told(told: Told, content_length: Annotated[int, Header()], content_type: Annotated[str, Header()]) -> Length:
    return Length(bytes=content_length, kind=content_type)


@app.get("/wanted")
def wanted(wanted: Annotated[Wanted, Header()]) -> Wanted:
    return wanted


@app.get("/keyhole")
def keyhole(authorization: Annotated[str, Header(max_length=100)]) -> str:
    return authorization.partition(" ")[0]
