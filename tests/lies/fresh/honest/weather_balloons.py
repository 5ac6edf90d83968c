"""Positions of weather balloons; what callers send is written to the log."""

import logging
from typing import Annotated

from fastapi import Depends, FastAPI, Query, Request
from pydantic import BaseModel, Field

log = logging.getLogger("balloons")
app = FastAPI(title="Balloons")
callers: dict[str, int] = {}


class Position(BaseModel):
    metres: int = Field(ge=0, le=45_000)
    bearing: int = Field(ge=0, lt=360)


class Stored(Position):
    layer: str


async def trace(request: Request) -> None:
    log.info("trace %s from %s", request.headers.get("x-trace-id"), request.cookies.get("desk"))
    agent = request.headers.get("x-sonde", "none")
    callers[agent] = callers.get(agent, 0) + 1
    if request.query_params.get("debug") == "1":
        log.debug("asked with debug: %s", request.url)


@app.post("/positions", dependencies=[Depends(trace)])
async def store(position: Position, request: Request) -> Stored:
    source = request.headers["x-source"] if "x-source" in request.headers else "radio"
    log.info("position by %s", source)
    return Stored(**position.model_dump(), layer="stratosphere" if position.metres > 11_000 else "troposphere")


@app.get("/layers", dependencies=[Depends(trace)])
async def layers(request: Request, limit: Annotated[int, Query(ge=1, le=5)] = 5) -> list[str]:
    for name, value in request.query_params.multi_items():
        log.info("%s=%s", name, value)
    return ["troposphere", "stratosphere", "mesosphere", "thermosphere", "exosphere"][:limit]
