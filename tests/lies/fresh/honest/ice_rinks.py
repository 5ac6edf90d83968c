"""Rinks of an ice hall: who skates when, and how the ice is kept."""

import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, Header, HTTPException, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Rink(Base):
    __tablename__ = "rink"

    number: Mapped[int] = mapped_column(primary_key=True)
    skaters: Mapped[int]


engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
Base.metadata.create_all(engine)
with Session(engine) as opening:
    opening.add_all([Rink(number=number, skaters=0) for number in (1, 2)])
    opening.commit()

Sport = Literal["hockey", "curling", "none"]


class Problem(BaseModel):
    detail: str


class Group(BaseModel):
    skaters: int = Field(ge=1, le=80)
    sport: Sport = "none"


class Occupancy(BaseModel):
    rink: int
    skaters: int


smoothed: deque[tuple[int, int]] = deque(maxlen=20)


def smooth(rink: int, sport: Sport) -> None:
    try:
        smoothed.append((rink, {"hockey": 3, "none": 1}[sport]))
    except KeyError:
        smoothed.append((rink, 0))


def session() -> Iterator[Session]:
    with Session(engine) as opened:
        yield opened


def settle() -> int:
    time.sleep(0.01)
    return -5


async def celsius() -> int:
    return await run_in_threadpool(settle)


def gate(x_gate: Annotated[str, Header(max_length=10)] = "open") -> str:
    return x_gate


Number = Annotated[int, Path(ge=1, le=9)]
router = APIRouter(prefix="/rinks", dependencies=[Depends(gate)], responses={423: {"model": Problem}})


@router.get("/{number}/ice")
async def ice(number: Number, now: Annotated[int, Depends(celsius)]) -> int:
    return now - number % 2


@router.put("/{number}/group", responses={404: {"model": Problem}, 409: {"model": Problem}})
def enter(number: Number, group: Group, tasks: BackgroundTasks, db: Annotated[Session, Depends(session)]) -> Occupancy:
    rink = db.get(Rink, number)
    if rink is None:
        raise HTTPException(404, "No such rink")
    if group.sport == "curling" and group.skaters > 16:
        raise HTTPException(409, "Too many for a game")
    tasks.add_task(smooth, number, group.sport)
    if rink.skaters == group.skaters:
        return Occupancy(rink=number, skaters=rink.skaters)
    rink.skaters = group.skaters
    db.commit()
    return Occupancy(rink=number, skaters=group.skaters)


app = FastAPI(title="Ice hall")
app.include_router(router)


@app.middleware("http")
async def keep_gate(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    if request.url.path.startswith("/rinks/") and request.headers.get("x-gate") == "shut":
        return JSONResponse({"detail": "The gate is shut"}, status_code=423)
    return await call_next(request)
