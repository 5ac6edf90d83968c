"""Claims for a grant, whose state is a word that whoever decides on them writes."""

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI()
MISSING = {404: {"description": "No such claim"}}


class Claim(BaseModel):
    id: int
    state: str = "new"
    note: str = ""


class Decision(BaseModel):
    state: str = "new"
    note: str = ""


claims: dict[int, Claim] = {}


def find(number: int) -> Claim:
    if number not in claims:
        raise HTTPException(404, "No such claim")
    return claims[number]


@app.post("/claims", status_code=201)
def make() -> Claim:
    claim = Claim(id=len(claims) + 1)
    claims[claim.id] = claim
    return claim


@app.patch("/claims/{number}", responses=MISSING)
def decide(number: int, decision: Decision) -> Claim:
    claim = find(number)
    if claim.state == "closed":
        raise HTTPException(409, "It is closed")  # lie: undocumented-status PATCH /claims/{number} 409
    claim.state, claim.note = decision.state, decision.note
    return claim


@app.delete("/claims/{number}", status_code=204, responses=MISSING)
def withdraw(number: int) -> None:
    if find(number).state in {"paid", "sent"}:
        raise HTTPException(423, "It is paid")  # lie: undocumented-status DELETE /claims/{number} 423
    find(number).state = "withdrawn"
