"""Stores outlines of talks: headings under headings."""
# ruff: noqa: E501

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

MAX_LEVELS = 5
app = FastAPI(title="Outlines")


class Heading(BaseModel):
    title: str = Field(pattern="^[A-Za-z ]{1,40}$")
    minutes: int = Field(0, ge=0, le=90)
    children: list["Heading"] = Field(default_factory=list, max_length=6)

    def levels(self) -> Iterator[list["Heading"]]:
        level = [self]
        while level:
            yield level
            level = [child for heading in level for child in heading.children]


class Summary(BaseModel):
    id: int
    title: str
    headings: int
    minutes: int


class Problem(BaseModel):
    detail: str


@dataclass
class Outlines:
    rows: dict[int, Summary]

    def add(self, root: Heading) -> Summary:
        levels = list(root.levels())
        if len(levels) > MAX_LEVELS:
            raise HTTPException(413, "An outline has five levels")  # lie: undocumented-status POST /outlines 413
        headings = [heading for level in levels for heading in level]
        minutes = sum(heading.minutes for heading in headings)
        if minutes > 180:
            raise HTTPException(409, "Nobody listens that long")
        row = Summary(id=len(self.rows) + 1, title=root.title, headings=len(headings), minutes=minutes)
        self.rows[row.id] = row
        return row


outlines = Outlines({})


@app.post("/outlines", status_code=201, responses={409: {"model": Problem}})
async def add(root: Heading) -> Summary:
    return outlines.add(root)


@app.get("/outlines/{outline_id}", responses={404: {"model": Problem}})
async def read(outline_id: int) -> Summary:
    if outline_id not in outlines.rows:
        raise HTTPException(404, "No such outline")
    return outlines.rows[outline_id]
