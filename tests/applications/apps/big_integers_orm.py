"""A stable kept by an ORM: its numbers go where 64 bits end."""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import BigInteger, StaticPool, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})


class Base(DeclarativeBase):
    pass


class Horse(Base):
    __tablename__ = "horses"
    id: Mapped[int] = mapped_column(primary_key=True)
    age: Mapped[int] = mapped_column(BigInteger)


Base.metadata.create_all(engine)
with Session(engine) as opened:
    opened.add(Horse(id=1, age=7))
    opened.commit()

app = FastAPI()


def session() -> Iterator[Session]:
    with Session(engine) as opened:
        yield opened


@app.get("/horses/{number}", responses={404: {}})
def read_horse(number: int, session: Annotated[Session, Depends(session)]) -> int:
    horse = session.get(Horse, number)  # lie: server-error GET /horses/{number} 500
    if horse is None:
        raise HTTPException(404)
    return horse.age


@app.get("/horses")
def list_horses(session: Annotated[Session, Depends(session)], offset: int = 0) -> list[int]:
    return list(session.scalars(select(Horse.id).offset(offset).limit(5)))  # lie: server-error GET /horses 500
