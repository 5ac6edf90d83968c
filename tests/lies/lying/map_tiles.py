"""Tiles of a hand-drawn map."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import FastAPI, Path
from fastapi.responses import JSONResponse, Response

app = FastAPI(title="Tiles")
Step = Annotated[int, Path(ge=0, le=7)]
PIXEL = bytes.fromhex("89504e470d0a1a0a")


class PngResponse(Response):
    media_type = "image/png"


@app.get("/tiles/{x}/{y}", response_class=PngResponse)
async def tile(x: Step, y: Step, outline: bool = False):
    if outline:
        return Response(f'<svg viewBox="{x} {y} 1 1"/>', media_type="image/svg+xml")  # lie: undocumented-media-type GET /tiles/{x}/{y} 200
    return PngResponse(PIXEL)


@app.get("/legend/{x}", response_class=PngResponse)
async def legend(x: Step):
    if x == 0:
        return JSONResponse({"legend": None})  # lie: undocumented-media-type GET /legend/{x} 200
    return PngResponse(PIXEL)
