"""Sheets of music, addressed by number and by path."""

from typing import Annotated

from fastapi import FastAPI, HTTPException, Path
from pydantic import BaseModel

app = FastAPI(title="Sheets")


class Sheet(BaseModel):
    number: int
    copies: int = 4


class Folder(BaseModel):
    path: str
    depth: int


@app.get("/sheets/{number:int}")
async def sheet(number: Annotated[int, Path(ge=0, le=999_999)]) -> Sheet:
    return Sheet(number=number)


@app.get("/folders/{path:path}", responses={404: {"description": "Empty path"}})
async def folder(path: str) -> Folder:
    if not path.strip("/"):
        raise HTTPException(404)
    return Folder(path=path, depth=path.count("/"))


@app.get("/by-key/{key}/{voice}")
async def by_key(
    key: Annotated[str, Path(pattern="^[A-H](is|es)?$")], voice: Annotated[str, Path(max_length=8)]
) -> int:
    return len(key) + len(voice)
