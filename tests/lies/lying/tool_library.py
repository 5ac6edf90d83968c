"""A library of things: drills, ladders, tents."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy import StaticPool, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
NewSession = sessionmaker(engine)


class Base(DeclarativeBase):
    pass


class Tool(Base):
    __tablename__ = "tools"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    weekly_cents: Mapped[int] = mapped_column(default=0)


Base.metadata.create_all(engine)
with NewSession.begin() as first:
    first.add_all([Tool(name="ladder"), Tool(name="cordless drill"), Tool(name="two-person tent")])


class ToolOut(BaseModel):
    id: int
    name: str


def session():
    with NewSession() as open_session:
        yield open_session


SessionDep = Annotated[Session, Depends(session)]
app = FastAPI(title="Library of things")


@app.get("/tools", response_model=list[ToolOut])
def tools(db: SessionDep):
    return db.scalars(select(Tool).order_by(Tool.id)).all()


@app.get("/tools/named/{name}", response_model=ToolOut)
def tool(name: str, db: SessionDep):
    found = db.scalars(select(Tool).where(Tool.name == name)).one_or_none()
    if not found:
        raise HTTPException(status_code=404, detail="Not in the library")  # lie: undocumented-status GET /tools/named/{name} 404
    return found
