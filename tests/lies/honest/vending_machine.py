"""A vending machine that does not like haste."""

from itertools import count
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field


class Snack(BaseModel):
    slot: int = Field(ge=1, le=30)


class Wait(BaseModel):
    detail: str


class Limiter:
    """Refuses every call after so many, and forgets them after as many again."""

    def __init__(self, calls: int) -> None:
        self.calls = calls
        self.turns = count()

    def __call__(self) -> None:
        if next(self.turns) % (2 * self.calls) >= self.calls:
            raise HTTPException(429, "One at a time", headers={"Retry-After": "1"})


app = FastAPI()
LIMITED = {429: {"model": Wait, "headers": {"Retry-After": {"required": True, "schema": {"type": "integer"}}}}}


@app.post("/snacks", responses=LIMITED)
async def buy(snack: Snack, _: Annotated[None, Depends(Limiter(8))]) -> Snack:
    return snack


@app.get("/slots", responses=LIMITED, dependencies=[Depends(Limiter(5))])
async def slots() -> list[int]:
    return list(range(1, 31))
