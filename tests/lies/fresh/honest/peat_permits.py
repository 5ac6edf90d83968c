"""Permits to cut peat; refusals are documented by their class."""
# ruff: noqa: E501

from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException
from pydantic import BaseModel, Field

REFUSED = {"moss": 403, "heath": 409, "fen": 423, "bank": 451}


class Trouble(BaseModel):
    detail: Any


class Permit(BaseModel):
    bog: str
    turves: int


class Wish(BaseModel):
    bog: str = Field(max_length=40)
    turves: int = Field(ge=1, le=20_000)
    hand_cut: bool = True


permits = APIRouter(prefix="/permits", responses={"4XX": {"model": Trouble, "description": "Refused"}})


def decide(wish: Wish) -> Permit:
    if wish.bog in REFUSED and not wish.hand_cut:
        raise HTTPException(REFUSED[wish.bog], detail={"bog": wish.bog})
    if wish.turves > 15_000:
        raise HTTPException(413, ["too", "many"])
    return Permit(bog=wish.bog, turves=wish.turves)


@permits.post("", response_model=Permit)
async def ask(wish: Wish) -> Permit:
    return decide(wish)


@permits.get("/{number}", response_model=Permit)
async def show(number: int) -> Permit:
    if number % 13 == 5:
        raise HTTPException(410, "Burnt")
    return Permit(bog="moss", turves=abs(number) % 1000)


app = FastAPI(title="Peat")
app.include_router(permits)


@app.get("/season", responses={"default": {"description": "Out of season"}, "5XX": {"description": "The clock stopped"}})
async def season(week: int = 20) -> str:
    if week not in range(14, 36):
        raise HTTPException(418 if week == 1 else 503, "Out of season")
    return "open"
