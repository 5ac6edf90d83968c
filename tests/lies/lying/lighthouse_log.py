"""Keeps the log of a lighthouse."""

from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import StaticPool

engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)


@asynccontextmanager
async def lifespan(app: FastAPI):
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE watch (keeper TEXT, hours INTEGER)"))
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)

audits: list[AsyncSession] = []


class Watch(BaseModel):
    keeper: str = Field(pattern="^[A-Z][a-z]{1,20}$")
    hours: int = Field(ge=1, le=12)


async def session():
    async with AsyncSession(engine) as opened:
        yield opened


async def audit() -> AsyncSession:
    opened = AsyncSession(engine)
    await opened.execute(text("SELECT count(*) FROM watch"))  # lie: leaked-connection GET /watches
    audits.append(opened)
    return opened


@app.post("/watches", status_code=201)
async def add(watch: Watch, session: Annotated[AsyncSession, Depends(session)]) -> Watch:
    await session.execute(text("INSERT INTO watch VALUES (:keeper, :hours)"), watch.model_dump())
    await session.commit()
    return watch


@app.get("/watches")
async def watches(audit: Annotated[AsyncSession, Depends(audit)]) -> int:
    return len(audits)


@app.get("/hours")
async def hours(session: Annotated[AsyncSession, Depends(session)], least: Annotated[int, Query(ge=0, le=12)] = 0) -> int:
    total = await session.scalar(text("SELECT sum(hours) FROM watch WHERE hours >= :least"), {"least": least})
    return total or 0
