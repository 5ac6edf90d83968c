"""Boxes in an archive, each under one name; what can be said to a box depends on the word that it was given."""

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()
TAKEN = {"description": "There is one of this name"}
MISSING = {"description": "No such box"}
SEALED = {"description": "It is sealed"}


class Box(BaseModel):
    name: str = Field(min_length=1)
    state: str = "open"
    count: int = 0


boxes: dict[str, Box] = {}


@app.post(
    "/boxes",
    status_code=201,
    responses={400: {"description": "A name has letters"}, 409: TAKEN, 413: {"description": "Too much"}},
)
def add(box: Box) -> Box:
    key = box.name.strip().lower()
    if not key:
        raise HTTPException(400, "A name has letters")
    if key in boxes:
        raise HTTPException(409, "There is one of this name")
    if box.count > 1000:
        raise HTTPException(413, "Too much")
    boxes[key] = box
    return box


@app.put("/boxes/{name}/state", responses={404: MISSING, 409: SEALED})
def mark(name: str, state: str) -> Box:
    box = boxes.get(name.strip().lower())
    if box is None:
        raise HTTPException(404, "No such box")
    if box.state == "sealed":
        raise HTTPException(409, "It is sealed")
    box.state = state
    return box


@app.delete("/boxes/{name}", status_code=204, responses={404: MISSING, 423: {"description": "It is lent"}})
def remove(name: str) -> None:
    box = boxes.get(name.strip().lower())
    if box is None:
        raise HTTPException(404, "No such box")
    if box.state in ("lent", "lost"):
        raise HTTPException(423, "It is lent")
    del boxes[name.strip().lower()]
