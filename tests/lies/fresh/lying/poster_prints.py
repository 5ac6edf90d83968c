"""A print shop takes orders for posters."""

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field, field_validator

MAX_COPIES = 750

app = FastAPI()


class PosterOrder(BaseModel):
    copies: int = Field(ge=1, le=MAX_COPIES)
    width_mm: int = Field(ge=50, le=1189)

    @field_validator("copies")
    @classmethod
    def fits_one_roll(cls, copies: int) -> int:
        if copies >= MAX_COPIES:
            raise ValueError("more than one roll")  # lie: rejects-valid-request POST /posters 422
        return copies


class Price(BaseModel):
    cents: int


@app.post("/posters")
async def order(poster: PosterOrder) -> Price:
    if poster.width_mm < 51:
        raise HTTPException(416, "Too narrow to cut")  # lie: undocumented-status POST /posters 416
    return Price(cents=poster.copies * poster.width_mm)
