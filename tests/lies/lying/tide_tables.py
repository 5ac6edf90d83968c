"""Tide tables, free of charge up to a point."""

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel

FREE = 5

app = FastAPI(title="Tides")
asked: dict[str, int] = {}


class Tide(BaseModel):
    harbour: str
    high_cm: int


def metered(harbour: str = "any") -> str:
    asked["all"] = asked.get("all", 0) + 1
    if asked["all"] > FREE:
        raise HTTPException(429, "Come back tomorrow")  # lie: undocumented-status GET /tides 429
    return harbour


@app.get("/tides")
def tides(harbour: str = Depends(metered), days: int = 1) -> list[Tide]:
    return [Tide(harbour=harbour, high_cm=310) for _ in range(min(max(days, 0), 3))]


@app.get("/harbours")
def harbours() -> list[str]:
    return ["any", "north"]
