"""Permits for heavy vehicles on old bridges."""

from typing import Annotated

from fastapi import FastAPI, HTTPException, Path, Query
from pydantic import BaseModel


class Failure(BaseModel):
    code: int
    detail: str


class Permit(BaseModel):
    bridge: int
    tonnes: int


app = FastAPI()
LIMITS = {1: 12, 2: 7, 3: 40}


@app.get("/bridges/{bridge}/permit", responses={404: {"model": Failure}, 409: {"model": Failure}})
async def permit(bridge: Annotated[int, Path(ge=1, le=6)], tonnes: Annotated[int, Query(ge=1, le=80)] = 10) -> Permit:
    limit = LIMITS.get(bridge)
    if limit is None:
        raise HTTPException(404, "No such bridge")  # lie: response-schema-mismatch GET /bridges/{bridge}/permit 404
    if tonnes > limit:
        raise HTTPException(409, {"limit": limit})  # lie: response-schema-mismatch GET /bridges/{bridge}/permit 409
    return Permit(bridge=bridge, tonnes=tonnes)
