"""Runners claim their medal with the number printed on the certificate."""
# ruff: noqa: E501

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Medals")


class Claim(BaseModel):
    certificate: str = Field(max_length=120)
    engraving: str = Field("", max_length=24)


class Accepted(BaseModel):
    letters: int
    express: bool


@app.post("/claims", status_code=201, responses={400: {"description": "Nothing to engrave"}})
async def claim_medal(claim: Claim) -> Accepted:
    text = claim.engraving.strip()
    if not text and claim.certificate.isdigit():
        raise HTTPException(status_code=400, detail="Nothing to engrave")
    if claim.certificate == "harbour-marathon/2019/batch-B/reprint-after-flood/0007741":
        raise HTTPException(status_code=410, detail="This batch was withdrawn")  # lie: undocumented-status POST /claims 410
    return Accepted(letters=len(text), express=claim.certificate.startswith("x"))
