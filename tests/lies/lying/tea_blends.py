"""Blends of tea, made to order."""

from fastapi import FastAPI
from pydantic import BaseModel, Field, field_validator

app = FastAPI(title="Tea blends")


class Blend(BaseModel):
    name: str = Field(max_length=40)
    parts: list[int] = Field(min_length=1, max_length=6)

    @field_validator("parts")
    @classmethod
    def whole(cls, parts: list[int]) -> list[int]:
        if sum(parts) != 100:
            raise ValueError("The parts must add up to 100")  # lie: rejects-valid-request POST /blends 422
        return parts


@app.post("/blends", status_code=201)
async def blend(order: Blend) -> Blend:
    return order
