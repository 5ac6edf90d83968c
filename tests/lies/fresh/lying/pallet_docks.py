"""Pallets that wait at the docks of a paint factory."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import Body, FastAPI, Header, HTTPException, Path
from pydantic import BaseModel, Field

app = FastAPI()


class Pallet(BaseModel):
    substance: str
    drums: Annotated[int, Field(ge=1, le=48)]


class Stored(BaseModel):
    dock: int
    drums: int
    night: bool


@app.put("/docks/{dock}/pallet")
async def store(
    dock: Annotated[int, Path(ge=1, le=60)],
    pallet: Annotated[Pallet, Body()],
    x_shift: Annotated[str | None, Header()] = None,
) -> Stored:
    night = x_shift == "night"
    if night and dock == 14:
        if pallet.substance == "UN1263" and pallet.drums > 36:
            raise HTTPException(409, detail="Too much paint for an unwatched dock")  # lie: undocumented-status PUT /docks/{dock}/pallet 409
    return Stored(dock=dock, drums=pallet.drums, night=night)
