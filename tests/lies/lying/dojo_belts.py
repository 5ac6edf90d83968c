"""Belts of a dojo; what a member looks at stays open until the next visit."""
# ruff: noqa: E501

from fastapi import FastAPI, Path
from pydantic import BaseModel
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

app = FastAPI()

COLOURS = ("white", "yellow", "green", "black")


def opened() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE belt (rank INTEGER, colour TEXT)"))
        for rank, colour in enumerate(COLOURS):
            connection.execute(text("INSERT INTO belt VALUES (:rank, :colour)"), {"rank": rank, "colour": colour})
    return engine


engine = opened()


class Belt(BaseModel):
    rank: int
    colour: str


class Desk:
    """Looks belts up."""

    def __init__(self) -> None:
        self.session = Session(engine)

    def find(self, rank: int) -> Belt:
        row = self.session.execute(text("SELECT rank, colour FROM belt WHERE rank = :rank"), {"rank": rank}).one()  # lie: leaked-connection GET /belts/{rank}
        return Belt(rank=row.rank, colour=row.colour)


desks: list[Desk] = []


@app.get("/belts/{rank}")
def belt(rank: int = Path(ge=0, le=3)) -> Belt:
    desk = Desk()
    desks.append(desk)
    return desk.find(rank)


@app.get("/belts")
def belts() -> list[Belt]:
    with Session(engine) as session:
        rows = session.execute(text("SELECT rank, colour FROM belt ORDER BY rank")).all()
    return [Belt(rank=row.rank, colour=row.colour) for row in rows]
