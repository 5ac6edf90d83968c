"""Manual pages of old machines."""

from typing import Annotated

from fastapi import FastAPI, Path
from pydantic import BaseModel
from starlette.exceptions import HTTPException

app = FastAPI(title="Manuals")
PAGES = {"lathe/oiling": "Weekly, at both ends.", "press/guards": "Never remove."}


class Page(BaseModel):
    path: str
    text: str


@app.get("/manual/{path:path}")
async def page(path: Annotated[str, Path(description="Machine, slash, topic")]) -> Page:
    text = PAGES.get(path.strip("/"))
    if text is None:
        raise HTTPException(status_code=404)  # lie: undocumented-status GET /manual/{path} 404
    return Page(path=path, text=text)
