"""The gates of a weir; while the river is locked down, none of them moves."""

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Path
from pydantic import BaseModel, Field

app = FastAPI()
state = {"locked": False}
openings: dict[int, int] = {}


class Opening(BaseModel):
    percent: int = Field(ge=0, le=100)


def unlocked() -> None:
    if state["locked"]:
        raise HTTPException(423, "The river is locked down")  # lie: undocumented-status PUT /gates/{gate} 423


@app.post("/lockdown", status_code=204)
def lockdown(on: bool) -> None:
    state["locked"] = on


@app.put("/gates/{gate}", dependencies=[Depends(unlocked)])
def move(gate: Annotated[int, Path(ge=1, le=12)], opening: Opening) -> Opening:
    openings[gate] = opening.percent
    return opening


@app.get("/gates")
def gates() -> dict[str, int]:
    return {f"gate {gate}": percent for gate, percent in openings.items()}
