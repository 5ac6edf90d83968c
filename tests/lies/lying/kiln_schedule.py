"""Firing schedule of a shared kiln."""
# ruff: noqa: E501

from datetime import timedelta
from typing import Annotated

from fastapi import FastAPI, Query
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BaseModel, Field

app = FastAPI()


def full_hours(minutes: int) -> int:
    if minutes % 60:
        raise ValueError("The kiln is booked by the hour")  # lie: rejects-valid-request GET /slots 422
    return minutes


class Firing(BaseModel):
    start: int = Field(ge=0, le=1300)
    peak: int = Field(ge=0, le=1300)


@app.get("/slots")
async def slots(minutes: Annotated[int, Query(ge=0, le=600), AfterValidator(full_hours)] = 60) -> int:
    return 600 // max(minutes, 60)


@app.post("/firings", status_code=201)
async def fire(firing: Firing) -> Firing:
    if firing.peak < firing.start:
        fault = {"loc": ("body", "peak"), "msg": "Below the start", "type": "value_error", "input": firing.peak}
        raise RequestValidationError([fault])  # lie: rejects-valid-request POST /firings 422
    return firing


@app.get("/cooling")
async def cooling(wait: Annotated[timedelta, Query(le=timedelta(hours=12))]) -> bool:  # lie: rejects-valid-request GET /cooling 422
    return wait > timedelta(hours=6)
