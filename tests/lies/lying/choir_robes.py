"""Robes that a choir lends to its singers."""

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool


class Base(DeclarativeBase):
    pass


class Robe(Base):
    __tablename__ = "robes"
    id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int]
    colour: Mapped[str]


class RobeIn(BaseModel):
    size: int = Field(ge=1, le=60)
    colour: str = Field(max_length=30)


class RobePatch(BaseModel):
    colour: str | None = Field(default=None, max_length=30)


class RobeOut(RobeIn):
    id: int


engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
Base.metadata.create_all(engine)
app = FastAPI(title="Choir robes")


def get_session():
    with Session(engine) as session:
        yield session


@app.post("/robes", status_code=201)
def add(new: RobeIn, session: Session = Depends(get_session)) -> RobeOut:
    row = Robe(size=new.size, colour=new.colour)
    session.add(row)
    session.commit()
    return RobeOut(id=row.id, size=row.size, colour=row.colour)


@app.patch("/robes/{id}", responses={404: {"description": "No such robe"}})
def change(id: str, patch: RobePatch, session: Session = Depends(get_session)) -> RobeOut:
    row = session.get(Robe, int(id)) if id.isascii() and id.isdigit() and len(id) < 10 else None
    if row is None:
        raise HTTPException(404, "No such robe")
    for name, value in patch.model_dump(exclude_unset=True).items():
        setattr(row, name, value)
    session.commit()  # lie: server-error PATCH /robes/{id} 500
    return RobeOut(id=row.id, size=row.size, colour=row.colour)
