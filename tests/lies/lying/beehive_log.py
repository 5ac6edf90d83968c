"""Log of a beekeeper's hives."""

from datetime import date
from itertools import count
from typing import Optional

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel

router = APIRouter(prefix="/hives")


class Inspection(BaseModel):
    day: date
    queen_seen: bool


class NewHive(BaseModel):
    place: str
    last: Optional[Inspection] = None  # noqa: UP045


class Hive(NewHive):
    id: int


hives: dict[int, Hive] = {}
ids = count(1)


@router.post("", status_code=201)
def register(new: NewHive) -> Hive:
    hive = Hive(id=next(ids), **new.model_dump())
    hives[hive.id] = hive
    return hive


@router.get("/{id}/queen")
def queen(id: int) -> bool:
    hive = hives.get(id)
    if hive is None:
        return False
    return hive.last.queen_seen  # lie: server-error GET /hives/{id}/queen 500


app = FastAPI(title="Hives")
app.include_router(router)
