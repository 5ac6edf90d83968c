"""Specimens of a type foundry, and the machine that casts them."""
# ruff: noqa: E501

import sqlite3
import subprocess

from fastapi import FastAPI, HTTPException, Path
from pydantic import BaseModel

catalogue = sqlite3.connect(":memory:", check_same_thread=False)
catalogue.execute("create table face (id integer primary key, name text, points integer)")
catalogue.executemany("insert into face values (?, ?, ?)", [(1, "Caslon", 12), (2, "Fleischman", 10), (3, "Bell", 14)])

app = FastAPI(title="Foundry")


class Face(BaseModel):
    name: str
    points: int


class Machine(BaseModel):
    system: str


@app.get("/faces/{face_id}", responses={404: {"description": "Never cast"}})
async def face(face_id: int = Path(ge=0, le=2**31)) -> Face:
    row = catalogue.execute("select name, points from face where id = ?", (face_id,)).fetchone()  # lie: blocking-call GET /faces/{face_id}
    if row is None:
        raise HTTPException(404, "Never cast")
    return Face(name=row[0], points=row[1])


@app.get("/machine")
async def machine(exact: bool = False) -> Machine:
    if not exact:
        return Machine(system="caster")
    done = subprocess.run(["uname", "-s"], capture_output=True, text=True, check=False)  # lie: blocking-call GET /machine
    return Machine(system=done.stdout.strip())
