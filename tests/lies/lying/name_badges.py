"""Prints name badges for a conference."""

from typing import Annotated

from fastapi import FastAPI, Query
from fastapi.responses import HTMLResponse

app = FastAPI(title="Badges")
COLOURS = ["white", "green", "blue"]


@app.get("/colours")
def colours() -> list[str]:
    return COLOURS


@app.get("/badge", response_class=HTMLResponse)
def badge(name: Annotated[str, Query(min_length=1, max_length=30)], colour: str = "white"):
    page = f"<p>{len(name)} letters on {len(colour)}</p>"
    return HTMLResponse(page, headers={"X-Badge": name.strip()})  # lie: server-error GET /badge 500
