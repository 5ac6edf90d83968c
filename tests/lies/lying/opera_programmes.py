"""What is on at the opera, and who sings."""
from typing import Annotated, Literal

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel, Field

app = FastAPI(title="Opera programmes")

NIGHTS: dict[int, dict] = {}
CLOSED = {"description": "No such night", "content": {"application/json": {"example": {"detail": "No such night"}}}}


class Night(BaseModel):
    opera: Annotated[str, Field(min_length=1, max_length=60, examples=["Tosca"])]
    voice: Annotated[
        Literal["soprano", "alto", "tenor", "bass"],
        Field(examples=["mezzo"]),  # lie: invalid-example POST /nights; lie: invalid-example GET /nights; lie: invalid-example GET /nights/{number}
    ]
    acts: Annotated[int, Field(ge=1, le=5, examples=[3])]


@app.post("/nights", status_code=201)
def announce(night: Night) -> Night:
    NIGHTS[len(NIGHTS) + 1] = night.model_dump()
    return night


@app.get("/nights")
def programme(least: Annotated[int, Query(ge=1, le=5, openapi_examples={"long": {"value": 4}, "all": {"value": 0}})] = 1) -> list[Night]:  # lie: invalid-example GET /nights
    return [Night(**night) for night in NIGHTS.values() if night["acts"] >= least]


@app.get("/nights/{number}", responses={404: CLOSED})
def night(number: int) -> Night:
    if number not in NIGHTS:
        raise HTTPException(404, "No such night")
    return Night(**NIGHTS[number])
