"""Names for the services of a company, with redirects to where they live now."""
# ruff: noqa: E501

import time
from collections.abc import AsyncIterator
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Query
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import StaticPool

engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
new_session = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class State(str, Enum):
    active = "active"
    retired = "retired"


class AliasModel(Base):
    __tablename__ = "alias"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    target: Mapped[str] = mapped_column(unique=True)
    team: Mapped[str | None]
    state: Mapped[State] = mapped_column(default=State.active)
    moved_to: Mapped[str | None]
    hits: Mapped[int] = mapped_column(default=0)


class Database:
    """Makes the tables when the first session is asked for."""

    def __init__(self) -> None:
        self.ready = False

    async def __call__(self) -> AsyncIterator[AsyncSession]:
        if not self.ready:
            async with engine.begin() as connection:
                await connection.run_sync(Base.metadata.create_all)
            self.ready = True
        async with new_session() as session:
            yield session


Session = Annotated[AsyncSession, Depends(Database())]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,38}$")]
Url = Annotated[str, Field(pattern=r"^https://[a-z0-9.-]{3,60}/[a-z0-9/_-]{0,80}$")]


class AliasIn(BaseModel):
    name: Name
    target: Url
    team: Annotated[str, Field(max_length=40)] | None = None


class AliasOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    name: str
    target: str
    team: str | None
    state: State
    hits: int


class Retirement(BaseModel):
    moved_to: Url | None = None


class Page(BaseModel):
    total: int
    aliases: list[AliasOut]


class Detail(BaseModel):
    detail: str


class AliasRepository:
    def __init__(self, session: Session) -> None:
        self.session = session

    async def by_name(self, name: str) -> AliasModel | None:
        return await self.session.scalar(select(AliasModel).where(AliasModel.name == name))

    async def search(self, team: str | None, skip: int, limit: int) -> tuple[int, list[AliasModel]]:
        query = select(AliasModel)
        if team is not None:
            query = query.where(AliasModel.team == team)
        total = await self.session.scalar(select(func.count()).select_from(query.subquery()))
        rows = await self.session.scalars(query.order_by(AliasModel.name).offset(skip).limit(limit))
        return total or 0, list(rows)

    async def save(self, alias: AliasModel) -> AliasModel:
        self.session.add(alias)
        await self.session.commit()  # lie: server-error POST /aliases 500
        return alias


Repository = Annotated[AliasRepository, Depends()]


async def existing(name: Annotated[str, Path(max_length=39)], repository: Repository) -> AliasModel:
    alias = await repository.by_name(name)
    if alias is None:
        raise HTTPException(404, f"Nothing is called {name}")
    return alias


Existing = Annotated[AliasModel, Depends(existing)]
router = APIRouter(prefix="/aliases", tags=["aliases"])
one = APIRouter(prefix="/{name}", responses={404: {"model": Detail, "description": "Nothing has this name"}})


def throttle(hits: int) -> None:
    """Slow down whoever polls an alias."""
    if hits > 2:
        time.sleep(min(hits, 10) / 100)  # lie: blocking-call GET /aliases/{name}/go


@router.get("")
async def find(
    repository: Repository,
    team: Annotated[str | None, Query(max_length=40)] = None,
    skip: Annotated[int, Query(ge=0, le=1000)] = 0,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Page:
    total, rows = await repository.search(team, skip, limit)
    return Page(total=total, aliases=[AliasOut.model_validate(row) for row in rows])


@router.post("", status_code=201, responses={409: {"model": Detail, "description": "The name is taken"}})
async def register(new: AliasIn, repository: Repository) -> AliasOut:
    if await repository.by_name(new.name):
        raise HTTPException(409, f"{new.name} is taken")
    alias = await repository.save(AliasModel(**new.model_dump(), hits=0, state=State.active))
    return AliasOut.model_validate(alias)


@one.get("")
async def read(alias: Existing) -> AliasOut:
    return AliasOut.model_validate(alias)


@one.get(
    "/go",
    status_code=307,
    response_class=RedirectResponse,
    responses={410: {"model": Detail, "description": "It was retired"}},
)
async def follow(alias: Existing, repository: Repository):
    if alias.state is State.retired:
        if alias.moved_to:
            return RedirectResponse(alias.moved_to, 308)  # lie: undocumented-status GET /aliases/{name}/go 308
        raise HTTPException(410, f"{alias.name} was retired")
    alias.hits += 1
    throttle(alias.hits)
    await repository.save(alias)
    return RedirectResponse(alias.target)


@one.post("/retire", responses={409: {"model": Detail, "description": "It was retired before"}})
async def retire(alias: Existing, how: Retirement, repository: Repository) -> AliasOut:
    if alias.state is State.retired:
        raise HTTPException(409, "It was retired before")
    alias.state, alias.moved_to = State.retired, how.moved_to
    return AliasOut.model_validate(await repository.save(alias))


router.include_router(one)
app = FastAPI(title="Aliases")
app.include_router(router)
