"""Lantern slides lent to lecturers, over an async database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Path
from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import StaticPool

engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
Sessions = async_sessionmaker(engine, expire_on_commit=False)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with engine.begin() as connection:
        await connection.execute(text("create table if not exists slide (id integer primary key, plate integer)"))
    yield
    await engine.dispose()


async def session() -> AsyncIterator[AsyncSession]:
    async with Sessions() as session:
        yield session


app = FastAPI(title="Slides", lifespan=lifespan)
Database = Annotated[AsyncSession, Depends(session)]


class Slide(BaseModel):
    plate: int = Field(ge=1, le=99_999)


class Kept(BaseModel):
    slides: int


@app.post("/slides", status_code=201)
async def keep(slide: Slide, database: Database) -> Kept:
    await database.execute(text("insert into slide (plate) values (:plate)"), {"plate": slide.plate})
    await database.commit()
    return Kept(slides=await database.scalar(text("select count(*) from slide")) or 0)


@app.delete("/slides/{plate}", status_code=204, responses={404: {"description": "Never kept"}})
async def drop(plate: Annotated[int, Path(ge=0, le=99_999)]) -> None:
    connection = await engine.connect()
    try:
        done = await connection.execute(text("delete from slide where plate = :plate"), {"plate": plate})
        if done.rowcount == 0:
            raise HTTPException(404, "Never kept")
        await connection.commit()
    finally:
        await connection.close()
