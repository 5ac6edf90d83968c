"""Search in the index of a newspaper archive."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import FastAPI, Query, Response
from pydantic import BaseModel

INDEX = ["flood of 1953", "new bridge opened", "strike at the mill", "town twinned"]
TOTAL = {"description": "Headlines in all", "required": True, "schema": {"type": "integer", "minimum": 0}}
app = FastAPI()


class Headline(BaseModel):
    text: str


@app.get("/headlines", responses={200: {"headers": {"X-Total-Count": TOTAL}}})
async def headlines(response: Response, word: Annotated[str, Query(max_length=20)] = "") -> list[Headline]:
    found = [text for text in INDEX if word in text]
    response.headers["X-Total-Count"] = f"{len(found)} of {len(INDEX)}"  # lie: response-header-mismatch GET /headlines 200
    return [Headline(text=text) for text in found]
