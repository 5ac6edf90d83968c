"""A wine cellar that one person at a time may rearrange."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()


class Move(BaseModel):
    rack: int = Field(ge=1, le=12)
    bottles: int = Field(ge=0, le=60)


class Cellar:
    def __init__(self) -> None:
        self.racks = dict.fromkeys(range(1, 13), 0)
        self.keeper: str | None = None


cellar = Cellar()


def locked(keeper: str) -> Iterator[Cellar]:
    """Hold the key of the cellar for one request."""
    if cellar.keeper is not None and cellar.keeper != keeper:
        raise HTTPException(423, f"Locked by {len(cellar.keeper)} letters")  # lie: undocumented-status POST /moves 423
    cellar.keeper = keeper
    yield cellar


@app.post("/moves")
def move(order: Move, store: Annotated[Cellar, Depends(locked)]) -> Move:
    store.racks[order.rack] = order.bottles
    return order


@app.get("/racks")
def racks() -> dict[int, int]:
    return cellar.racks
