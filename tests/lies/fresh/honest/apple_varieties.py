"""An orchard's varieties, in SQLite."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from threading import Lock
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Path
from pydantic import BaseModel, Field

trees = sqlite3.connect(":memory:", check_same_thread=False)
trees.execute("create table apple (id integer primary key, week integer not null)")
one_at_a_time = Lock()

app = FastAPI(title="Orchard")


class Apple(BaseModel):
    week: int = Field(ge=1, le=53)


class Planted(Apple):
    id: int


def database() -> Iterator[sqlite3.Connection]:
    with one_at_a_time:
        try:
            yield trees
        finally:
            trees.rollback()


Database = Annotated[sqlite3.Connection, Depends(database)]


@app.post("/apples", status_code=201)
def plant(apple: Apple, database: Database) -> Planted:
    with database:
        row = database.execute("insert into apple (week) values (?)", (apple.week,))
    return Planted(id=row.lastrowid or 0, week=apple.week)


@app.get("/apples/{apple_id}", responses={404: {"description": "Not planted"}})
def show(apple_id: Annotated[int, Path(ge=-(2**63), le=2**63 - 1)], database: Database) -> Planted:
    with closing(database.execute("select id, week from apple where id = ?", (apple_id,))) as cursor:
        row = cursor.fetchone()
    if row is None:
        raise HTTPException(404, "Not planted")
    return Planted(id=row[0], week=row[1])
