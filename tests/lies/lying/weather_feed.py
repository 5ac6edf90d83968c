"""Hourly weather of a few stations, for subscribers."""

from fastapi import FastAPI, HTTPException, Query, Security
from fastapi.security import APIKeyHeader
from pydantic import BaseModel

api_key = APIKeyHeader(name="X-Api-Key", description="Given to subscribers")  # lie: undocumented-status GET /hours 401
SUBSCRIBERS = {"k-8812": "harbour office"}


class Hour(BaseModel):
    hour: int
    celsius: float


def subscriber(key: str = Security(api_key)) -> str:
    if key not in SUBSCRIBERS:
        raise HTTPException(403, "Subscription has lapsed")  # lie: undocumented-status GET /hours 403
    return SUBSCRIBERS[key]


app = FastAPI()


@app.get("/hours", response_model=list[Hour])
def hours(first: int = Query(0, ge=0, le=23), name: str = Security(subscriber)):
    return [Hour(hour=h, celsius=11.5 + h % 7) for h in range(first, 24)]
