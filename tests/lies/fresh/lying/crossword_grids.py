"""Grids for crosswords, checked before a setter fills them."""
# ruff: noqa: E501

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field

WORDS = ("otter", "olive", "ocean", "river", "raven")


class Problem(BaseModel):
    detail: str


class Grid(BaseModel):
    width: int = Field(ge=3, le=21)
    height: int = Field(ge=3, le=21)
    black: int = Field(default=0, ge=0, le=200, description="How many squares are black")
    symmetric: bool = True


class Sheet(BaseModel):
    white: int
    pages: int


class GridCheck:
    """Collects what is wrong with a grid."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    def faults(self) -> Iterator[dict[str, Any]]:
        if self.grid.symmetric and self.grid.black % 2 and not self._has_middle():
            yield {"type": "grid", "loc": ("body", "black"), "msg": "Has to be even here", "input": self.grid.black}

    def _has_middle(self) -> bool:
        return bool(self.grid.width % 2 and self.grid.height % 2)

    def run(self) -> None:
        if faults := list(self.faults()):
            raise RequestValidationError(faults)  # lie: rejects-valid-request POST /grids 422
        if self.grid.black * 2 > self.grid.width * self.grid.height:
            raise HTTPException(400, "More black than white")


def fits(word: str, pattern: str) -> bool:
    return len(word) == len(pattern) and all(asked in ("?", letter) for asked, letter in zip(pattern, word, strict=True))


app = FastAPI(title="Crosswords")


@app.post("/grids", status_code=201, responses={400: {"model": Problem}})
async def check(grid: Grid) -> Sheet:
    GridCheck(grid).run()
    white = grid.width * grid.height - grid.black
    return Sheet(white=white, pages=1 + white // 300)


@app.get("/words")
async def words(pattern: Annotated[str, Query(pattern="^[a-z?]{2,15}$")]) -> list[str]:
    if not pattern.strip("?"):
        fault = {"type": "pattern", "loc": ("query", "pattern"), "msg": "Give a letter at least", "input": pattern}
        raise RequestValidationError([fault])  # lie: rejects-valid-request GET /words 422
    return [word for word in WORDS if fits(word, pattern)]
