"""Orders of seeds, with the price of each bag."""

from fastapi import FastAPI, Query
from pydantic import BaseModel


class Bag(BaseModel):
    seed: str
    cents: int


class Quote(BaseModel):
    bags: list[Bag]
    total: int


app = FastAPI(title="Seeds")


def priced(number: int) -> list[dict]:
    return [{"seed": f"mix {n}", "cents": 250 + n, "cost": 90 + n} for n in range(number)]


@app.get("/quote", response_model=None, responses={200: {"model": Quote}})
def quote(bags: int = Query(1, ge=0, le=12)):
    rows = priced(bags)
    return {"bags": rows, "total": sum(row["cents"] for row in rows)}  # lie: undocumented-field GET /quote 200
