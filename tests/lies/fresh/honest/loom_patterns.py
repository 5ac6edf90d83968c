"""Swatches woven on hand looms, and the patterns behind them."""

from datetime import MAXYEAR, date
from typing import Annotated, Any, Literal

from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, computed_field, field_serializer, field_validator

Yarn = Literal["wool", "linen"]


class Stripe(BaseModel):
    kind: Literal["stripe"]
    threads: int = Field(ge=1, le=60)


class Check(BaseModel):
    kind: Literal["check"]
    warp: int = Field(ge=1, le=60)
    weft: int = Field(ge=1, le=60)


Pattern = Annotated[Stripe | Check, Field(discriminator="kind")]


class Problem(BaseModel):
    detail: str


class NewSwatch(BaseModel):
    pattern: Pattern
    yarn: Yarn = "wool"
    woven: date
    note: str | None = Field(default=None, max_length=60)

    @field_validator("note")
    @classmethod
    def nothing_said(cls, note: str | None) -> str | None:
        return (note or "").strip() or None


class Swatch(BaseModel):
    pattern: Pattern
    yarn: Yarn
    woven: date
    note: str | None
    square_mm: int

    @field_serializer("square_mm")
    def as_words(self, square_mm: int) -> str:
        return f"{square_mm} mm2"

    @computed_field
    @property
    def week(self) -> int:
        return min(self.woven.isocalendar().week, 52)

    @computed_field
    @property
    def rested(self) -> date:
        """A year later; what was woven on a leap day may rest a day longer."""
        try:
            return self.woven.replace(year=self.woven.year + 1)
        except ValueError:
            return self.woven if self.woven.year == MAXYEAR else date(self.woven.year + 1, 3, 1)


class SwatchPresenter:
    """Builds the answer by hand."""

    statuses = {"wool": 201, "linen": 202}

    def __init__(self, swatch: Swatch) -> None:
        self.swatch = swatch

    def content(self) -> dict[str, Any]:
        content = self.swatch.model_dump()
        content["woven"] = self.swatch.woven.isoformat()
        content["rested"] = self.swatch.rested.isoformat()
        return content

    def present(self) -> JSONResponse:
        return JSONResponse(self.content(), self.statuses[self.swatch.yarn])


def area(pattern: Stripe | Check) -> int:
    match pattern:
        case Stripe():
            return pattern.threads * 120
        case Check():
            return pattern.warp * pattern.weft * 4
    raise HTTPException(501, "Nobody weaves that")


app = FastAPI(title="Loom patterns")


@app.post(
    "/swatches",
    response_model=Swatch,
    status_code=201,
    responses={202: {"model": Swatch, "description": "Linen is washed first"}, 409: {"model": Problem}},
)
async def weave(new: NewSwatch) -> JSONResponse:
    if new.woven.weekday() == 6 and new.yarn != "wool":
        raise HTTPException(409, "The linen looms rest on Sundays")
    swatch = Swatch(**new.model_dump(), square_mm=area(new.pattern))
    return SwatchPresenter(swatch).present()
