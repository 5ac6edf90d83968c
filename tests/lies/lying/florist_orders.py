"""Takes orders of a florist and tells the shop and the driver about them."""

from fastapi import BackgroundTasks, FastAPI
from pydantic import BaseModel, Field

app = FastAPI()

ROUTES = {"north": "van 1", "south": "van 2"}
loads: dict[str, list[int]] = {}
printed: list[str] = []


class Bouquet(BaseModel):
    stems: int = Field(ge=1, le=99)
    ribbon: str | None = None
    district: str = Field(max_length=20)


def print_card(bouquet: Bouquet) -> None:
    printed.append(f"{bouquet.stems} stems, {bouquet.ribbon or 'no ribbon'}")


def load_van(bouquet: Bouquet) -> None:
    van = ROUTES[bouquet.district]  # lie: background-task-error POST /bouquets
    loads.setdefault(van, []).append(bouquet.stems)


async def remind(number: int) -> None:
    card = printed[number]  # lie: background-task-error POST /reminders/{number}
    printed.append(f"again: {card}")


@app.post("/bouquets", status_code=202)
async def order(bouquet: Bouquet, tasks: BackgroundTasks) -> Bouquet:
    tasks.add_task(print_card, bouquet)
    tasks.add_task(load_van, bouquet)
    return bouquet


@app.post("/reminders/{number}", status_code=202)
async def reminder(number: int, tasks: BackgroundTasks) -> int:
    tasks.add_task(remind, number)
    return number
