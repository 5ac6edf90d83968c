"""Draws the layout of quilt patterns that are still in print."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

REFERENCE = re.compile(r"(?P<maker>[A-Z]{2})-(?P<year>[0-9]{4})-(?P<number>[0-9]{1,3})")
LAST_PRINTED = 1987
app = FastAPI(title="Quilt patterns")


class Layout(StrEnum):
    GRID = "grid"
    STRIP = "strip"
    ROUND = "round"


class Pattern(BaseModel):
    maker: str
    year: int
    layout: Layout
    rows: int


class Problem(BaseModel):
    detail: str


class NotDrawn(Exception):
    pass


class OutOfPrint(HTTPException):
    def __init__(self, year: int) -> None:
        super().__init__(410, f"Out of print since {year}")


@app.exception_handler(NotDrawn)
async def not_drawn(request: Request, exc: NotDrawn) -> JSONResponse:
    return JSONResponse({"detail": "We do not draw that"}, status_code=501)


def grid(blocks: int) -> int:
    return -(-blocks // 6)


def strip(blocks: int) -> int:
    return 1


def wheel(blocks: int) -> int:
    if blocks % 8:
        raise NotDrawn(blocks)
    return blocks // 8


LAYOUTS: dict[Layout, Callable[[int], int]] = {Layout.GRID: grid, Layout.STRIP: strip, Layout.ROUND: wheel}


def printed(reference: str) -> re.Match[str]:
    match = REFERENCE.fullmatch(reference)
    if match is None:
        raise HTTPException(400, "Not a reference")
    if int(match["year"]) > LAST_PRINTED:
        raise OutOfPrint(LAST_PRINTED)
    return match


@app.get("/patterns/{reference}", responses={404: {"model": Problem}})
async def pattern(
    reference: str,
    layout: Layout = Layout.GRID,
    blocks: Annotated[int, Query(ge=1, le=144)] = 36,
) -> Pattern:
    try:
        match = printed(reference)
    except HTTPException:
        raise HTTPException(404, "No such pattern") from None
    try:
        rows = LAYOUTS[layout](blocks)
    except NotDrawn:
        layout, rows = Layout.GRID, grid(blocks)
    return Pattern(maker=match["maker"], year=int(match["year"]), layout=layout, rows=rows)
