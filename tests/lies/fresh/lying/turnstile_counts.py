"""Counts who comes through the turnstiles of a swimming pool."""

from typing import Annotated

from fastapi import Cookie, Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Turnstiles")


class Passage(BaseModel):
    lane: str
    season: bool


def firmware(x_firmware: Annotated[str | None, Header(max_length=30)] = None) -> str:
    if x_firmware is not None and x_firmware.startswith("1."):
        raise HTTPException(426, "Update the turnstile")  # lie: undocumented-status POST /passages 426
    return x_firmware or "unknown"


@app.post("/passages", dependencies=[Depends(firmware)])
async def passage(
    lane: Annotated[str, Cookie()] = "main", season_card: Annotated[str | None, Cookie(alias="season-card")] = None
) -> Passage:
    if season_card == "S-0000":
        raise HTTPException(402, "The card is empty")  # lie: undocumented-status POST /passages 402
    return Passage(lane=lane, season=season_card is not None)
