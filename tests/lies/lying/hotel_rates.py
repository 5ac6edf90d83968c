"""Nightly rates of a seaside hotel."""

from datetime import date

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel

app = FastAPI()


class Quote(BaseModel):
    nights: int
    cents: int


def check_stay(arrival: date, departure: date) -> int:
    nights = (departure - arrival).days
    if nights < 1:
        raise HTTPException(400, detail={"reason": "departure"})  # lie: undocumented-status GET /quote 400
    if nights > 28:
        raise HTTPException(409, detail={"reason": "too long"})  # lie: undocumented-status GET /quote 409
    return nights


@app.get("/quote", response_model=Quote)
def quote(arrival: date, departure: date, guests: int = Query(2, ge=1, le=4)):
    nights = check_stay(arrival, departure)
    return {"nights": nights, "cents": nights * guests * 4500}
