"""A ledger of bonds in an asynchronous database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import BigInteger, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import StaticPool

engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
Sessions = async_sessionmaker(engine, expire_on_commit=False)
Long = Annotated[int, Field(ge=-(2**63), le=2**63 - 1)]


class Base(DeclarativeBase):
    pass


class Bond(Base):
    __tablename__ = "bonds"
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    cents: Mapped[int] = mapped_column(BigInteger)


class BondModel(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    number: Long
    cents: Long


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield
    await engine.dispose()


async def session() -> AsyncIterator[AsyncSession]:
    async with Sessions() as db:
        yield db


Db = Annotated[AsyncSession, Depends(session)]
app = FastAPI(title="Bonds", lifespan=lifespan)


@app.post("/bonds", status_code=201, responses={409: {"description": "Number is taken"}})
async def issue(bond: BondModel, db: Db) -> BondModel:
    db.add(Bond(**bond.model_dump()))
    try:
        await db.commit()
    except IntegrityError:
        await db.rollback()
        raise HTTPException(409, "Number is taken") from None
    return bond


@app.get("/bonds/{number}", response_model=BondModel, responses={404: {"description": "Never issued"}})
async def read(number: Annotated[int, Path(ge=-(2**63), lt=2**63)], db: Db):
    bond = await db.get(Bond, number)
    if bond is None:
        raise HTTPException(404)
    return bond


@app.get("/bonds", response_model=list[BondModel])
async def above(db: Db, cents: Long = 0, limit: Annotated[int, Query(ge=0, le=50)] = 10):
    query = select(Bond).where(Bond.cents >= cents).order_by(Bond.number).limit(limit)
    return (await db.scalars(query)).all()
