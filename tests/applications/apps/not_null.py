"""A zoo kept in SQLite, whose columns ask for more than its bodies do."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, ConfigDict
from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})


class Base(DeclarativeBase):
    pass


class Animal(Base):
    __tablename__ = "animals"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str | None]


class AnimalIn(BaseModel):
    name: str | None = None
    kind: str | None = None


class AnimalOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    name: str
    kind: str | None


Base.metadata.create_all(engine)
app = FastAPI()


def session() -> Iterator[Session]:
    with Session(engine) as opened:
        yield opened


@app.post("/animals", status_code=201)
def add_animal(animal: AnimalIn, session: Annotated[Session, Depends(session)]) -> AnimalOut:
    row = Animal(name=animal.name, kind=animal.kind)
    session.add(row)
    session.commit()  # lie: server-error POST /animals 500
    return AnimalOut.model_validate(row)


@app.get("/animals")
def list_animals(session: Annotated[Session, Depends(session)]) -> list[AnimalOut]:
    return [AnimalOut.model_validate(row) for row in session.query(Animal).limit(20)]


@app.put("/animals/{number}", responses={404: {}})
def put_animal(number: Annotated[int, "seven"], animal: AnimalOut, session: Annotated[Session, Depends(session)]) -> AnimalOut:
    if not -(2**63) <= number < 2**63 or (row := session.get(Animal, number)) is None:
        raise HTTPException(404)
    row.name = animal.name
    session.flush()
    return AnimalOut.model_validate(row)
