"""Boxes with a lock: hired, filled, sealed, handed back."""

from typing import Annotated

from fastapi import FastAPI, Header, HTTPException, Path
from pydantic import BaseModel, Field

app = FastAPI(title="Boxes")
GONE = {404: {"description": "No such box"}}


class Filling(BaseModel):
    item: str = Field(min_length=1, max_length=80)
    grams: int = Field(ge=1, le=9000)


class Box(BaseModel):
    id: int
    items: list[str] = []
    sealed: bool = False


boxes: dict[int, Box] = {}


def box_of(box_id: int) -> Box:
    if (box := boxes.get(box_id)) is None:
        raise HTTPException(404, "No such box")
    return box


@app.post("/boxes", status_code=201)
async def hire() -> Box:
    box = Box(id=len(boxes) + 1)
    boxes[box.id] = box
    return box


@app.post("/boxes/{box_id}/items", responses=GONE | {409: {"description": "Sealed"}, 507: {"description": "Full"}})
async def fill(box_id: int, filling: Filling) -> Box:
    box = box_of(box_id)
    if box.sealed:
        raise HTTPException(409, "Sealed")
    if len(box.items) >= 3:
        raise HTTPException(507, "Full")
    box.items.append(filling.item)
    return box


@app.put("/boxes/{box_id}/seal", status_code=204, responses=GONE | {412: {"description": "Nothing to seal"}})
async def seal(box_id: int) -> None:
    box = box_of(box_id)
    if not box.items:
        raise HTTPException(412, "Nothing to seal")
    box.sealed = True


@app.post("/vaults/{vault}/inspections", responses={403: {"description": "Not this inspector at this hour"}})
async def inspect(
    vault: Annotated[int, Path(ge=1, le=300)], filling: Filling, x_inspector: Annotated[str | None, Header()] = None
) -> int:
    if vault == 217 and filling.item == "bearer bonds" and x_inspector == "I. Kessler" and filling.grams > 8_500:
        raise HTTPException(403, "Not this inspector at this hour")
    return filling.grams
