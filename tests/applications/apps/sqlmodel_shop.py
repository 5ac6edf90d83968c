"""A hardware shop whose tables are its bodies."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from sqlmodel import Field, Session, SQLModel, StaticPool, create_engine, select

engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})


class NailBase(SQLModel):
    name: str
    length_mm: int = Field(ge=1, le=400)


class Nail(NailBase, table=True):
    id: int | None = Field(default=None, primary_key=True)


class NailOut(NailBase):
    id: int


SQLModel.metadata.create_all(engine)
app = FastAPI()


def session() -> Iterator[Session]:
    with Session(engine) as opened:
        yield opened


SessionDep = Annotated[Session, Depends(session)]


@app.post("/nails", status_code=201)
def add_nail(nail: NailBase, session: SessionDep) -> NailOut:
    row = Nail.model_validate(nail)
    session.add(row)
    session.commit()  # lie: server-error POST /nails 500
    session.refresh(row)
    return row


@app.get("/nails")
def nails(session: SessionDep) -> list[NailOut]:
    return session.exec(select(Nail).limit(20)).all()


@app.get("/nails/{number}")
def nail(number: Annotated[int, Field(ge=0, le=1000)], session: SessionDep) -> NailOut:
    row = session.get(Nail, number)
    if row is None:
        raise HTTPException(404)  # lie: undocumented-status GET /nails/{number} 404
    return row
