"""Members of an allotment sign up, keep plots of their own, and swap what they grow."""
# ruff: noqa: E501

import secrets
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

app = FastAPI(title="Allotment")
bearer = HTTPBearer(auto_error=False)
members: dict[str, str] = {}
sessions: dict[str, str] = {}
plots: dict[int, "Plot"] = {}


class Joining(BaseModel):
    username: str = Field(pattern="^[a-z0-9]{3,20}$")
    password: str = Field(min_length=8, max_length=40)


class Entry(BaseModel):
    access_token: str


class NewPlot(BaseModel):
    crop: str = Field(min_length=1, max_length=40)


class Plot(NewPlot):
    number: int
    owner: str


class Detail(BaseModel):
    detail: str


def member(sent: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> str:
    name = sessions.get(sent.credentials) if sent else None
    if name is None:
        raise HTTPException(401, "Sign in first")
    return name


Member = Annotated[str, Depends(member)]
IN = {401: {"model": Detail}}


@app.post("/members", status_code=201, responses={409: {"model": Detail}})
def join(joining: Joining) -> None:
    if joining.username in members:
        raise HTTPException(409, "The name is taken")
    members[joining.username] = joining.password


@app.post("/sessions", responses={403: {"model": Detail}})
def sign_in(joining: Joining) -> Entry:
    if members.get(joining.username) != joining.password:
        raise HTTPException(403, "No such member")
    token = secrets.token_hex(8)
    sessions[token] = joining.username
    return Entry(access_token=token)


@app.post("/plots", status_code=201, responses=IN)
def dig(plot: NewPlot, name: Member) -> Plot:
    plots[len(plots) + 1] = made = Plot(number=len(plots) + 1, owner=name, **plot.model_dump())
    return made


@app.put("/plots/{number}", responses={**IN, 404: {"model": Detail}})
def replant(number: int, plot: NewPlot, name: Member) -> Plot:
    if number not in plots:
        raise HTTPException(404, "No such plot")
    if plots[number].owner != name:
        raise HTTPException(403, "Somebody else's")  # lie: undocumented-status PUT /plots/{number} 403
    plots[number].crop = plot.crop
    return plots[number]


@app.get("/plots/{number}", responses=IN)
def look(number: int, name: Member) -> Plot:
    if number not in plots:
        raise HTTPException(410, "Dug over")  # lie: undocumented-status GET /plots/{number} 410
    return plots[number]
