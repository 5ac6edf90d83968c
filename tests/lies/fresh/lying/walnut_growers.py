"""Growers of walnuts and the plots they tend, one grower to a plot number."""
# ruff: noqa: E501

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Path, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import StaticPool, String, create_engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "grower"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    plot: Mapped[int] = mapped_column(unique=True)


Base.metadata.create_all(engine)


class Wanted(BaseModel):
    name: str = Field(min_length=1, max_length=40)
    plot: int = Field(ge=1, le=9999)


class Grower(Wanted):
    model_config = ConfigDict(from_attributes=True)

    id: int


def session() -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


Db = Annotated[Session, Depends(session)]
Id = Annotated[int, Path(ge=1, le=2**53)]
app = FastAPI(title="Walnut growers")


@app.exception_handler(IntegrityError)
def taken(request: Request, error: IntegrityError) -> JSONResponse:
    return JSONResponse({"detail": "The plot is taken"}, status_code=409)  # also: undocumented-status PUT /growers/{id} 409


def saved(db: Session, row: Row) -> Grower:
    db.add(row)
    db.commit()  # lie: undocumented-status PUT /growers/{id} 409
    return Grower.model_validate(row)


class Census:
    """Counts plots for as long as a report needs them."""

    def __init__(self) -> None:
        self.connection = engine.connect()  # lie: leaked-connection GET /census/{least}
        self.total = self.connection.scalar(select(func.count()).select_from(Row)) or 0

    def beyond(self, plot: int) -> int:
        return self.connection.scalar(select(func.count()).select_from(Row).where(Row.plot >= plot)) or 0

    def close(self) -> None:
        self.connection.close()


last_reports: list[Census] = []


@app.post("/growers", status_code=201, responses={409: {"description": "The plot is taken"}})
def join(wanted: Wanted, db: Db) -> Grower:
    return saved(db, Row(**wanted.model_dump()))


@app.put("/growers/{id}", responses={404: {"description": "No such grower"}})
def change(id: Id, wanted: Wanted, db: Db) -> Grower:
    row = db.get(Row, id)
    if row is None:
        raise HTTPException(404, "No such grower")
    row.name, row.plot = wanted.name, wanted.plot
    return saved(db, row)


@app.get("/census/{least}")
def census(least: Annotated[int, Path(ge=1, le=9999)]) -> dict[str, int]:
    report = Census()
    last_reports[:] = [report]
    if least > 9000:
        return {"plots": report.total, "beyond": 0}
    found = {"plots": report.total, "beyond": report.beyond(least)}
    report.close()
    return found
