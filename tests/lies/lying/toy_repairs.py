"""A repair café for toys."""
# ruff: noqa: E501

from enum import IntEnum
from http import HTTPStatus

from fastapi import APIRouter, FastAPI, HTTPException
from pydantic import BaseModel, Field


class Refusal(IntEnum):
    BATTERY = HTTPStatus.NOT_ACCEPTABLE
    FULL = HTTPStatus.CONFLICT


class Toy(BaseModel):
    name: str
    has_battery: bool
    parts: int = Field(1, ge=1, le=1000)


router = APIRouter(prefix="/repairs")


def refuse(why: Refusal) -> None:
    raise HTTPException(why.value, why.name.lower())  # lie: undocumented-status POST /repairs 406; lie: undocumented-status POST /repairs 409


@router.post("", response_model=Toy, status_code=HTTPStatus.CREATED)
def bring(toy: Toy):
    if toy.has_battery:
        refuse(Refusal.BATTERY)
    if toy.parts > 100:
        refuse(Refusal.FULL)
    return toy


app = FastAPI()
app.include_router(router)
