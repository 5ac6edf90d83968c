"""Sail makers' lofts: what is kept begins empty, and what is kept answers for itself."""

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()


class Detail(BaseModel):
    detail: str


class Sail:
    def __init__(self, area: int) -> None:
        self.area = area
        self.reefs = 0

    def reefed(self) -> int:
        if self.reefs == 3:
            raise HTTPException(409, "No reef is left")
        self.reefs += 1
        return self.reefs

    def told(self) -> str:
        if self.reefs > 1:
            raise HTTPException(410, "It is put away")
        return f"{self.area} m2"


class Loft:
    def __init__(self) -> None:
        self.sails: dict[int, Sail] = {}
        self.newest: list[Sail] = []

    def sail(self, number: int) -> Sail:
        if (found := self.sails.get(number)) is None:
            raise HTTPException(404, "No such sail")
        return found


loft = Loft()


class Cut(BaseModel):
    number: int = Field(ge=1, le=20)
    area: int = Field(ge=4, le=90)


@app.put("/sails", status_code=204)
async def cut(cut: Cut) -> None:
    loft.sails[cut.number] = Sail(cut.area)
    loft.newest.insert(0, loft.sails[cut.number])


@app.post("/sails/{number}/reefs", responses={404: {"model": Detail}, 409: {"model": Detail}})
async def reef(sail: Annotated[Sail, Depends(loft.sail)]) -> int:
    return sail.reefed()


@app.get("/sails/newest", responses={410: {"model": Detail}})
async def newest() -> str:
    return loft.newest[0].told() if loft.newest else ""
