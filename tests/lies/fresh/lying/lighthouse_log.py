"""The log of a lighthouse."""
# ruff: noqa: E501

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

engine = create_async_engine(
    "sqlite+aiosqlite:///file:lighthouse?mode=memory&cache=shared&uri=true", poolclass=AsyncAdaptedQueuePool, pool_size=5
)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with engine.connect() as keeper:
        await keeper.execute(text("create table if not exists entry (id integer primary key, wind integer)"))
        await keeper.commit()
        yield
    await engine.dispose()


app = FastAPI(title="Log", lifespan=lifespan)


class Entry(BaseModel):
    wind: int = Field(ge=0, le=17, description="Beaufort, extended")


class Strongest(BaseModel):
    wind: int


@app.post("/entries", status_code=201)
async def write(entry: Entry) -> Entry:
    async with engine.begin() as connection:
        await connection.execute(text("insert into entry (wind) values (:wind)"), {"wind": entry.wind})
    return entry


@app.get("/strongest", responses={404: {"description": "Not so windy yet"}})
async def strongest(least: int = 0) -> Strongest:
    connection = await engine.connect()  # lie: leaked-connection GET /strongest
    wind = await connection.scalar(text("select max(wind) from entry"))
    if wind is None or wind < least:
        raise HTTPException(404, "Not so windy yet")
    await connection.close()
    return Strongest(wind=wind)
