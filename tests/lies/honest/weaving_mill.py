"""Looms of a mill; every connection goes home, some later than others."""

from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import BackgroundTasks, Depends, FastAPI, Path
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
async_engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)

settings = engine.connect()
settings.execute(text("CREATE TABLE loom (number INTEGER, cloth TEXT)"))
settings.execute(text("INSERT INTO loom VALUES (1, 'linen'), (2, 'felt'), (3, 'tweed')"))
settings.commit()


@asynccontextmanager
async def lifespan(app: FastAPI):
    async with async_engine.connect() as connection:
        app.state.connection = connection
        await connection.execute(text("CREATE TABLE shift (loom INTEGER)"))
        await connection.commit()
        yield
    await async_engine.dispose()
    settings.close()
    engine.dispose()


app = FastAPI(lifespan=lifespan)

counters: list[Connection] = []


class Loom(BaseModel):
    number: int
    cloth: str


def session():
    with Session(engine) as opened:
        yield opened


async def async_session():
    opened = AsyncSession(async_engine)
    try:
        yield opened
    finally:
        await opened.close()


async def shared() -> AsyncConnection:
    return app.state.connection


def counter() -> Connection:
    if not counters:
        counters.append(engine.connect())
    return counters[0]


async def note_shift(loom: int) -> None:
    async with AsyncSession(async_engine) as later:
        await later.execute(text("INSERT INTO shift VALUES (:loom)"), {"loom": loom})
        await later.commit()


@app.get("/looms")
def looms(session: Annotated[Session, Depends(session)]) -> list[Loom]:
    rows = session.execute(text("SELECT number, cloth FROM loom ORDER BY number")).all()
    return [Loom(number=row.number, cloth=row.cloth) for row in rows]


@app.get("/looms/count")
def count(connection: Annotated[Connection, Depends(counter)]) -> int:
    return connection.scalar(text("SELECT count(*) FROM loom")) or 0


@app.get("/looms.csv", response_class=StreamingResponse, responses={200: {"content": {"text/csv": {}}}})
def export() -> StreamingResponse:
    def lines():
        with Session(engine) as opened:
            for row in opened.execute(text("SELECT number, cloth FROM loom")):
                yield f"{row.number},{row.cloth}\n"

    return StreamingResponse(lines(), media_type="text/csv")


@app.post("/looms/{number}/shifts", status_code=202)
async def shift(number: Annotated[int, Path(ge=1, le=3)], tasks: BackgroundTasks) -> int:
    tasks.add_task(note_shift, number)
    return number


@app.get("/shifts")
async def shifts(session: Annotated[AsyncSession, Depends(async_session)]) -> int:
    await session.scalar(text("SELECT count(*) FROM shift"))
    return 3


@app.get("/shifts/last")
async def last(connection: Annotated[AsyncConnection, Depends(shared)]) -> int:
    await connection.execute(text("SELECT max(loom) FROM shift"))
    return 3
