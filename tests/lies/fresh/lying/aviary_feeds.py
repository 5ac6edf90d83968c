"""What the birds of an aviary are fed, and when."""
# ruff: noqa: E501

from enum import IntEnum
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import Body, FastAPI, HTTPException, Path
from pydantic import BaseModel, Field, model_validator

app = FastAPI(title="Aviary feeds")


class Meal(IntEnum):
    MORNING = 1
    NOON = 2
    EVENING = 3


class Seeds(BaseModel):
    kind: Literal["seeds"]
    grams: int = Field(ge=5, le=600)
    mix: list[str] = Field(default_factory=list, max_length=4)


class Fruit(BaseModel):
    kind: Literal["fruit"]
    pieces: int = Field(ge=1, le=12)
    peeled: bool = False

    @model_validator(mode="after")
    def no_more_than_they_eat(self) -> "Fruit":
        if not self.peeled and self.pieces > 8:
            raise ValueError("peel them, or serve fewer")  # lie: rejects-valid-request PUT /cages/{cage}/meals/{meal} 422
        return self


Feed = Annotated[Seeds | Fruit, Field(discriminator="kind")]
FEEDS: dict[str, Any] = {
    "finches": {"summary": "For finches", "value": {"kind": "seeds", "grams": 40, "mix": ["millet"]}},
    "parrots": {"summary": "For parrots", "value": {"kind": "fruit", "pieces": 3, "peeled": True}},
    "macaws": {
        "summary": "For macaws",
        "value": {"kind": "seeds", "grams": 120, "mix": ["hemp", "oats", "flax", "maize", "rape"]},  # lie: invalid-example PUT /cages/{cage}/meals/{meal}
    },
}


class Refusal(BaseModel):
    detail: str


def told(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    return {int(status): {"model": Refusal, "description": status.phrase} for status in statuses}


cages: dict[int, dict[Meal, Feed]] = {number: {} for number in range(1, 9)}
Cage = Annotated[int, Path(ge=1, le=99)]


def meals_in(cage: int) -> dict[Meal, Feed]:
    if cage not in cages:
        raise HTTPException(HTTPStatus.NOT_FOUND, "No such cage")
    return cages[cage]


@app.put(
    "/cages/{cage}/meals/{meal}",
    responses=told(HTTPStatus.NOT_FOUND),
)
def serve(cage: Cage, meal: Meal, feed: Annotated[Feed, Body(openapi_examples=FEEDS)]) -> Feed:
    meals_in(cage)[meal] = feed
    return feed


@app.get("/cages/{cage}/meals/{meal}", responses=told(HTTPStatus.NOT_FOUND))
def meal(cage: Cage, meal: Meal) -> Feed:
    served = meals_in(cage).get(meal)
    if served is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "Nothing was served")
    return served


@app.delete(
    "/cages/{cage}/meals",
    responses=told(
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,  # lie: phantom-status DELETE /cages/{cage}/meals 409
    ),
)
def clear(cage: Cage) -> int:
    meals = meals_in(cage)
    cleared = len(meals)
    meals.clear()
    return cleared
