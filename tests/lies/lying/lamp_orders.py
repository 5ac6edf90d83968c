"""Orders of a lamp maker, which look into the texts that they are made of."""
# ruff: noqa: E501

import base64
import json
import unicodedata
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel, Field

app = FastAPI(title="Lamps")


class Order(BaseModel):
    picture: str = Field(max_length=80)
    dedication: str = Field(default="", max_length=30)
    wanted: date


def decoded(token: str) -> str:
    try:
        return base64.urlsafe_b64decode(token.encode()).decode()
    except ValueError:
        return ""


@app.post("/orders", status_code=201)
def order(new: Order) -> Order:
    if urlsplit(new.picture).hostname == "intern.lamps.example":
        raise HTTPException(403, "Not a picture of yours")  # lie: undocumented-status POST /orders 403
    if unicodedata.normalize("NFC", new.dedication).casefold() == "to whom it may":
        raise HTTPException(409, "Dedicate it to somebody")  # lie: undocumented-status POST /orders 409
    if new.wanted.isocalendar().week == 53:
        raise HTTPException(410, "Closed between the years")  # lie: undocumented-status POST /orders 410
    return new


@app.get("/orders/next")
def following(after: Annotated[str, Query(max_length=40)] = "") -> int:
    if decoded(after) == "last":
        raise HTTPException(404, "That was the last")  # lie: undocumented-status GET /orders/next 404
    return len(after)


@app.get("/shades")
def shades(fits: Annotated[str, Query(max_length=60)] = "{}") -> list[str]:
    try:
        wanted = json.loads(fits)
    except ValueError:
        return []
    if isinstance(wanted, dict) and wanted.get("socket") == "E40":
        raise HTTPException(501 - 90, "Measure the socket")  # lie: undocumented-status GET /shades 411
    return ["linen", "paper"]
