"""The ladder of a chess club, kept for the time the service runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import HTTPException
from pydantic import BaseModel, Field


class Game(BaseModel):
    white: int = Field(ge=1, le=8)
    black: int = Field(ge=1, le=8)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.points = dict.fromkeys(range(1, 9), 0)
    yield
    app.state.points.clear()


app = FastAPI(lifespan=lifespan)


class Ladder:
    def __init__(self, points: dict[int, int]) -> None:
        self.points = points

    def record(self, game: Game) -> None:
        if game.white == game.black:
            raise HTTPException(400, "One cannot play oneself")  # lie: undocumented-status POST /games 400
        self.points[game.white] += 1


@app.post("/games", status_code=201)
async def won(game: Game, request: Request) -> Game:
    Ladder(request.app.state.points).record(game)
    return game


@app.get("/ladder")
async def ladder(request: Request) -> dict[int, int]:
    return request.app.state.points
