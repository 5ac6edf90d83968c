"""The mail room of an office; the receipt is printed after the answer."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import BackgroundTasks, Depends, FastAPI, HTTPException
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.pool import StaticPool

engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
Local = sessionmaker(engine, expire_on_commit=False)
receipts: list[int] = []


class Base(DeclarativeBase):
    pass


class Letter(Base):
    __tablename__ = "letters"
    id: Mapped[int] = mapped_column(primary_key=True)
    addressee: Mapped[str]


class LetterIn(BaseModel):
    addressee: str = Field(min_length=1, max_length=80)


class LetterOut(LetterIn):
    model_config = ConfigDict(from_attributes=True)
    id: int


Base.metadata.create_all(engine)


def session() -> Iterator[Session]:
    db = Local()
    try:
        yield db
        db.commit()
    except BaseException:
        db.rollback()
        raise
    finally:
        db.close()


Db = Annotated[Session, Depends(session)]
Id = Annotated[int, Field(ge=1, le=10**12)]
app = FastAPI(title="Mail room")


@app.post("/letters", status_code=201, response_model=LetterOut)
def receive(letter: LetterIn, db: Db, later: BackgroundTasks):
    row = Letter(addressee=letter.addressee)
    db.add(row)
    db.flush()
    later.add_task(receipts.append, row.id)
    return row


@app.get("/letters/{id}", response_model=LetterOut, responses={404: {"description": "Not here"}})
def read(id: Id, db: Db):
    row = db.get(Letter, id)
    if row is None:
        raise HTTPException(404, "Not here")
    return row
