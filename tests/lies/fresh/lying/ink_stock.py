"""Ink of a screen printer: what is there, and what is drawn from it."""
# ruff: noqa: E501

from enum import StrEnum

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool

FULL = 3000


class Base(DeclarativeBase):
    pass


class Ink(Base):
    __tablename__ = "ink"

    colour: Mapped[str] = mapped_column(primary_key=True)
    millilitres: Mapped[int]


class Colour(StrEnum):
    cyan = "cyan"
    magenta = "magenta"
    ochre = "ochre"


engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
Base.metadata.create_all(engine)
with Session(engine) as opening:
    opening.add_all([Ink(colour=colour.value, millilitres=FULL) for colour in Colour])
    opening.commit()


class Desk:
    """Hands sessions out, and knows which of them are at work."""

    def __init__(self) -> None:
        self.at_work: dict[int, Session] = {}

    def take(self) -> Session:
        session = Session(engine)
        self.at_work[id(session)] = session
        return session

    def give_back(self, session: Session) -> None:
        self.at_work.pop(id(session)).close()


class Problem(BaseModel):
    detail: str


class Draw(BaseModel):
    millilitres: int = Field(ge=1, le=5000)
    estimate: bool = Field(default=False, description="Only tell what would be left")


class Stock(BaseModel):
    colour: Colour
    millilitres: int


app = FastAPI(title="Ink")
desk = Desk()


@app.put("/inks/{colour}")
def refill(colour: Colour) -> Stock:
    with Session(engine) as session:
        session.get_one(Ink, colour.value).millilitres = FULL
        session.commit()
    return Stock(colour=colour, millilitres=FULL)


@app.post("/inks/{colour}/draws", responses={409: {"model": Problem}})
def draw(colour: Colour, draw: Draw) -> Stock:
    session = desk.take()
    ink = session.get_one(Ink, colour.value)  # lie: leaked-connection POST /inks/{colour}/draws
    left = Stock(colour=colour, millilitres=ink.millilitres - draw.millilitres)
    if draw.estimate:
        return left
    if left.millilitres < 0:
        desk.give_back(session)
        raise HTTPException(409, "There is not that much left")
    ink.millilitres = left.millilitres
    session.commit()
    desk.give_back(session)
    return left
