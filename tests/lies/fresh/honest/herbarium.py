"""Sheets of a herbarium, in a database."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Path
from pydantic import BaseModel, Field
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool

engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)


class Base(DeclarativeBase):
    pass


class Sheet(Base):
    __tablename__ = "sheet"
    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    Base.metadata.create_all(engine)
    yield


def sheets() -> Iterator[Session]:
    session = Session(engine)
    try:
        yield session
    finally:
        session.close()


app = FastAPI(title="Herbarium", lifespan=lifespan)
Sheets = Annotated[Session, Depends(sheets)]


class NewSheet(BaseModel):
    year: int = Field(ge=1600, le=2100)


class Filed(NewSheet):
    id: int


@app.post("/sheets", status_code=201)
def file(new: NewSheet, session: Sheets) -> Filed:
    sheet = Sheet(year=new.year)
    session.add(sheet)
    session.commit()
    return Filed(id=sheet.id, year=sheet.year)


@app.get("/sheets/{sheet_id}", responses={404: {"description": "No such sheet"}})
def show(sheet_id: Annotated[int, Path(ge=1, le=2**62)], session: Sheets) -> Filed:
    if (sheet := session.get(Sheet, sheet_id)) is None:
        raise HTTPException(404, "No such sheet")
    return Filed(id=sheet.id, year=sheet.year)


@app.get("/oldest", responses={409: {"description": "Nothing filed"}})
def oldest() -> int:
    session = Session(engine)
    try:
        year = session.scalar(select(func.min(Sheet.year)))
        if year is None:
            raise HTTPException(409, "Nothing filed")
        return year
    finally:
        session.close()
