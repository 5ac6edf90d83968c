"""Books time on a document scanner that is switched off at night."""

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query
from pydantic import BaseModel

app = FastAPI()


class Slot(BaseModel):
    hour: int
    pages: int


def scanner(hour: Annotated[int, Query(ge=0, le=23)]) -> int:
    if hour < 7:
        raise HTTPException(503, "Scanner is off", {"Retry-After": "3600"})  # lie: server-error POST /slots 503
    return hour


@app.post("/slots", status_code=201)
def book(hour: Annotated[int, Depends(scanner)], pages: Annotated[int, Query(ge=1, le=500)] = 10) -> Slot:
    return Slot(hour=hour, pages=pages)
