"""Casts bells: what is slow runs in threads, in programs of its own, or is waited for."""

import asyncio
import hashlib
import sqlite3
import sys
import time
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, Query, Request
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import StaticPool

engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)


@asynccontextmanager
async def lifespan(app: FastAPI):
    time.sleep(0.001)  # nobody is served yet
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE bell (note TEXT, kilograms INTEGER)"))
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)


class Bell(BaseModel):
    note: str
    kilograms: Annotated[int, Query(ge=1, le=9000)]


def weigh() -> int:
    time.sleep(0.001)
    database = sqlite3.connect(":memory:")
    try:
        return int(database.execute("SELECT 42").fetchone()[0])
    finally:
        database.close()


def cool(bell: Bell) -> str:
    time.sleep(0.001)
    return hashlib.sha256(bell.note.encode("utf-8", "replace")).hexdigest()


async def session():
    async with AsyncSession(engine) as opened:
        yield opened


@app.middleware("http")
async def patience(request: Request, call_next):
    await asyncio.sleep(0)
    return await call_next(request)


@app.get("/scales")
def scales(weight: Annotated[int, Depends(weigh)]) -> int:
    return weight


@app.post("/bells", status_code=201)
async def cast(bell: Bell, session: Annotated[AsyncSession, Depends(session)]) -> str:
    note = bell.note.encode("utf-8", "replace").decode()
    await session.execute(text("INSERT INTO bell VALUES (:note, :kilograms)"), {"note": note, "kilograms": bell.kilograms})
    await session.commit()
    return await asyncio.to_thread(cool, bell)


@app.get("/bells/heaviest")
async def heaviest(session: Annotated[AsyncSession, Depends(session)]) -> int | None:
    return await session.scalar(text("SELECT max(kilograms) FROM bell"))


@app.get("/foundry")
async def foundry() -> str:
    loop = asyncio.get_running_loop()
    await loop.getaddrinfo("localhost", 80)
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        await reader.read()
        writer.close()
    return sys.implementation.name
