"""Repairs of jetties, from the report to the last plank."""

from enum import StrEnum, auto
from http import HTTPStatus
from itertools import count
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Path, Response
from pydantic import BaseModel, Field


class State(StrEnum):
    reported = auto()
    working = auto()
    done = auto()
    scrapped = auto()


class Event(StrEnum):
    start = auto()
    finish = auto()
    scrap = auto()


MOVES = {
    (State.reported, Event.start): (State.working, HTTPStatus.OK),
    (State.working, Event.finish): (State.done, HTTPStatus.OK),
    (State.working, Event.scrap): (State.scrapped, HTTPStatus.ACCEPTED),
    (State.reported, Event.scrap): (State.scrapped, HTTPStatus.NO_CONTENT),
}


class Problem(BaseModel):
    detail: str


class Damage(BaseModel):
    planks: int = Field(ge=1, le=60)


class Step(BaseModel):
    event: Event


class Repair(BaseModel):
    repair_id: int
    jetty: int
    planks: int
    state: State = State.reported


class Yard:
    open_per_jetty = 3

    def __init__(self) -> None:
        self._ids = count(1)
        self._repairs: dict[int, Repair] = {}

    def report(self, jetty: int, planks: int) -> Repair:
        waiting = [one for one in self._repairs.values() if one.jetty == jetty and one.state is State.reported]
        if len(waiting) >= self.open_per_jetty:
            raise HTTPException(429, "Enough to do there", headers={"Retry-After": str(len(waiting) * 86_400)})
        repair = Repair(repair_id=next(self._ids), jetty=jetty, planks=planks)
        self._repairs[repair.repair_id] = repair
        return repair

    def find(self, repair_id: int) -> Repair:
        if repair_id not in self._repairs:
            raise HTTPException(404, "No such repair")
        return self._repairs[repair_id]


yard = Yard()
KnownRepair = Annotated[Repair, Depends(yard.find)]
LATER = {"Retry-After": {"required": True, "schema": {"type": "integer", "minimum": 86_400}}}
UNKNOWN: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}
app = FastAPI(title="Jetties")


@app.post("/jetties/{jetty}/repairs", status_code=201, responses={429: {"model": Problem, "headers": LATER}})
async def report(jetty: Annotated[int, Path(ge=1, le=40)], damage: Damage) -> Repair:
    return yard.report(jetty, damage.planks)


@app.get("/repairs/{repair_id}", responses=UNKNOWN)
async def show(repair: KnownRepair) -> Repair:
    return repair


@app.post(
    "/repairs/{repair_id}/steps",
    response_model=Repair,
    responses=UNKNOWN
    | {
        202: {"model": Repair, "description": "The wood is fetched"},
        204: {"description": "Nothing had been done yet"},
        409: {"model": Problem},
    },
)
async def step(repair: KnownRepair, step: Step, response: Response) -> Any:
    try:
        repair_state, status = MOVES[repair.state, step.event]
    except KeyError:
        response.status_code = 500
        raise HTTPException(409, f"It is {repair.state}") from None
    repair.state = repair_state
    if status is HTTPStatus.NO_CONTENT:
        return Response(status_code=status)
    response.status_code = status
    return repair
