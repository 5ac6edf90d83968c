"""A railway: moments without a zone, where the docs promise RFC 3339."""

from datetime import UTC, datetime, time, timedelta

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel

app = FastAPI()


class Train(BaseModel):
    number: int
    leaves: datetime
    stops: list[datetime] = []


class Wait(BaseModel):
    length: timedelta
    until: datetime


@app.get("/trains")
def trains() -> list[Train]:
    return [Train(number=n, leaves=datetime(2024, 1, n + 1, 8)) for n in range(3)]  # lie: response-schema-mismatch GET /trains 200


@app.get("/trains/first")
def first() -> Train:
    return Train(number=1, leaves=datetime(2024, 1, 1, 8))


@app.get("/trains/{number}", responses={200: {"model": Train}})
def train(number: int) -> Train:
    return JSONResponse({"number": 1, "leaves": "2024-01-01T08:00:00", "stops": []})  # lie: response-schema-mismatch GET /trains/{number} 200


@app.get("/waits")
def waits() -> Wait:
    return Wait(length=timedelta(minutes=3), until=datetime(2024, 1, 1, tzinfo=UTC))


@app.get("/opening")
def opening() -> time:
    return time(8, 30)  # lie: response-schema-mismatch GET /opening 200
