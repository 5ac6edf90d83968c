"""What a dredger reports by radio; until it does, there is nothing to be told."""
# ruff: noqa: E501

import asyncio
import sqlite3
import subprocess
import time as clock
from time import sleep as pause
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel

reports: asyncio.Queue[str] = asyncio.Queue()
SILENT = {503: {"description": "The dredger is silent"}}
app = FastAPI(title="Dredger")


class Depth(BaseModel):
    metres: float


def settle() -> None:
    clock.sleep(0.2)  # lie: blocking-call GET /depth


async def heard() -> str:
    try:
        return reports.get_nowait()
    except asyncio.QueueEmpty:
        raise HTTPException(503, "The dredger is silent") from None


async def kept(report: Annotated[str, Depends(heard)]) -> str:
    store = sqlite3.connect(":memory:")  # lie: blocking-call GET /last
    store.execute("CREATE TABLE report (line TEXT)")  # lie: blocking-call GET /last
    store.close()
    return report


@app.get("/depth", responses=SILENT)
async def depth(report: Annotated[str, Depends(heard)]) -> Depth:
    settle()
    return Depth(metres=float(len(report)))


@app.get("/last", responses=SILENT)
async def last(report: Annotated[str, Depends(kept)]) -> str:
    return report


@app.get("/charts", responses=SILENT)
async def chart(report: Annotated[str, Depends(heard)], scale: int = 1) -> str:
    if scale == 25_000:
        subprocess.run(["plot", report], check=False)  # lie: blocking-call GET /charts
    pause(0.01)  # lie: blocking-call GET /charts
    return report
