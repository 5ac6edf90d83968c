"""Signs of a garden path, for people who follow it on a telephone."""
# ruff: noqa: E501

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel


class Sign(BaseModel):
    number: int
    text: str


class Missing(BaseModel):
    detail: str


class NoSign(LookupError):
    pass


SIGNS = {1: "Ferns", 2: "Mosses", 3: "The old pump"}
app = FastAPI()


@app.exception_handler(NoSign)
def lost(request: Request, exc: NoSign) -> HTMLResponse:
    return HTMLResponse("<h1>You are lost</h1>", status_code=404)  # lie: undocumented-media-type GET /signs/{number} 404


@app.get("/signs/{number}", responses={404: {"model": Missing}})
def sign(number: int) -> Sign:
    if number not in SIGNS:
        raise NoSign  # also: undocumented-media-type GET /signs/{number} 404
    return Sign(number=number, text=SIGNS[number])
