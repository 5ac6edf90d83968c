"""Bins of a warehouse, read and filled from hand terminals."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Path
from pydantic import BaseModel, Field

Shelf = Annotated[str, Path(pattern="^[A-F][0-9]{2}$")]


class Fill(BaseModel):
    units: Annotated[int, Field(ge=0, le=500)]


bins: dict[str, int] = {}
router = APIRouter()


@router.get("/bins/{shelf}")
async def units_in(shelf: Shelf) -> Fill:
    return Fill(units=bins.get(shelf, 0))


@router.put("/bins/{shelf}")
async def fill(shelf: Shelf, amount: Fill) -> Fill:
    bins[shelf] = amount.units
    return amount


async def paired_terminal(x_terminal: Annotated[str | None, Header(max_length=20)] = None) -> None:
    if not x_terminal:
        raise HTTPException(401, "Pair this terminal first", {"WWW-Authenticate": "Terminal"})  # lie: undocumented-status GET /bins/{shelf} 401; lie: undocumented-status PUT /bins/{shelf} 401


app = FastAPI()
app.include_router(router, dependencies=[Depends(paired_terminal)])


@app.get("/ping")
async def ping() -> str:
    return "pong"
