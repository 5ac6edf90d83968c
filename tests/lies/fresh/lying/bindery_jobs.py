"""Jobs of a bookbinder, kept in a small database."""
# ruff: noqa: E501

from fastapi import FastAPI, Query
from pydantic import BaseModel, Field
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.pool import StaticPool

engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
Sessions = sessionmaker(engine)
proofs: list[Session] = []


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)
    leather: Mapped[str] = mapped_column(default="calf")
    pages: Mapped[int]


Base.metadata.create_all(engine)
app = FastAPI(title="Bindery")


class NewJob(BaseModel):
    pages: int = Field(ge=8, le=4000)


class Count(BaseModel):
    jobs: int


@app.post("/jobs", status_code=201)
def add(new: NewJob) -> NewJob:
    with Sessions.begin() as session:
        session.add(Job(pages=new.pages))
    return new


@app.get("/jobs/count")
def count(pages: int = Query(0, ge=0, le=4000), proof: bool = False) -> Count:
    session = Sessions()  # also: leaked-connection GET /jobs/count
    jobs = session.scalar(select(func.count()).select_from(Job).where(Job.pages >= pages))  # lie: leaked-connection GET /jobs/count
    if proof:
        proofs.append(session)
        return Count(jobs=jobs or 0)
    session.close()
    return Count(jobs=jobs or 0)
