"""Labels of shelves, one below the other, as deep as anybody likes."""

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Shelf labels")


class Detail(BaseModel):
    detail: str


class Label(BaseModel):
    code: str = Field(min_length=3, max_length=12)
    parent: str | None = None
    worn: bool = False


labels: dict[str, Label] = {}


@app.post("/labels", status_code=201, responses={status: {"model": Detail} for status in (400, 404, 409)})
def glue(label: Label) -> Label:
    if label.code in labels:
        raise HTTPException(409, "Glued before")
    if label.parent is not None and label.parent not in labels:
        raise HTTPException(404, "Nothing above it")
    if label.parent is not None and labels[label.parent].worn:
        raise HTTPException(400, "What is above it comes off")
    labels[label.code] = label
    return label


@app.delete("/labels/{code}", status_code=204, responses={404: {"model": Detail}})
def peel(code: str) -> None:
    if labels.pop(code, None) is None:
        raise HTTPException(404, "No such label")
    for other in labels.values():
        other.parent = None if other.parent == code else other.parent
