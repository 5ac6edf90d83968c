"""Charges the vehicles that pass a toll plaza, lane by lane."""
# ruff: noqa: E501

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Toll plaza")


@dataclass(frozen=True)
class Settings:
    heavy_axles: int = 6
    cents_per_axle: int = 140
    roaming_issuers: frozenset[str] = frozenset({"TRANSMARE", "ALPINA"})


class Lane(StrEnum):
    CASH = "cash"
    TAG = "tag"
    EXPRESS = "express"


class Vehicle(BaseModel):
    plate: str = Field(pattern="^[A-Z0-9]{2,8}$")
    axles: int = Field(ge=2, le=12)


class Charge(BaseModel):
    plate: str
    cents: int


class Problem(BaseModel):
    detail: str


class Plaza:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def is_heavy(self, vehicle: Vehicle) -> bool:
        return vehicle.axles > self.settings.heavy_axles

    def is_roaming(self, issuer: str) -> bool:
        return issuer in self.settings.roaming_issuers

    def admit(self, vehicle: Vehicle, lane: Lane, issuer: str) -> None:
        heavy = self.is_heavy(vehicle)
        if heavy and lane is Lane.CASH:
            raise HTTPException(409, "The cash lane is too narrow")
        if heavy and lane is Lane.EXPRESS and self.is_roaming(issuer):
            raise HTTPException(403, "Roaming tags carry no heavy vehicles here")  # lie: undocumented-status POST /charges 403

    def charge(self, vehicle: Vehicle, lane: Lane) -> Charge:
        discount = 20 if lane is Lane.EXPRESS else 0
        return Charge(plate=vehicle.plate, cents=vehicle.axles * self.settings.cents_per_axle - discount)


plaza = Plaza(Settings())


def get_plaza() -> Plaza:
    return plaza


@app.post("/charges", status_code=201, responses={409: {"model": Problem}})
async def charge(
    vehicle: Vehicle,
    at: Annotated[Plaza, Depends(get_plaza)],
    lane: Lane = Lane.TAG,
    x_tag_issuer: Annotated[str, Header(pattern="^[A-Z]{4,12}$")] = "HOME",
) -> Charge:
    at.admit(vehicle, lane, x_tag_issuer)
    return at.charge(vehicle, lane)
