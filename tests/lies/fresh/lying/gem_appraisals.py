"""Appraisals of gems, with the estimate that goes on the certificate."""
# ruff: noqa: E501

from enum import StrEnum
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class Stone(StrEnum):
    emerald = "emerald"
    sapphire = "sapphire"
    garnet = "garnet"


class Treatment(StrEnum):
    none = "none"
    heated = "heated"
    oiled = "oiled"


class Gem(BaseModel):
    stone: Stone
    treatment: Treatment = Treatment.none
    milligrams: int = Field(ge=1, le=200_000)


class Appraisal(BaseModel):
    stone: Stone
    carats: float
    euros: int
    remarks: list[str]


PER_CARAT = {Stone.emerald: 900, Stone.sapphire: 700, Stone.garnet: 40}
DISCOUNT = {Treatment.none: 0, Treatment.heated: 30, Treatment.oiled: 45}


class AppraisalPresenter:
    """Puts an appraisal into the words and numbers of the certificate."""

    def __init__(self, gem: Gem) -> None:
        self.gem = gem

    @property
    def carats(self) -> float:
        return self.gem.milligrams / 200

    @property
    def euros(self) -> Any:
        full = int(self.carats * PER_CARAT[self.gem.stone])
        fair = full * (100 - DISCOUNT[self.gem.treatment]) // 100
        if self.gem.stone is Stone.emerald and self.gem.treatment is Treatment.oiled and self.carats > 2:
            return f"{fair}-{full}"
        return fair

    @property
    def remarks(self) -> list[str]:
        return [] if self.gem.treatment is Treatment.none else [f"The stone was {self.gem.treatment}"]

    def present(self, status: int) -> JSONResponse:
        content = {"stone": self.gem.stone, "carats": self.carats, "euros": self.euros, "remarks": self.remarks}
        return JSONResponse(content, status_code=status)  # lie: response-schema-mismatch POST /appraisals 201


app = FastAPI(title="Gem appraisals")


@app.post("/appraisals", status_code=201, response_model=Appraisal)
async def appraise(gem: Gem) -> JSONResponse:
    return AppraisalPresenter(gem).present(201)


@app.get("/prices")
async def prices(stone: Stone = Stone.emerald) -> int:
    return PER_CARAT[stone]
