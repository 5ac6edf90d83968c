"""A newspaper that asks several desks at once."""

import asyncio
from functools import partial

import anyio
from anyio import to_thread
from fastapi import FastAPI, HTTPException
from fastapi.concurrency import run_in_threadpool

app = FastAPI()


async def desk(name: str, found: dict[str, int]) -> None:
    await anyio.sleep(0)
    found[name] = len(name)


async def wire(name: str) -> int:
    if name == "":
        raise HTTPException(424)  # lie: server-error GET /groups 500
    await asyncio.sleep(0)
    return len(name)


def count(text: str) -> int:
    if len(text) > 3:
        raise HTTPException(413)  # lie: undocumented-status GET /counts 413
    return len(text)


@app.get("/desks")
async def desks() -> dict[str, int]:
    found: dict[str, int] = {}
    async with anyio.create_task_group() as group:
        for name in ("sport", "city"):
            group.start_soon(desk, name, found)
    return found


@app.get("/wires")
async def wires(name: str = "city") -> int:
    with anyio.fail_after(1):
        one, other = await asyncio.gather(wire(name or "x"), wire("sport"))
    return one + other


@app.get("/counts")
async def counts(text: str = "abc") -> int:
    return await run_in_threadpool(count, text)


@app.get("/threads")
async def threads(number: int = 0) -> int:
    return await to_thread.run_sync(partial(divmod, 7, number)) and 1  # lie: server-error GET /threads 500


@app.get("/groups")
async def groups(number: int = 1) -> int:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(wire("abc" if number else ""))
    return task.result()
