"""A mill in the old style: events instead of a lifespan, an event loop asked for at import, tasks in the background."""

import asyncio
import multiprocessing
import warnings
from concurrent.futures import ProcessPoolExecutor

from fastapi import APIRouter, BackgroundTasks, FastAPI, HTTPException, Request

warnings.simplefilter("ignore", DeprecationWarning)
app = FastAPI()
router = APIRouter(prefix="/flour")
sacks: list[str] = []
loop = asyncio.get_event_loop_policy().new_event_loop()
lock = asyncio.Lock()
queue: asyncio.Queue[str] = asyncio.Queue()


@app.on_event("startup")
async def grind() -> None:
    app.state.worker = asyncio.create_task(work())
    app.state.pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


@app.on_event("startup")
def fill() -> None:
    sacks.append("rye")


@app.on_event("shutdown")
async def stop() -> None:
    app.state.worker.cancel()
    app.state.pool.shutdown()


async def work() -> None:
    while True:
        await queue.get()
        queue.task_done()


def note(kind: str) -> None:
    sacks.append(kind)
    del sacks[5:]


@router.get("/{number}")
async def sack(number: int) -> str:
    async with lock:
        if not 0 <= number < 1:
            raise HTTPException(404)  # lie: undocumented-status GET /flour/{number} 404
        return sacks[number]


@router.post("", status_code=202)
async def add(kind: str, tasks: BackgroundTasks) -> int:
    tasks.add_task(note, kind)
    await queue.put(kind)
    await queue.join()
    return 1


@app.get("/pooled")
async def pooled(request: Request) -> int:
    return await asyncio.get_running_loop().run_in_executor(request.app.state.pool, abs, -3)


app.include_router(router)
