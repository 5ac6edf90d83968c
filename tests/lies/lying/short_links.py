"""Short links for a newsletter."""

from itertools import count
from typing import Annotated

from fastapi import Body, FastAPI, HTTPException
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

app = FastAPI()
targets: dict[str, str] = {}
numbers = count(1000)


class Link(BaseModel):
    slug: str
    page: Annotated[int, Field(ge=1, le=400)]


@app.post("/links", status_code=201)
async def shorten(page: Annotated[int, Body(embed=True, ge=1, le=400)]) -> Link:
    slug = f"n{next(numbers):x}"
    targets[slug] = f"/newsletter?page={page}"
    return Link(slug=slug, page=page)


@app.get("/links/{slug}", responses={404: {"description": "Never shortened"}})
async def follow(slug: str):
    if slug not in targets:
        raise HTTPException(404, "Unknown link")
    return RedirectResponse(targets[slug])  # lie: undocumented-status GET /links/{slug} 307
