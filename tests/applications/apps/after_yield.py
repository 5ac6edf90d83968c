"""A garage whose lifts are dependencies: what is raised after `yield` comes before the answer or after it."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException

app = FastAPI()


class Jammed(Exception):
    pass


def lift() -> Iterator[str]:
    try:
        yield "lift"
    except Jammed:
        raise HTTPException(409, "jammed") from None  # lie: undocumented-status GET /cars/{number} 409


def tidy() -> Iterator[str]:
    done = []
    try:
        yield "tools"
    finally:
        done.append("swept")


@app.get("/cars/{number}")
def car(number: int, lift: Annotated[str, Depends(lift)]) -> str:
    if number < 0:
        raise Jammed
    return lift


@app.get("/tools")
def tools(tools: Annotated[str, Depends(tidy)]) -> str:
    return tools
