"""The rates on the board of an exchange office."""

from fastapi import FastAPI, Query
from pydantic import BaseModel

app = FastAPI()
PER_EURO = {"CHF": 0.96, "SEK": 11.2, "NOK": 11.6}


class Rate(BaseModel):
    code: str
    per_euro: float


@app.get("/rates")
def board() -> list[Rate]:
    return [Rate(code=code, per_euro=rate) for code, rate in PER_EURO.items()]


@app.get("/rates/{code}")
def rate(code: str, inverse: bool = Query(False)) -> Rate:
    value = PER_EURO[code.upper()]  # lie: server-error GET /rates/{code} 500
    return Rate(code=code.upper(), per_euro=1 / value if inverse else value)
