"""Spare parts by number: each once, of few kinds, and never too many."""

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()


class Part(BaseModel):
    number: str = Field(pattern="^[A-Z]{3}-[0-9]{3}$")
    maker: str
    count: int


class Store:
    def __init__(self) -> None:
        self.parts = {"AAA-001": Part(number="AAA-001", maker="Ames", count=3)}

    async def holds(self, number: str) -> bool:
        return number in self.parts

    async def add(self, part: Part) -> Part:
        self.parts[part.number] = part
        return part


store = Store()


def get_store() -> Store:
    return store


@app.post("/parts", status_code=201, responses={409: {"description": "There is one of this number"}})
async def add(part: Part, store: Annotated[Store, Depends(get_store)]) -> Part:
    if await store.holds(part.number):
        raise HTTPException(409, "There is one of this number")
    if part.count == 77:
        raise HTTPException(418, "Not so many")  # lie: undocumented-status POST /parts 418
    if part.maker not in ("Ames", "Bolt"):
        raise HTTPException(403, "Not of this maker")  # lie: undocumented-status POST /parts 403
    if part.maker == "Bolt":
        raise HTTPException(410, "Bolt is no more")  # lie: undocumented-status POST /parts 410
    return await store.add(part)
