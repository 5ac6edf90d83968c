"""Where a tram is washed tonight."""

from enum import Enum

from fastapi import FastAPI, status
from fastapi.exceptions import HTTPException
from pydantic import BaseModel


class Livery(str, Enum):
    CREAM = "cream-and-brown-1954"
    ADVERT = "full-wrap-advertising"
    MUSEUM = "museum-lacquer-do-not-brush"
    PLAIN = "plain"


class Depots:
    """Short names as they stand on the duty roster."""

    NORTH = "ND"
    SOUTH = "SD"
    CLOSED = "Gravel Lane (closed 2021)"


class Wash(BaseModel):
    tram: int
    livery: str
    depot: str


class Slot(BaseModel):
    tram: int
    minutes: int


app = FastAPI()


def minutes_for(livery: str) -> int:
    return 45 if livery == Livery.CREAM.value else 20


@app.put("/washes")
def plan_wash(wash: Wash) -> Slot:
    if wash.depot == Depots.CLOSED:
        raise HTTPException(status.HTTP_423_LOCKED, "The depot is closed")  # lie: undocumented-status PUT /washes 423
    if wash.livery == Livery.MUSEUM.value:
        raise HTTPException(status.HTTP_409_CONFLICT, "Hand wash only")  # lie: undocumented-status PUT /washes 409
    return Slot(tram=wash.tram, minutes=minutes_for(wash.livery))
