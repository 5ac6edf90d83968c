"""Keeps the rotas of hospital wards, changed by whoever saw the latest one."""
# ruff: noqa: E501

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any

from fastapi import FastAPI, Header, HTTPException, Response
from pydantic import BaseModel, Field

app = FastAPI(title="Rotas")
TAGGED: dict[str, Any] = {"headers": {"ETag": {"schema": {"type": "string"}}}}


class Ward(StrEnum):
    NORTH = "north"
    SOUTH = "south"
    ISOLATION = "isolation"


class Shifts(BaseModel):
    early: str = Field(pattern="^[a-z]{2,12}$")
    late: str = Field(pattern="^[a-z]{2,12}$")


class Problem(BaseModel):
    detail: str


@dataclass
class Rota:
    ward: Ward
    shifts: Shifts
    tags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stamp()

    def stamp(self) -> None:
        text = f"{self.ward}/{len(self.tags)}/{self.shifts.early}/{self.shifts.late}"
        self.tags.append(f'"{sha256(text.encode()).hexdigest()[:12]}"')

    def change(self, shifts: Shifts, seen: str | None) -> None:
        if seen is None:
            raise HTTPException(428, "Say which rota you saw")
        if seen not in self.tags:
            raise HTTPException(400, "Not a tag of this rota")
        if seen != self.tags[-1]:
            raise HTTPException(412, "Somebody was faster")  # lie: undocumented-status PUT /rotas/{ward} 412
        self.shifts = shifts
        self.stamp()


rotas = {ward: Rota(ward, Shifts(early="amara", late="jonas")) for ward in Ward}


@app.get("/rotas/{ward}", responses={200: TAGGED})
async def read(ward: Ward, response: Response) -> Shifts:
    response.headers["ETag"] = rotas[ward].tags[-1]
    return rotas[ward].shifts


@app.put("/rotas/{ward}", responses={200: TAGGED, 400: {"model": Problem}, 428: {"model": Problem}})
async def change(
    ward: Ward, shifts: Shifts, response: Response, if_match: Annotated[str | None, Header()] = None
) -> Shifts:
    rotas[ward].change(shifts, if_match)
    response.headers["ETag"] = rotas[ward].tags[-1]
    return rotas[ward].shifts
