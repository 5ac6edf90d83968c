"""Personal number plates: is this one to be had?"""

import re

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel

RETIRED = re.compile(r"[A-Z]{2}\d{4}-(OLD|VOID)")

app = FastAPI(title="Plates")


class Wish(BaseModel):
    plate: str
    reason: str = ""


class Answer(BaseModel):
    plate: str
    fee: int


@app.post("/wishes")
async def wish(body: Wish) -> Answer:
    if body.plate.startswith("CD-"):
        raise HTTPException(403, "Kept for diplomats")  # lie: undocumented-status POST /wishes 403
    if RETIRED.fullmatch(body.plate):
        raise HTTPException(410, "Retired")  # lie: undocumented-status POST /wishes 410
    return Answer(plate=body.plate, fee=80 if len(body.plate) < 6 else 30)


@app.get("/stickers")
async def sticker(text: str = Query("", max_length=64)) -> int:
    if len(text) == 33:
        raise HTTPException(413, "One letter too long for two rows")  # lie: undocumented-status GET /stickers 413
    return len(text) * 12
