"""An echo chamber that musicians may use now and then."""

from collections import Counter
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query
from pydantic import BaseModel

PER_BAND = 8
used: Counter[str] = Counter()


class Slow(BaseModel):
    detail: str


class Echo(BaseModel):
    milliseconds: int
    left: int


def turn(band: Annotated[str, Query(max_length=3)] = "us") -> int:
    used[band] += 1
    if used[band] > PER_BAND:
        raise HTTPException(status_code=429, detail="Let the others play", headers={"Retry-After": "30"})
    return PER_BAND - used[band]


app = FastAPI(title="Echo")
LIMITED = {
    429: {
        "model": Slow,
        "description": "Too often",
        "headers": {"Retry-After": {"required": True, "schema": {"type": "integer"}}},
    }
}


@app.post("/echoes", responses=LIMITED)
async def echo(left: Annotated[int, Depends(turn)], metres: Annotated[int, Query(ge=1, le=500)] = 17) -> Echo:
    return Echo(milliseconds=metres * 2000 // 343, left=left)


@app.delete("/echoes", status_code=204)
async def rest(band: Annotated[str, Query(max_length=3)] = "us") -> None:
    used.pop(band, None)
