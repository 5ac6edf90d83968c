"""Cabins of a polar station, opened to wardens only."""

from typing import Annotated

from fastapi import Cookie, Depends, FastAPI, HTTPException, Path, Response
from fastapi.responses import RedirectResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

app = FastAPI(title="Cabins")
bearer = HTTPBearer(auto_error=False)
LOBBY = "LOBBY"
WARDENS = {"polar-5541": "ingrid", "polar-9020": "matteo"}
OCCUPIED: dict[str, int] = {"auk": 2, "tern": 0, "skua": 4}
CabinName = Annotated[str, Path(pattern="^[a-z]{3,8}$")]


class Problem(BaseModel):
    detail: str


class Cabin(BaseModel):
    name: str
    guests: int


class Stay(BaseModel):
    guests: int = Field(ge=1, le=4)


def warden(
    name: CabinName, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> str:
    if name == LOBBY:
        return "visitor"
    token = credentials.credentials if credentials else ""
    if token not in WARDENS:
        raise HTTPException(401, "Wardens only", headers={"WWW-Authenticate": "Bearer"})
    return WARDENS[token]


def cabin(name: CabinName, who: Annotated[str, Depends(warden)]) -> str:
    if name not in OCCUPIED:
        raise HTTPException(404, "No such cabin")
    return name


Known = Annotated[str, Depends(cabin)]
REFUSED = {401: {"model": Problem}, 404: {"model": Problem}}


@app.get("/cabins")
async def cabins() -> list[str]:
    return sorted(OCCUPIED)


@app.get("/cabins/{name}", responses=REFUSED)
async def read(known: Known, response: Response) -> Cabin:
    response.set_cookie("last_cabin", known)
    return Cabin(name=known, guests=OCCUPIED[known])


@app.post("/cabins/{name}/stays", status_code=201, responses={**REFUSED, 409: {"model": Problem}})
async def stay(known: Known, new: Stay) -> Cabin:
    if OCCUPIED[known] + new.guests > 4:
        raise HTTPException(409, "Four bunks")
    OCCUPIED[known] += new.guests
    return Cabin(name=known, guests=OCCUPIED[known])


@app.get("/last-cabin", status_code=307, response_class=RedirectResponse, responses={404: {"model": Problem}})
async def last(last_cabin: Annotated[str | None, Cookie(pattern="^[a-z]{3,8}$")] = None) -> RedirectResponse:
    if last_cabin is None:
        raise HTTPException(404, "You have seen none yet")
    return RedirectResponse(f"/cabins/{last_cabin}")
