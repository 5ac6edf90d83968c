"""The app that `benchmarks.promises` asks: what keeps a promise of FastAPI, and beside it what breaks it."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Final, cast

from fastapi import BackgroundTasks, Depends, FastAPI
from sqlalchemy import QueuePool, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

CALL_S = 0.05
TASK_S = 0.3
POOL_TIMEOUT_S = 1
FOLDER = Path(os.environ.get("PROMISED_FOLDER", "."))

app = FastAPI()
engine = create_async_engine(f"sqlite+aiosqlite:///{FOLDER / 'promised.sqlite3'}", pool_timeout=POOL_TIMEOUT_S)
sessions = async_sessionmaker(engine)
_LEFT_OPEN: Final[list[AsyncSession]] = []


@app.get("/trivial")
async def trivial() -> None:
    """Answer at once."""


@app.get("/trivial-def")
def trivial_def() -> None:
    """Answer at once, in a thread."""


@app.get("/blocking")
async def blocking() -> None:
    """Block the event loop."""
    time.sleep(CALL_S)  # noqa: ASYNC251 - this is what is measured


@app.get("/blocking-def")
def blocking_def() -> None:
    """Block a thread."""
    time.sleep(CALL_S)


@app.get("/waiting")
async def waiting() -> None:
    """Wait without blocking anybody."""
    await asyncio.sleep(CALL_S)


async def closed() -> AsyncIterator[AsyncSession]:
    """Close the session when the request ends."""
    async with sessions() as session:
        yield session


async def left_open() -> AsyncSession:
    """Leave the session to nobody; what is kept here is often kept by a traceback or a cache."""
    session = sessions()
    _LEFT_OPEN.append(session)
    return session


@app.get("/closed")
async def ask_and_close(session: Annotated[AsyncSession, Depends(closed)]) -> None:
    """Ask the database."""
    await session.execute(text("SELECT 1"))


@app.get("/left-open")
async def ask_and_leave_open(session: Annotated[AsyncSession, Depends(left_open)]) -> None:
    """Ask the database."""
    await session.execute(text("SELECT 1"))


@app.get("/checked-out")
async def checked_out() -> int:
    """Return how many connections are out."""
    return cast("QueuePool", engine.pool).checkedout()


async def note() -> None:
    """Do what takes long, and leave a trace."""
    await asyncio.sleep(TASK_S)
    with (FOLDER / "done.txt").open("a") as done:
        done.write("done\n")


@app.get("/before")
async def before() -> None:
    """Do it, then answer."""
    await note()


@app.get("/after")
async def after(tasks: BackgroundTasks) -> None:
    """Answer, then do it."""
    tasks.add_task(note)
