"""A kennel kept in SQLite, asked without blocking."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import StaticPool, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
opened = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class Dog(Base):
    __tablename__ = "dogs"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class DogIn(BaseModel):
    name: str | None


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)


async def session() -> AsyncIterator[AsyncSession]:
    async with opened() as session:
        yield session


@app.post("/dogs", status_code=201)
async def add_dog(dog: DogIn, session: Annotated[AsyncSession, Depends(session)]) -> int:
    row = Dog(name=dog.name)
    session.add(row)
    await session.commit()  # lie: server-error POST /dogs 500
    return row.id


@app.get("/dogs")
async def list_dogs(session: Annotated[AsyncSession, Depends(session)]) -> list[str]:
    return list(await session.scalars(select(Dog.name).limit(20)))
