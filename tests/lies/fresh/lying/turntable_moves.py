"""Plans moves on the turntable of an engine shed."""
# ruff: noqa: E501

from enum import StrEnum

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

MOTOR_TONNES = 90
ROADS = 24
app = FastAPI(title="Engine shed")


class Kind(StrEnum):
    TURN = "turn"
    SHUNT = "shunt"
    PARK = "park"


class Move(BaseModel):
    kind: Kind
    loaded: bool
    road: int = Field(ge=0, lt=ROADS)
    tonnes: int = Field(ge=0, le=160)


class Plan(BaseModel):
    minutes: int
    degrees: int


class Problem(BaseModel):
    detail: str


class Table:
    def __init__(self, roads: int) -> None:
        self.step = 360 // roads

    def degrees(self, road: int) -> int:
        return road * self.step % 360

    def is_straight(self, road: int) -> bool:
        return self.degrees(road) % 180 == 0

    def plan(self, move: Move) -> Plan:
        degrees = self.degrees(move.road)
        match (move.kind, move.loaded):
            case (Kind.PARK, True):
                raise HTTPException(409, "Nothing is parked on the table")
            case (Kind.TURN, False):
                minutes = 2
            case (Kind.TURN, True) if move.tonnes > MOTOR_TONNES and not self.is_straight(move.road):
                raise HTTPException(423, "Too heavy for the motor")  # lie: undocumented-status POST /moves 423
            case (Kind.TURN, True):
                minutes = 4 + move.tonnes // 30
            case (Kind.SHUNT, _) if move.road == 0:
                minutes = 1
            case _:
                minutes = 6
        return Plan(minutes=minutes, degrees=degrees)


table = Table(ROADS)


@app.post("/moves", responses={409: {"model": Problem}})
async def move(wanted: Move) -> Plan:
    """Plan one move of an engine."""
    return table.plan(wanted)
