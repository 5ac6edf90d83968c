"""Calls of a square dance: steps, turns and rests, each as its kind says."""

from typing import Annotated, Literal

from fastapi import Body, FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Square dance")


class Detail(BaseModel):
    detail: str


class Step(BaseModel):
    kind: Literal["step"]
    beats: Annotated[int, Field(ge=1, le=8)]


class Turn(BaseModel):
    kind: Literal["turn"]
    hand: Literal["left", "right"]
    twice: bool = False


class Rest(BaseModel):
    kind: Literal["rest"]


Call = Annotated[Step | Turn | Rest, Field(discriminator="kind")]


@app.post("/calls", responses={409: {"model": Detail}})
def called(call: Annotated[Call, Body()]) -> int:
    match call:
        case Step(beats=beats):
            return beats
        case Turn():
            if call.twice and call.hand == "left":
                raise HTTPException(409, "Everybody falls")
            return 4 * (1 + call.twice)
        case Rest():
            return 0
    raise HTTPException(418, "There are no others")


@app.post("/dances")
def danced(calls: Annotated[list[Call], Body(max_length=12)]) -> int:
    return sum(not isinstance(call, Rest) for call in calls)
