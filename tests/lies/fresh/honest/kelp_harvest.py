"""Licences to harvest kelp: one boat to a bed, kept in a database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import CheckConstraint, StaticPool
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
sessions = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class BedRow(Base):
    __tablename__ = "bed"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    tonnes: Mapped[int] = mapped_column(CheckConstraint("tonnes >= 0"))


class LicenceRow(Base):
    __tablename__ = "licence"

    bed_id: Mapped[int] = mapped_column(primary_key=True)
    boat: Mapped[str]


class NewBed(BaseModel):
    name: str = Field(min_length=1, max_length=40)
    tonnes: int = Field(ge=0, le=10_000)


class Bed(NewBed):
    model_config = ConfigDict(from_attributes=True)

    id: int


class Licence(BaseModel):
    boat: str = Field(max_length=40)


Id = Annotated[int, Path(ge=1, le=2**31)]


class Beds:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def get(self, id: int) -> BedRow:
        if row := await self.session.get(BedRow, id):
            return row
        raise HTTPException(404, "No such bed")

    @asynccontextmanager
    async def unless_taken(self, why: str) -> AsyncIterator[AsyncSession]:
        try:
            yield self.session
            await self.session.commit()
        except IntegrityError as error:
            await self.session.rollback()
            raise HTTPException(409, why) from error


async def beds() -> AsyncIterator[Beds]:
    async with sessions() as session:
        yield Beds(session)


Store = Annotated[Beds, Depends(beds)]
router = APIRouter(prefix="/beds")
NO_BED = {404: {"description": "No such bed"}}
TAKEN = {409: {"description": "Taken, or more than grows there"}}


@router.post("", status_code=201, responses=TAKEN)
async def survey(new: NewBed, store: Store) -> Bed:
    row = BedRow(**new.model_dump())
    async with store.unless_taken("There is a bed of that name") as session:
        session.add(row)
    return Bed.model_validate(row)


@router.put("/{id}/licence", status_code=204, responses=NO_BED | TAKEN)
async def license_boat(id: Id, licence: Licence, store: Store) -> None:
    await store.get(id)
    async with store.unless_taken("Somebody harvests there") as session:
        session.add(LicenceRow(bed_id=id, boat=licence.boat))


@router.post("/{id}/harvests", responses=NO_BED | TAKEN)
async def harvest(id: Id, tonnes: Annotated[int, Query(ge=1, le=10_000)], store: Store) -> Bed:
    row = await store.get(id)
    async with store.unless_taken("Not that much grows there"):
        row.tonnes -= tonnes
    return Bed.model_validate(row)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield
    await engine.dispose()


app = FastAPI(title="Kelp harvest", lifespan=lifespan)
app.include_router(router)
