"""Arms of a semaphore, and refusals that no request meets."""

from typing import Annotated, Literal

from fastapi import Body, FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Semaphore")


class Raised(BaseModel):
    kind: Literal["raised"]
    degrees: Annotated[float, Field(gt=0, le=180)]


class Flagged(BaseModel):
    kind: Literal["flagged"]
    letter: str = Field(min_length=1, max_length=20)
    striped: bool = False


class At(BaseModel):
    metre: Annotated[int, Field(ge=0)]


class Between(BaseModel):
    first: Annotated[int, Field(ge=0, le=5)]
    last: Annotated[int, Field(ge=6, le=9)]


Arm = Annotated[Raised | Flagged, Field(discriminator="kind")]


@app.post("/arms")
def arm(arm: Annotated[Arm, Body()]) -> int:
    if isinstance(arm, Raised):
        if arm.degrees <= 0:
            raise HTTPException(400, "It hangs")
        return 1
    if not arm.letter:
        raise HTTPException(409, "Which letter?")
    return len(arm.letter)


@app.post("/masts")
def mast(where: At | Between) -> int:
    if isinstance(where, Between) and where.first > where.last:
        raise HTTPException(400, "The wrong way round")
    if isinstance(where, At) and where.metre < 0:
        raise HTTPException(409, "Below the ground")
    return 1


@app.post("/lines")
def line(arms: Annotated[list[Arm], Body(max_length=3)]) -> int:
    for one in arms:
        match one:
            case Raised(degrees=degrees) if degrees < 0:
                raise HTTPException(409, "It hangs")
            case Flagged(letter=""):
                raise HTTPException(410, "Which letter?")
    return sum(1 for one in arms if isinstance(one, Flagged))
