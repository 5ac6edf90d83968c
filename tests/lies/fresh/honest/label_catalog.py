"""Labels and the notes that carry them, in a database behind asynchronous sessions."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Annotated, Any, Generic, Self, TypeVar

from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import Column, ForeignKey, StaticPool, Table, event, func, select
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    pass


tagged = Table(
    "tagged",
    Base.metadata,
    Column("note_id", ForeignKey("note.id"), primary_key=True),
    Column("label_id", ForeignKey("label.id"), primary_key=True),
)


class Label(Base):
    __tablename__ = "label"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    colour: Mapped[str] = mapped_column(default="grey")


class Note(Base):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    labels: Mapped[list[Label]] = relationship(secondary=tagged, order_by=Label.name)


class Colour(StrEnum):
    grey = "grey"
    red = "red"
    green = "green"


class LabelIn(BaseModel):
    name: Annotated[str, Field(pattern=r"^[a-z-]{1,30}$")]
    colour: Colour = Colour.grey


class LabelOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    name: str
    colour: Colour


class NoteIn(BaseModel):
    text: Annotated[str, Field(max_length=500)]
    label_ids: Annotated[list[Annotated[int, Field(ge=1, le=10**9)]], Field(max_length=20)] = []

    @model_validator(mode="after")
    def without_repeats(self) -> Self:
        self.label_ids = list(dict.fromkeys(self.label_ids))
        return self


class NoteOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    text: str
    labels: list[LabelOut]


T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int
    pages: int


class Fault(BaseModel):
    code: str
    detail: str


class Database:
    def __init__(self, url: str) -> None:
        self.engine = create_async_engine(url, poolclass=StaticPool)
        event.listen(self.engine.sync_engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=ON"))
        self.sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self.prepared = False

    async def prepare(self) -> None:
        if not self.prepared:
            async with self.engine.begin() as connection:
                await connection.run_sync(Base.metadata.create_all)
            self.prepared = True

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        await self.prepare()
        async with self.sessions() as session:
            try:
                yield session
            except BaseException:
                await session.rollback()
                raise


database = Database("sqlite+aiosqlite://")


async def get_session() -> AsyncIterator[AsyncSession]:
    async with database.session() as session:
        yield session


Db = Annotated[AsyncSession, Depends(get_session)]
Id = Annotated[int, Path(ge=1, le=10**9)]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=10**6)]

labels = APIRouter(prefix="/labels", tags=["labels"])
notes = APIRouter(prefix="/notes", tags=["notes"])
ERRORS: dict[type[Exception], tuple[int, Fault]] = {
    NoResultFound: (404, Fault(code="missing", detail="There is no such thing")),
    IntegrityError: (409, Fault(code="conflict", detail="Something stands in the way")),
}


def answers(*kinds: type[Exception]) -> dict[int | str, dict[str, Any]]:
    return {ERRORS[kind][0]: {"model": Fault, "description": ERRORS[kind][1].detail} for kind in kinds}


async def paginate(db: AsyncSession, query: Any, model: type[BaseModel], limit: int, offset: int) -> dict[str, Any]:
    total = await db.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    rows = await db.scalars(query.limit(limit).offset(offset))
    return {"items": [model.model_validate(row) for row in rows], "total": total, "pages": -(-total // limit)}


@labels.get("")
async def list_labels(db: Db, limit: Limit = 20, offset: Offset = 0, colour: Colour | None = None) -> Page[LabelOut]:
    query = select(Label).order_by(Label.name)
    if colour is not None:
        query = query.where(Label.colour == colour)
    return Page[LabelOut](**await paginate(db, query, LabelOut, limit, offset))


@labels.post("", status_code=201, response_model=LabelOut, responses=answers(IntegrityError))
async def create_label(db: Db, new: LabelIn) -> Label:
    label = Label(name=new.name, colour=str(new.colour))
    db.add(label)
    await db.commit()
    return label


@labels.put("/{id}", response_model=LabelOut, responses=answers(NoResultFound, IntegrityError))
async def replace_label(db: Db, id: Id, new: LabelIn) -> Label:
    label = await db.get_one(Label, id)
    label.name, label.colour = new.name, str(new.colour)
    await db.commit()
    return label


@labels.delete("/{id}", status_code=204, responses=answers(NoResultFound, IntegrityError))
async def delete_label(db: Db, id: Id) -> None:
    """A label that a note carries stays: the foreign key refuses, and that is a conflict."""
    await db.delete(await db.get_one(Label, id))
    await db.commit()


@notes.get("")
async def list_notes(db: Db, limit: Limit = 20, offset: Offset = 0) -> Page[NoteOut]:
    query = select(Note).options(selectinload(Note.labels)).order_by(Note.id)
    return Page[NoteOut](**await paginate(db, query, NoteOut, limit, offset))


@notes.post("", status_code=201, response_model=NoteOut, responses=answers(NoResultFound))
async def create_note(db: Db, new: NoteIn) -> Note:
    found = [await db.get_one(Label, label_id) for label_id in new.label_ids]
    note = Note(text=new.text, labels=sorted(found, key=lambda label: label.name))
    db.add(note)
    await db.commit()
    return note


@notes.delete("/{id}", status_code=204, responses=answers(NoResultFound))
async def delete_note(db: Db, id: Id) -> Response:
    note = (await db.scalars(select(Note).where(Note.id == id).options(selectinload(Note.labels)))).one()
    await db.delete(note)
    await db.commit()
    return Response(status_code=204)


def handler(status: int, fault: Fault) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def respond(request: Request, error: Exception) -> Response:
        return JSONResponse(fault.model_dump(), status)

    return respond


app = FastAPI(title="Labels", exception_handlers={kind: handler(*answer) for kind, answer in ERRORS.items()})
app.include_router(labels)
app.include_router(notes)
