"""Letters that are fetched with a seal, which a clerk presses."""
# ruff: noqa: E501

import hashlib
import hmac

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Sealed letters")
WAX = b"carmine"
letters = {"treaty": "Peace for a year."}


class Detail(BaseModel):
    detail: str


class Sealed(BaseModel):
    name: str
    days: int
    seal: str


def pressed(name: str, days: int) -> str:
    return hmac.digest(WAX, f"{name}:{days}".encode(errors="replace"), "sha256").hex()[:16]


@app.post("/seals", status_code=201)
def press(name: str, days: int = 3) -> Sealed:
    return Sealed(name=name.encode(errors="replace").decode(), days=days, seal=pressed(name, days))


@app.get("/letters", responses={403: {"model": Detail}})
def fetch(name: str, days: int, seal: str) -> str:
    if not hmac.compare_digest(hashlib.sha256(pressed(name, days).encode()).digest(), hashlib.sha256(seal.encode(errors="replace")).digest()):
        raise HTTPException(403, "The seal is broken")
    if name not in letters:
        raise HTTPException(404, "No such letter")  # lie: undocumented-status GET /letters 404
    return letters[name]
