"""Catches of the county moth recorders, by night and by trap."""
# ruff: noqa: E501

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Query
from pydantic import BaseModel, Field

LONGEST = 366
COUNTIES = {"kent": "Kent", "devon": "Devon", "fife": "Fife", "orkney": "Orkney"}
UNDER_REVIEW = frozenset({"orkney"})


class Refusal(BaseModel):
    detail: str


class Catch(BaseModel):
    night: date
    species: str
    moths: int


class Trap(BaseModel):
    watts: int = Field(ge=4, le=250)
    actinic: bool = False


CATCHES = {
    "kent": [Catch(night=date(2019, 6, 2), species="Agrotis exclamationis", moths=31)],
    "devon": [Catch(night=date(2020, 7, 11), species="Noctua pronuba", moths=12)],
}
traps: dict[tuple[str, str], Trap] = {}


def county(county: Annotated[str, Path(max_length=20)]) -> str:
    if county not in COUNTIES:
        raise HTTPException(404, "No recorder there")
    return county


County = Annotated[str, Depends(county)]


class Nights:
    """The nights between two dates, both included."""

    def __init__(self, first: date = date(2019, 1, 1), last: date = date(2019, 12, 31)) -> None:
        if last < first:
            raise HTTPException(400, "The last night comes before the first")
        if (last - first).days > LONGEST:
            raise HTTPException(416, "More than a year")  # lie: undocumented-status GET /counties/{county}/species 416
        self.first, self.last = first, last

    def __contains__(self, catch: Catch) -> bool:
        return self.first <= catch.night <= self.last


def writable(county: County, trap: Annotated[str, Path(pattern="^[A-Z]{2}-[0-9]{1,3}$")]) -> tuple[str, str]:
    if county in UNDER_REVIEW and not trap.startswith("RT-"):
        raise HTTPException(403, "The records of this county are under review")  # lie: undocumented-status DELETE /counties/{county}/traps/{trap} 403
    return county, trap


Writable = Annotated[tuple[str, str], Depends(writable)]
router = APIRouter(prefix="/counties/{county}", responses={404: {"model": Refusal}})


@router.get("/catches", responses={400: {"model": Refusal}, 416: {"model": Refusal}})
async def catches(county: County, nights: Annotated[Nights, Depends()]) -> list[Catch]:
    return [catch for catch in CATCHES.get(county, []) if catch in nights]


@router.get("/species", responses={400: {"model": Refusal}})
async def species(county: County, nights: Annotated[Nights, Depends()], least: Annotated[int, Query(ge=1)] = 1) -> list[str]:
    return sorted({catch.species for catch in CATCHES.get(county, []) if catch in nights and catch.moths >= least})


@router.put("/traps/{trap}", responses={403: {"model": Refusal}})
async def place(where: Writable, placed: Trap) -> Trap:
    traps[where] = placed
    return placed


@router.delete("/traps/{trap}", status_code=204)
async def remove(where: Writable) -> None:
    if traps.pop(where, None) is None:
        raise HTTPException(404, "No such trap")


app = FastAPI(title="Moth traps")
app.include_router(router)
