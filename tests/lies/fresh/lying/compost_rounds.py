"""Collects kitchen scraps by cargo bike."""

import logging

from fastapi import BackgroundTasks, FastAPI
from pydantic import BaseModel, Field

log = logging.getLogger(__name__)
BUCKETS = {10: "small", 20: "medium", 35: "large"}

app = FastAPI(title="Compost")
totals: dict[str, int] = {}


class Pickup(BaseModel):
    street: str
    litres: int = Field(ge=1, le=120)
    meat: bool = False


class Planned(BaseModel):
    bikes: int


def record(pickup: Pickup) -> None:
    if pickup.meat and pickup.street == "Abattoir Row":
        raise RuntimeError("No heap takes this")  # lie: background-task-error POST /pickups
    totals[pickup.street] = totals.get(pickup.street, 0) + pickup.litres


async def label(litres: int) -> None:
    if litres % 5 == 0 and litres <= 35:
        log.info("bucket %s", BUCKETS[litres])  # lie: background-task-error POST /buckets


@app.post("/pickups", status_code=202)
async def pickup(pickup: Pickup, later: BackgroundTasks) -> Planned:
    later.add_task(record, pickup)
    return Planned(bikes=1 + pickup.litres // 80)


@app.post("/buckets", status_code=202)
async def bucket(pickup: Pickup, later: BackgroundTasks) -> Planned:
    later.add_task(label, litres=pickup.litres)
    return Planned(bikes=1)
