"""Works out the strength of perfume blends and their dilutions."""
# ruff: noqa: E501

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel, Field

HUNDREDTH = Decimal("0.01")
app = FastAPI(title="Perfumery")


class Blend(BaseModel):
    name: str = Field(pattern="^[a-z ]{2,30}$")
    oil_ml: int = Field(ge=0, le=5_000)
    total_ml: int = Field(ge=1, le=5_000)


class Strength(BaseModel):
    name: str
    oil_to_spirit: str
    grade: str


class Dilution(BaseModel):
    parts: str


class Problem(BaseModel):
    detail: str


class Laboratory:
    grades = ((Decimal("0.04"), "cologne"), (Decimal("0.15"), "toilette"), (Decimal("0.25"), "parfum"))

    def ratio(self, blend: Blend) -> Decimal:
        spirit = Decimal(blend.total_ml - blend.oil_ml)
        return (Decimal(blend.oil_ml) / spirit).quantize(HUNDREDTH, ROUND_HALF_UP)  # lie: server-error POST /strengths 500

    def grade(self, ratio: Decimal) -> str:
        for limit, name in self.grades:
            if ratio <= limit:
                return name
        return "extrait"

    def written(self, parts: int, digits: int) -> str:
        return str(Decimal(parts).quantize(Decimal(1).scaleb(-digits)))  # lie: server-error GET /dilutions 500


laboratory = Laboratory()


@app.post("/strengths", responses={400: {"model": Problem}})
async def strength(blend: Blend) -> Strength:
    if blend.oil_ml > blend.total_ml:
        raise HTTPException(400, "More oil than blend")
    ratio = laboratory.ratio(blend)
    return Strength(name=blend.name, oil_to_spirit=str(ratio), grade=laboratory.grade(ratio))


@app.get("/dilutions")
async def dilution(
    parts: Annotated[int, Query(ge=1, le=10**15)],
    digits: Annotated[int, Query(ge=0, le=18)] = 2,
) -> Dilution:
    return Dilution(parts=laboratory.written(parts, digits))
