"""Plans of voyages under sail: filed, read, given legs, withdrawn."""
# ruff: noqa: E501

from dataclasses import dataclass, field
from itertools import count

from fastapi import APIRouter, FastAPI, HTTPException, Response
from pydantic import BaseModel, Field


class Problem(BaseModel):
    detail: str


class NewPlan(BaseModel):
    vessel: str = Field(pattern="^[A-Z][a-z]{1,15}$")
    crew: int = Field(ge=1, le=40)


class Leg(BaseModel):
    miles: int = Field(ge=1, le=3_000)


class PlanOut(BaseModel):
    id: int
    vessel: str
    miles: int


@dataclass
class Plan:
    id: int
    vessel: str
    legs: list[int] = field(default_factory=list)
    withdrawn: bool = False

    def out(self) -> PlanOut:
        return PlanOut(id=self.id, vessel=self.vessel, miles=sum(self.legs))


class PlanBook:
    max_legs = 2

    def __init__(self) -> None:
        self._ids = count(1)
        self._plans: dict[int, Plan] = {}

    def file(self, new: NewPlan) -> Plan:
        plan = Plan(next(self._ids), new.vessel)
        self._plans[plan.id] = plan
        return plan

    def open_plan(self, plan_id: int) -> Plan:
        if plan_id not in self._plans:
            raise HTTPException(404, "No such plan")
        plan = self._plans[plan_id]
        if plan.withdrawn:
            raise HTTPException(410, "The plan was withdrawn")  # lie: undocumented-status DELETE /plans/{plan_id} 410
        return plan

    def extend(self, plan: Plan, leg: Leg) -> None:
        if len(plan.legs) >= self.max_legs:
            raise HTTPException(409, "A plan has two legs")  # lie: undocumented-status POST /plans/{plan_id}/legs 409
        plan.legs.append(leg.miles)


book = PlanBook()
router = APIRouter(prefix="/plans", tags=["plans"])
MISSING = {404: {"model": Problem}}
WITHDRAWN = {410: {"model": Problem}}


@router.post("", status_code=201)
async def file_plan(new: NewPlan) -> PlanOut:
    return book.file(new).out()


@router.get("/{plan_id}", responses={**MISSING, **WITHDRAWN})
async def read_plan(plan_id: int) -> PlanOut:
    return book.open_plan(plan_id).out()


@router.post("/{plan_id}/legs", responses={**MISSING, **WITHDRAWN})
async def add_leg(plan_id: int, leg: Leg) -> PlanOut:
    plan = book.open_plan(plan_id)
    book.extend(plan, leg)
    return plan.out()


@router.delete("/{plan_id}", status_code=204, responses=MISSING)
async def withdraw(plan_id: int) -> Response:
    book.open_plan(plan_id).withdrawn = True
    return Response(status_code=204)


app = FastAPI(title="Voyages")
app.include_router(router)
