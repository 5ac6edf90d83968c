"""Quotes for moving house."""
from typing import Annotated

from fastapi import Body, FastAPI
from pydantic import BaseModel, Field, model_validator

app = FastAPI(title="Moving quotes")

EXAMPLES = {
    "small": {"summary": "One room", "value": {"rooms": 1, "boxes": 12, "floor": 2}},
    "large": {"summary": "A house", "value": {"rooms": 7, "boxes": 240}},  # lie: invalid-example POST /quotes
}
GIVEN = {
    201: {
        "description": "The quote",
        "content": {"application/json": {"example": {"euros": "380"}}},  # lie: invalid-example POST /quotes
    }
}


class Move(BaseModel):
    rooms: int = Field(ge=1, le=20)
    boxes: int = Field(ge=0, le=2000)
    floor: int = Field(ge=0, le=40)


class Quote(BaseModel):
    euros: int


class Van(BaseModel):
    model_config = {"json_schema_extra": {"examples": [{"cubic_metres": 60, "lift": True}]}}  # lie: invalid-example POST /vans

    cubic_metres: Annotated[int, Field(ge=1, le=80)]
    lift: bool = False

    @model_validator(mode="after")
    def only_large_ones_lack_a_lift(self) -> "Van":
        if self.cubic_metres > 50 and self.lift:
            raise ValueError("no lift carries that")  # lie: rejects-valid-request POST /vans 422
        return self


@app.post("/quotes", status_code=201, responses=GIVEN)
def quote(move: Annotated[Move, Body(openapi_examples=EXAMPLES)]) -> Quote:
    return Quote(euros=move.rooms * 90 + move.boxes * 2 + move.floor * 25)


@app.post("/vans")
def book(van: Van) -> dict[str, int]:
    return {"cubic_metres": van.cubic_metres}
