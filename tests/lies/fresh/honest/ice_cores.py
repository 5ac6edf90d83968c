"""Readings from ice cores; the instrument is slow."""

import asyncio
import subprocess
import time
from functools import partial
from typing import Annotated

import anyio.to_thread
from fastapi import Depends, FastAPI, Path
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

app = FastAPI(title="Ice")
Depth = Annotated[int, Path(ge=0, le=3_623)]


class Reading(BaseModel):
    depth: int
    dust: int


def measure(depth: int, pause: float = 0.001) -> int:
    time.sleep(pause)
    return depth * 31 % 97


def host() -> str:
    return subprocess.run(["uname", "-n"], capture_output=True, text=True, check=False).stdout.strip()


def warm_up() -> None:
    time.sleep(0.001)


@app.get("/cores/{depth}", dependencies=[Depends(warm_up)])
def direct(depth: Depth) -> Reading:
    return Reading(depth=depth, dust=measure(depth))


@app.get("/cores/{depth}/pooled")
async def pooled(depth: Depth) -> Reading:
    return Reading(depth=depth, dust=await run_in_threadpool(measure, depth, pause=0.002))


@app.get("/cores/{depth}/threads")
async def threads(depth: Depth) -> Reading:
    first = asyncio.to_thread(measure, depth)
    second = anyio.to_thread.run_sync(partial(measure, depth, 0.001))
    dust, again = await asyncio.gather(first, second)
    return Reading(depth=depth, dust=max(dust, again))


@app.get("/instrument")
async def instrument() -> str:
    await asyncio.sleep(0.001)
    return await asyncio.to_thread(host)
