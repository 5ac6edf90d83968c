"""Film reels that an archive takes in over its counter, with a cookie for the reading desk."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Annotated, Any

from fastapi import Cookie, FastAPI, File, Form, HTTPException, Response, UploadFile
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Film reels")
Desk = Annotated[int | None, Cookie(ge=1, le=40)]
numbers = count(100)


class Labels(BaseModel):
    title: str = Field(min_length=1, max_length=80)
    shot: date
    silent: bool


@dataclass(frozen=True)
class Reel:
    number: int
    title: str
    frames: int
    digest: str
    shot: date
    notes: tuple[str, ...] = ()


reels: dict[int, Reel] = {}
BAD: dict[int | str, dict[str, Any]] = {400: {"description": "Not a form, or not a film"}}
NO_REEL: dict[int | str, dict[str, Any]] = {404: {"description": "No such reel"}}
TEXT_404: dict[int | str, dict[str, Any]] = {
    404: {"description": "No such reel", "content": {"text/plain": {"schema": {"type": "string"}}}}
}


@app.post("/reels", status_code=201, responses=BAD)
async def take_in(
    title: Annotated[str, Form(min_length=1, max_length=80)],
    film: Annotated[UploadFile, File(description="The scan")],
    shot: Annotated[date, Form()],
) -> Reel:
    content = await film.read()
    if not content:
        raise HTTPException(400, "The scan is empty")
    number = next(numbers)
    reels[number] = Reel(number, title, len(content) // 16, hashlib.sha1(content).hexdigest(), shot)
    return reels[number]


@app.post("/reels/{number}/labels", status_code=303, response_class=RedirectResponse, responses=BAD | NO_REEL)
async def label(number: int, labels: Annotated[Labels, Form()]):
    if number not in reels:
        raise HTTPException(404, "No such reel")
    if labels.silent and labels.title.casefold() == "untitled":
        raise HTTPException(400, "A silent film needs a title")
    reels[number] = replace(reels[number], title=labels.title, shot=labels.shot)
    return f"/reels/{number}"


@app.get("/reels/{number}", responses=NO_REEL)
async def reel(number: int) -> Reel:
    try:
        return reels[number]
    except KeyError:
        raise HTTPException(404, "No such reel") from None


@app.get("/reels/{number}/leader", response_class=PlainTextResponse, responses=TEXT_404)
async def leader(number: int) -> Response:
    if (found := reels.get(number)) is None:
        return PlainTextResponse("no such reel\n", 404)
    return PlainTextResponse(f"{found.title}\n{found.digest}\n")


@app.put("/desk", status_code=204)
async def sit_down(response: Response, lamp: bool = True, desk: Desk = None) -> None:
    response.set_cookie("desk", str(desk or 1), httponly=True, samesite="strict")
    if not lamp:
        response.delete_cookie("lamp")


@app.get("/desk", response_class=HTMLResponse)
async def desk(desk: Desk = None) -> str:
    return f"<p>You sit at desk {desk}.</p>" if desk else "<p>You stand.</p>"


@app.get("/", response_class=RedirectResponse, status_code=307)
async def front() -> str:
    return "/desk"
