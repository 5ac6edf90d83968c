"""Stock of a theatre's potion shop, with partial updates."""
# ruff: noqa: E501

from itertools import count

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel


class PotionIn(BaseModel):
    name: str
    flasks: int = 0


class Potion(PotionIn):
    id: int


class PotionUpdate(BaseModel):
    name: str | None = None
    flasks: int | None = None


app = FastAPI()
ids = count(1)
stock: dict[int, Potion] = {}


@app.post("/potions", status_code=201)
async def brew(new: PotionIn) -> Potion:
    potion = Potion(id=next(ids), **new.model_dump())
    stock[potion.id] = potion
    return potion


@app.patch("/potions/{id}", responses={404: {"description": "Not in stock"}})
async def change(id: int, update: PotionUpdate) -> Potion:
    if id not in stock:
        raise HTTPException(404)
    return stock[id].model_copy(update=update.model_dump(exclude_unset=True))  # lie: response-schema-mismatch PATCH /potions/{id} 200
