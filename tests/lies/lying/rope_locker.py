"""Ropes in a locker, looked for by clauses such as `metres__gt__20`, and bundled by number."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel

app = FastAPI(title="Rope locker")
ROPES = [{"metres": 20, "strands": 3}, {"metres": 45, "strands": 4}]
OPERATORS = {"eq": lambda a, b: a == b, "lt": lambda a, b: a < b, "gt": lambda a, b: a > b}


class Detail(BaseModel):
    detail: str


@app.get("/ropes", responses={400: {"model": Detail}})
def found(clause: Annotated[str, Query(max_length=80)]) -> int:
    parts = clause.split("__")
    if len(parts) != 3:
        raise HTTPException(400, "Three parts")
    field, operator, value = parts
    if operator not in OPERATORS:
        raise HTTPException(406, "No such operator")  # lie: undocumented-status GET /ropes 406
    if field not in ROPES[0]:
        raise HTTPException(404, "No such measure")  # lie: undocumented-status GET /ropes 404
    wanted = int(value)  # lie: server-error GET /ropes 500
    return sum(1 for rope in ROPES if OPERATORS[operator](rope[field], wanted))


@app.post("/bundles")
def bundle(numbers: Annotated[list[int], Query(max_length=9)]) -> int:
    if len({*numbers}) < len(numbers):
        raise HTTPException(409, "One of them comes twice")  # lie: undocumented-status POST /bundles 409
    return len(numbers)
