"""Revisions of blueprints, guarded by entity tags so that nobody overwrites a colleague."""
# ruff: noqa: E501

from __future__ import annotations

from typing import Annotated, Generic, TypeVar

from fastapi import FastAPI, Header, HTTPException, Response
from pydantic import BaseModel, Field

T = TypeVar("T")


class Sheet(BaseModel):
    title: str = Field(min_length=1, max_length=80)
    scale: int = Field(50, ge=1, le=5000)


class Versioned(Generic[T]):
    def __init__(self, value: T, version: int = 1) -> None:
        self.value, self.version = value, version

    @property
    def tag(self) -> str:
        return f'"{self.version}"'


def refuse(code: int, why: str) -> HTTPException:
    return HTTPException(status_code=code, detail=why)


class Drawer(Generic[T]):
    """Keeps things under their names, and lets go of none that has changed meanwhile."""

    def __init__(self) -> None:
        self._kept: dict[str, Versioned[T]] = {}

    def get(self, name: str) -> Versioned[T]:
        try:
            return self._kept[name]
        except KeyError:
            raise refuse(404, "Not in this drawer") from None

    def guard(self, name: str, tag: str | None) -> Versioned[T]:
        held = self.get(name)
        if tag is None:
            raise refuse(428, "Say which revision you saw")  # lie: undocumented-status PUT /sheets/{name} 428
        if tag == "*":
            return held
        if tag.startswith("W/"):
            raise refuse(400, "Weak tags do not guard anything")  # lie: undocumented-status DELETE /sheets/{name} 400
        if tag != held.tag:
            raise refuse(412, "It has been revised")
        return held

    def put(self, name: str, value: T, after: int = 0) -> Versioned[T]:
        self._kept[name] = Versioned(value, after + 1)
        return self._kept[name]

    def drop(self, name: str) -> None:
        del self._kept[name]


app = FastAPI(title="Blueprints")
drawer: Drawer[Sheet] = Drawer()
IfMatch = Annotated[str | None, Header()]
TEXTS = {400: "Not a tag", 404: "No such sheet", 409: "There is one", 412: "Revised meanwhile", 428: "Tag missing"}


def told(*codes: int) -> dict[int | str, dict[str, str]]:
    return {code: {"description": TEXTS[code]} for code in codes}


@app.post("/sheets/{name}", status_code=201, responses=told(409))
def draw(name: str, sheet: Sheet, response: Response) -> Sheet:
    try:
        drawer.get(name)
    except HTTPException:
        response.headers["ETag"] = drawer.put(name, sheet).tag
        return sheet
    raise refuse(409, "There is a sheet of this name")


@app.get("/sheets/{name}", responses=told(404))
def sheet(name: str, response: Response) -> Sheet:
    held = drawer.get(name)
    response.headers["ETag"] = held.tag
    return held.value


@app.put("/sheets/{name}", responses=told(400, 404, 412))
def revise(name: str, sheet: Sheet, response: Response, if_match: IfMatch = None) -> Sheet:
    held = drawer.guard(name, if_match)
    response.headers["ETag"] = drawer.put(name, sheet, after=held.version).tag
    return sheet


@app.delete("/sheets/{name}", status_code=204, responses=told(404, 412, 428))
def discard(name: str, if_match: IfMatch = None) -> None:
    drawer.guard(name, if_match)
    drawer.drop(name)
