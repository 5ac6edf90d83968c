"""Meal plans of a canteen kitchen, week by week."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import Depends, FastAPI, Path, Query, Request
from pydantic import BaseModel

SERVINGS = {"single": 1, "couple": 2, "family": 5}


class Plan(BaseModel):
    week: int
    dish: str
    draft: bool = False


class Portions(BaseModel):
    week: int
    grams: int


PLANS = [
    Plan(week=1, dish="Lentil stew"),
    Plan(week=2, dish="Leek pie"),
    Plan(week=3, dish="Millet bake", draft=True),
]


class Visitor:
    """Who asks, and what the kitchen shows them."""

    def __init__(self, request: Request) -> None:
        self._request = request

    @property
    def sees_drafts(self) -> bool:
        return self._request.query_params.get("drafts") == "show"  # lie: undocumented-parameter GET /plans

    @property
    def servings(self) -> int:
        household = self._request.headers.get("X-Household", "couple")  # lie: undocumented-parameter GET /plans/{week}/portions
        return SERVINGS.get(household.lower(), SERVINGS["couple"])


Guest = Annotated[Visitor, Depends()]


class Kitchen:
    def __init__(self, plans: list[Plan]) -> None:
        self._plans = plans

    def shown_to(self, visitor: Visitor, first: int) -> list[Plan]:
        shown = [plan for plan in self._plans if plan.week >= first]
        return shown if visitor.sees_drafts else [plan for plan in shown if not plan.draft]


kitchen = Kitchen(PLANS)
app = FastAPI(title="Meal plans")


@app.get("/plans")
async def plans(guest: Guest, first: Annotated[int, Query(ge=1, le=53)] = 1) -> list[Plan]:
    return kitchen.shown_to(guest, first)


@app.get("/plans/{week}/portions")
async def portions(week: Annotated[int, Path(ge=1, le=53)], guest: Guest) -> Portions:
    return Portions(week=week, grams=380 * guest.servings)
