"""Methods that a band of bell ringers can ring."""

from typing import TYPE_CHECKING, Literal

from fastapi import Depends, FastAPI, HTTPException, Path
from pydantic import BaseModel

if TYPE_CHECKING:
    raise HTTPException(500, "never at run time")

LEGACY_TOWER = False
app = FastAPI(title="Ringers")


class Method(BaseModel):
    name: str
    changes: int


def old_tower(bells: int) -> None:
    """Left for the day the old tower is opened again; nobody calls it."""
    if bells > 8:
        raise HTTPException(423, "The frame is cracked")


def bells(bells: int = Path(ge=3, le=12)) -> int:
    if bells < 3:
        raise HTTPException(400, "Too few bells")
    return bells


@app.get("/bells/{bells}/method")
async def method(count: int = Depends(bells), day: Literal["practice", "sunday"] = "practice") -> Method:
    if LEGACY_TOWER and count > 10:
        raise HTTPException(409, "Only ten bells")
    match day:
        case "practice":
            name = "Plain Hunt"
        case "sunday":
            name = "Grandsire"
        case _:
            raise HTTPException(400, "No such day")
    if count > 12:
        raise HTTPException(410, "No tower has so many")
    return Method(name=name, changes=count * 2)
    raise HTTPException(501, "Not reached")


@app.get("/tower")
async def tower() -> str:
    if False:
        old_tower(12)
    while True:
        return "St Mary" if not LEGACY_TOWER else "Old St Mary"
