"""Berths in a yacht harbour."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class BerthTooShallow(Exception):
    def __init__(self, berth: str) -> None:
        self.berth = berth


class Yacht(BaseModel):
    name: str
    berth: str
    draught_cm: int = Field(ge=20, le=900)


class Mooring(BaseModel):
    berth: str
    spare_cm: int


class BerthRepository:
    def __init__(self) -> None:
        self.depths = {"A1": 240, "A2": 310, "C7": 180}

    def depth(self, berth: str) -> int:
        return self.depths.get(berth, 900)

    def moor(self, yacht: Yacht) -> int:
        spare = self.depth(yacht.berth) - yacht.draught_cm
        if spare < 0:
            raise BerthTooShallow(yacht.berth)  # lie: undocumented-status POST /moorings 409
        return spare


class HarbourMaster:
    def __init__(self, repo: BerthRepository) -> None:
        self.repo = repo

    def assign(self, yacht: Yacht) -> Mooring:
        return Mooring(berth=yacht.berth, spare_cm=self.repo.moor(yacht))


repository = BerthRepository()


def harbour_master() -> HarbourMaster:
    return HarbourMaster(repository)


app = FastAPI()


@app.exception_handler(BerthTooShallow)
async def too_shallow(request: Request, exc: BerthTooShallow) -> JSONResponse:
    return JSONResponse({"detail": f"{exc.berth} is too shallow"}, status_code=409)  # also: undocumented-status POST /moorings 409


@app.post("/moorings", status_code=201)
def moor(yacht: Yacht, master: Annotated[HarbourMaster, Depends(harbour_master)]) -> Mooring:
    return master.assign(yacht)
