"""Works out when a rented costume is due."""

from datetime import date, timedelta

from fastapi import FastAPI, Query
from pydantic import BaseModel

app = FastAPI()


class Due(BaseModel):
    on: date
    weekend: bool


def due_date(start: date, days: int) -> date:
    return start + timedelta(days=days)  # lie: server-error GET /due 500


@app.get("/due", response_model=Due)
async def due(start: date, days: int = Query(14, ge=0)):
    day = due_date(start, days)
    return Due(on=day, weekend=day.weekday() >= 5)
