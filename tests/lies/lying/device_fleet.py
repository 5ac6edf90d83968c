"""A fleet of delivery robots."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

app = FastAPI(title="Robot fleet")
bearer = HTTPBearer(bearerFormat="opaque")  # lie: undocumented-status GET /robots 401; lie: undocumented-status POST /robots/{robot_id}/dock 401

Token = Annotated[HTTPAuthorizationCredentials, Depends(bearer)]


class Robot(BaseModel):
    id: int
    docked: bool


docked: set[int] = set()


@app.get("/robots")
async def robots(token: Token) -> list[Robot]:
    return [Robot(id=n, docked=n in docked) for n in range(1, 6)]


@app.post("/robots/{robot_id}/dock")
async def dock(robot_id: int, token: Token) -> Robot:
    if 1 <= robot_id <= 5:
        docked.add(robot_id)
    return Robot(id=robot_id, docked=robot_id in docked)
