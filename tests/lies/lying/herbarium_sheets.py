"""Keeps the sheets of a herbarium in SQLite."""
# ruff: noqa: E501

import sqlite3

from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI()

database = sqlite3.connect(":memory:", check_same_thread=False)
database.execute("CREATE TABLE sheet (id INTEGER PRIMARY KEY, species TEXT, shelf INTEGER)")


class Sheet(BaseModel):
    species: str = Field(pattern=r"^[A-Z][a-z]+ [a-z]+$", max_length=60)
    shelf: int = Field(ge=1, le=40)


def rows_of(shelf: int) -> list[Sheet]:
    found = database.execute("SELECT species, shelf FROM sheet WHERE shelf = ?", (shelf,))  # lie: blocking-call GET /shelves/{shelf}
    return [Sheet(species=species, shelf=shelf) for species, shelf in found.fetchall()]


@app.post("/sheets", status_code=201)
async def add(sheet: Sheet) -> Sheet:
    database.execute("INSERT INTO sheet (species, shelf) VALUES (?, ?)", (sheet.species, sheet.shelf))  # lie: blocking-call POST /sheets
    return sheet


@app.get("/shelves/{shelf}")
async def shelf(shelf: int) -> list[Sheet]:
    if not 1 <= shelf <= 40:
        return []
    return rows_of(shelf)


@app.get("/count")
def count() -> int:
    return database.execute("SELECT count(*) FROM sheet").fetchone()[0]
