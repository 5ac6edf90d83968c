"""Inhabitants of towns, by official number."""

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool


class Base(DeclarativeBase):
    pass


class Town(Base):
    __tablename__ = "towns"
    number: Mapped[int] = mapped_column(primary_key=True)
    inhabitants: Mapped[int]


class TownOut(BaseModel):
    number: int
    inhabitants: int


engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
Base.metadata.create_all(engine)
with Session(engine) as first:
    first.add(Town(number=1, inhabitants=8_300))
    first.commit()
app = FastAPI(title="Census")


def get_session():
    with Session(engine) as session:
        yield session


@app.get("/towns/{number}", responses={404: {"description": "No such town"}})
def town(number: int, session: Session = Depends(get_session)) -> TownOut:
    row = session.get(Town, number)  # lie: server-error GET /towns/{number} 500
    if row is None:
        raise HTTPException(404, "No such town")
    return TownOut(number=row.number, inhabitants=row.inhabitants)
