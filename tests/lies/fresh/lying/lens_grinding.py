"""Checks the radius that a lens is to be ground to."""

from typing import Literal

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

# microns: the radius at which the tool chatters, and how wide the ring is
CHATTER = {
    "crown": (51_680, 6),
    "flint": (62_115, 9),
    "fluorite": (143_902, 4),
}
MAX_EDGE = {"crown": 4_100, "flint": 3_250, "fluorite": 2_725}

app = FastAPI(title="Grinding")


class Job(BaseModel):
    glass: Literal["crown", "flint", "fluorite"]
    radius: int = Field(ge=1_000, le=900_000)
    edge: int = Field(ge=100, le=5_000)


class Plan(BaseModel):
    passes: int


@app.post("/jobs", response_model=Plan)
def plan(job: Job):
    start, width = CHATTER[job.glass]
    if start <= job.radius < start + width:
        raise HTTPException(status_code=409, detail="The tool would chatter")  # lie: undocumented-status POST /jobs 409
    if job.edge == MAX_EDGE[job.glass]:
        raise HTTPException(status_code=416, detail="Edge at its limit")  # lie: undocumented-status POST /jobs 416
    return {"passes": 1 + job.radius // 10_000}
