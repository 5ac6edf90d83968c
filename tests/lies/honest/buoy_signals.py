"""What a buoy signals; until it does, there is nothing to be told, and nothing waits on the event loop."""

import asyncio
import os
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from typing import Annotated

from fastapi import BackgroundTasks, Depends, FastAPI, HTTPException
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

signals: asyncio.Queue[str] = asyncio.Queue()
SILENT = {503: {"description": "The buoy is silent"}}
SIMULATED = False
app = FastAPI(title="Buoys")


async def heard() -> str:
    try:
        return signals.get_nowait()
    except asyncio.QueueEmpty:
        raise HTTPException(503, "The buoy is silent") from None


def settle(seconds: float = 0.2) -> None:
    time.sleep(seconds)


def kept(signal: Annotated[str, Depends(heard)]) -> str:
    store = sqlite3.connect(":memory:")
    store.execute("CREATE TABLE signal (line TEXT)")
    store.close()
    return signal


@app.get("/swell", responses=SILENT)
def swell(signal: Annotated[str, Depends(heard)]) -> int:
    settle()
    return len(signal)


@app.get("/last", responses=SILENT)
async def last(signal: Annotated[str, Depends(kept)]) -> str:
    await run_in_threadpool(settle, 0.1)
    await asyncio.to_thread(lambda: subprocess.run(["plot", signal], check=False))
    return signal


@app.get("/light", responses=SILENT)
async def light(signal: Annotated[str, Depends(heard)], tasks: BackgroundTasks) -> str:
    if SIMULATED:
        settle()
    if os.environ.get("BUOY_IN_A_TANK"):
        time.sleep(1)
    time.sleep(0)
    tasks.add_task(settle, 0.1)
    return signal


@app.get("/waves", responses={**SILENT, 200: {"content": {"text/plain": {}}}}, response_class=StreamingResponse)
async def waves(signal: Annotated[str, Depends(heard)]) -> StreamingResponse:
    def lines() -> Iterator[str]:
        for part in signal:
            time.sleep(0.01)
            yield part

    return StreamingResponse(lines(), media_type="text/plain")
