"""A connection that two requests of a line left out is a leak, told with its line and given back; others are not."""

import gc
import inspect
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.drive.marked import GET, is_here
from tests.live import live
from upheld.model import Exchange

pytestmark = pytest.mark.filterwarnings(
    "ignore:The garbage collector",  # what an app leaves behind is what these are about
    "ignore::ResourceWarning",
)

SYNC = """
from sqlalchemy import NullPool, StaticPool, create_engine, text
from sqlalchemy.orm import Session
engine = create_engine("sqlite:///FILE", pool_size=2, max_overflow=0, pool_timeout=0.1)
static = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
memory = create_engine("sqlite://")
null = create_engine("sqlite:///FILE", poolclass=NullPool)
kept = []
"""
ASYNC = """
from sqlalchemy import StaticPool, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
engine = create_async_engine("sqlite+aiosqlite:///FILE", pool_size=2, max_overflow=0, pool_timeout=0.1)
static = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
kept = []
@asynccontextmanager
async def lifespan(app):
    yield
    for task in kept:
        if isinstance(task, asyncio.Task):
            task.cancel()
            await asyncio.wait([task])
    await engine.dispose()
    await static.dispose()
app = FastAPI(lifespan=lifespan)
"""
LEAKS = {
    "a connection": SYNC
    + """
@app.get("/a")
def a():
    kept.append(engine.connect())  # here
""",
    "a session": SYNC
    + """
@app.get("/a")
def a():
    session = Session(engine)
    kept.append(session)
    session.execute(text("select 1"))  # here
""",
    "a session of one connection for all": SYNC
    + """
@app.get("/a")
def a():
    session = Session(static)
    kept.append(session)
    session.execute(text("select 1"))  # here
""",
    "a session of a pool that is none": SYNC
    + """
@app.get("/a")
def a():
    session = Session(null)
    kept.append(session)
    session.execute(text("select 1"))  # here
""",
    "a session of a dependency": SYNC
    + """
def session():
    session = Session(engine)
    session.execute(text("select 1"))  # here
    kept.append(session)
    return session
@app.get("/a")
def a(session: Annotated[Any, Depends(session)]): ...
""",
    "in a background task": SYNC
    + """
def task():
    kept.append(engine.connect())  # here
@app.get("/a")
def a(tasks: BackgroundTasks):
    tasks.add_task(task)
""",
    "of an asynchronous session": ASYNC
    + """
@app.get("/a")
async def a():
    session = AsyncSession(engine)
    kept.append(session)
    await session.execute(text("select 1"))  # here
""",
    "of an asynchronous session that is forgotten": ASYNC
    + """
@app.get("/a")
async def a():
    session = AsyncSession(engine)
    await session.execute(text("select 1"))  # here
""",
    "of an asynchronous connection for all": ASYNC
    + """
@app.get("/a")
async def a():
    session = AsyncSession(static)
    kept.append(session)
    await session.execute(text("select 1"))  # here
""",
}
SILENT = {
    "a session that is closed": SYNC
    + """
@app.get("/a")
def a():
    with Session(engine) as session:
        session.execute(text("select 1"))
""",
    "a session that a dependency closes": SYNC
    + """
def session():
    with Session(engine) as session:
        yield session
@app.get("/a")
def a(session: Annotated[Any, Depends(session)]):
    session.execute(text("select 1"))
""",
    "a session that the collector closes": SYNC
    + """
@app.get("/a")
def a():
    session = Session(engine)
    session.me = session
    session.execute(text("select 1"))
""",
    "a connection that the first request opens for all": SYNC
    + """
@app.get("/a")
def a():
    if not kept:
        kept.append(engine.connect())
    kept[0].execute(text("select 1"))
""",
    "a connection of the module": SYNC
    + """
connection = engine.connect()
@app.get("/a")
def a():
    connection.execute(text("select 1"))
""",
    "a connection of the thread": SYNC
    + """
@app.get("/a")
def a():
    with memory.connect() as connection:
        connection.execute(text("select 1"))
""",
    "a connection that is taken out of the pool": SYNC
    + """
@app.get("/a")
def a():
    with engine.connect() as connection:
        connection.detach()
""",
    "a session that is used while the answer is sent": SYNC
    + """
@app.get("/a")
def a():
    def rows():
        with Session(engine) as session:
            yield str(session.scalar(text("select 1")))
    return StreamingResponse(rows())
""",
    "a session of a task that goes on": ASYNC
    + """
async def work():
    async with AsyncSession(engine) as session:
        await session.execute(text("select 1"))
        kept.append(session)
        await asyncio.sleep(60)
@app.get("/a")
async def a():
    kept.append(asyncio.create_task(work()))
    while len(kept) % 2:
        await asyncio.sleep(0.001)
""",
    "an asynchronous session that is closed": ASYNC
    + """
@app.get("/a")
async def a():
    async with AsyncSession(engine) as session:
        await session.execute(text("select 1"))
""",
}


def asked(source: str, folder: Path, times: int) -> list[Exchange]:
    with live(source.replace("FILE", str(folder / "rows.db")), folder) as app:
        try:
            return [app.ask(GET) for _ in range(times)]
        finally:
            tidy(vars(sys.modules["shop"]))
            gc.collect()


def tidy(shop: dict[str, Any]) -> None:
    """Close what is synchronous; a lifespan does the rest."""
    things = [
        *shop["kept"],
        *(shop[name] for name in ("connection", "engine", "static", "memory", "null") if name in shop),
    ]
    for thing in things:
        for end in ("close", "dispose"):
            if hasattr(thing, end) and not inspect.iscoroutinefunction(getattr(thing, end)):
                getattr(thing, end)()


@pytest.mark.parametrize("source", LEAKS.values(), ids=LEAKS)
def test_leaks(source: str, tmp_path: Path) -> None:
    """The second request tells of it, and no later one runs out of connections."""
    first, second, *later = asked(source, tmp_path, 6)
    assert () == first.seen.leaked
    for exchange in (second, *later):
        assert 200 == exchange.status
        (location,) = exchange.seen.leaked
        assert is_here(location)


@pytest.mark.parametrize("source", SILENT.values(), ids=SILENT)
def test_silent(source: str, tmp_path: Path) -> None:
    assert {(200, ())} == {(exchange.status, exchange.seen.leaked) for exchange in asked(source, tmp_path, 2)}
