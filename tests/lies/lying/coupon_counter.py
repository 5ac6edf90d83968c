"""A counter where coupons are scanned, stays are timed, and the roll of receipts goes on."""
# ruff: noqa: E501

import base64
import json
import re

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Coupons")
UNITS = {"s": 1, "m": 60, "h": 3600}
RECEIPTS = [*range(1, 40)]


class Detail(BaseModel):
    detail: str


@app.get("/coupons/{ean}", responses={400: {"model": Detail}})
def coupon(ean: str) -> str:
    if len(ean) != 13 or not (ean.isascii() and ean.isdigit()):
        raise HTTPException(400, "Thirteen digits")
    if sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(ean)) % 10:
        raise HTTPException(400, "Wrong check digit")
    if ean.startswith("99"):
        raise HTTPException(410, "Coupons are taken no more")  # lie: undocumented-status GET /coupons/{ean} 410
    return ean


@app.get("/stays/{text}", responses={400: {"model": Detail}})
def stay(text: str) -> int:
    parts = re.findall(r"([0-9]{1,9})([a-z])", text)
    if not parts:
        raise HTTPException(400, "How long?")
    return sum(int(number) * UNITS[unit] for number, unit in parts)  # lie: server-error GET /stays/{text} 500


@app.get("/receipts", responses={400: {"model": Detail}})
def receipts(roll: str | None = None) -> list[int]:
    try:
        after = json.loads(base64.urlsafe_b64decode(roll))["after"] if roll else 0  # lie: server-error GET /receipts 500
    except (ValueError, RecursionError):
        raise HTTPException(400, "Torn") from None
    return [number for number in RECEIPTS if isinstance(after, int) and number > after][:10]
