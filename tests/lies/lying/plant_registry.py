"""A register of plants in a botanical garden."""

from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool


class Base(DeclarativeBase):
    pass


class Plant(Base):
    __tablename__ = "plants"
    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(40), unique=True)
    bed: Mapped[int]


class PlantIn(BaseModel):
    label: str = Field(min_length=1, max_length=40)
    bed: int = Field(ge=1, le=200)


class PlantOut(PlantIn):
    model_config = ConfigDict(from_attributes=True)
    id: int


engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
Base.metadata.create_all(engine)
app = FastAPI(title="Botanical garden")


def get_session():
    with Session(engine) as session:
        yield session


@app.post("/plants", response_model=PlantOut, status_code=201)
def plant(new: PlantIn, session: Session = Depends(get_session)):
    row = Plant(**new.model_dump())
    session.add(row)
    session.commit()  # lie: server-error POST /plants 500
    return row
