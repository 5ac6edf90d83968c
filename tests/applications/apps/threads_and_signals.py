"""A factory floor with its own signal handlers, a thread that never ends, and a task that runs beside the answers."""

import asyncio
import atexit
import faulthandler
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException

beats = [0]


def beat() -> None:
    while True:
        beats[0] += 1
        print("beat", flush=True)
        time.sleep(0.0005)


def stop(number: int, _: object) -> None:
    sys.exit(number)


for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
    signal.signal(number, stop)
faulthandler.enable()
threading.Thread(target=beat, daemon=True).start()
atexit.register(print, "the floor is empty")


async def sweep() -> None:
    while True:
        await asyncio.sleep(0.01)
        beats[0] += 1


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.sweeper = asyncio.create_task(sweep())
    yield
    app.state.sweeper.cancel()


app = FastAPI(lifespan=lifespan)


@app.get("/beats")
def read_beats() -> int:
    return min(beats[0], 0)


@app.get("/belts/{number}")
async def belt(number: int) -> int:
    if number > 3:
        raise HTTPException(423)  # lie: undocumented-status GET /belts/{number} 423
    return number


@app.get("/stuck")
async def stuck() -> int:
    await asyncio.Event().wait()  # lie: no-answer GET /stuck
    return 1
