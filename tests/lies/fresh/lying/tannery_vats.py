"""The vats of a tannery; only people on the roster may touch them."""
# ruff: noqa: E501

from fastapi import APIRouter, Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field

ROSTER = {"ines", "tomas", "ruth"}
APPRENTICES = {"ruth"}


class Vat(BaseModel):
    number: int
    hides: int


class Fill(BaseModel):
    hides: int = Field(ge=0, le=200)


def on_roster(worker: str = "ines") -> None:
    if worker in APPRENTICES:
        raise HTTPException(403, "Not without a master")  # lie: undocumented-status GET /vats/{number} 403; lie: undocumented-status PUT /vats/{number} 403


vats = APIRouter()


@vats.get("/{number}")
def show(number: int) -> Vat:
    return Vat(number=number, hides=number % 30)


@vats.put("/{number}")
def fill(number: int, fill: Fill) -> Vat:
    return Vat(number=number, hides=fill.hides)


app = FastAPI(title="Tannery")
app.include_router(vats, prefix="/vats", tags=["vats"], dependencies=[Depends(on_roster)])


@app.get("/roster")
def roster() -> list[str]:
    return sorted(ROSTER)
