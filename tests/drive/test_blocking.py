"""A call that blocks the loop is recorded at the user's line; one that does not is let be."""

import sqlite3
import time
from pathlib import Path

import pytest

from tests.drive.marked import GET, asked, is_here
from tests.live import live
from upheld.drive.blocking import recorded

BLOCKING = {
    "a sleep": """
@app.get("/a")
async def a():
    time.sleep(30)  # here
""",
    "a sleep by another name": """
from time import sleep as rest
@app.get("/a")
async def a():
    rest(30)  # here
""",
    "a sleep in a helper": """
def helper():
    time.sleep(30)  # here
@app.get("/a")
async def a():
    helper()
""",
    "a sleep in a dependency": """
async def slow():
    time.sleep(30)  # here
@app.get("/a", dependencies=[Depends(slow)])
def a(): ...
""",
    "a sleep in a middleware": """
@app.middleware("http")
async def slow(request, call_next):
    time.sleep(30)  # here
    return await call_next(request)
@app.get("/a")
def a(): ...
""",
    "a sleep in a background task": """
async def task():
    time.sleep(30)  # here
@app.get("/a")
async def a(tasks: BackgroundTasks):
    tasks.add_task(task)
""",
    "a sleep in a validator": """
class Slow(BaseModel):
    n: int
    @field_validator("n")
    def wait(cls, value):
        time.sleep(30)  # here
        return value
@app.get("/a")
async def a():
    Slow.model_validate({"n": 1})
""",
    "a program": """
import subprocess
@app.get("/a")
async def a():
    subprocess.run(["true"])  # here
""",
    "a shell": """
import os
@app.get("/a")
async def a():
    os.system("true")  # here
""",
    "a connection": """
import urllib.request
@app.get("/a")
async def a():
    try:
        urllib.request.urlopen("http://127.0.0.1:9/")  # here
    except OSError: ...
""",
    "a look-up": """
import socket
@app.get("/a")
async def a():
    socket.getaddrinfo("localhost", 80)  # here
""",
    "an open socket": """
import socket
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
@app.get("/a")
async def a():
    client.sendall(b"x")  # here
@app.get("/end")
def end():
    client.close(); server.close()
""",
    "a database": """
import sqlite3
db = sqlite3.connect(":memory:")
@app.get("/a")
async def a():
    db.execute("select 1").close()  # here
@app.get("/end")
async def end():
    db.close()
""",
    "a database that is opened": """
import sqlite3
@app.get("/a")
async def a():
    sqlite3.connect(":memory:").close()  # here
""",
    "a database below SQLAlchemy": """
import sqlalchemy
from sqlalchemy.orm import Session
engine = sqlalchemy.create_engine("sqlite://", poolclass=sqlalchemy.StaticPool)
@app.get("/a")
async def a():
    with Session(engine) as session:
        return session.scalar(sqlalchemy.text("select 1"))  # here
@app.get("/end")
async def end():
    engine.dispose()
""",
    "a file": """
from pathlib import Path as File
@app.get("/a")
async def a():
    File(__file__).read_text()  # here
""",
}
END = "\n@app.get('/end')\ndef end(): ...\n"

SILENT = {
    "a sleep in a thread": """
@app.get("/a")
def a():
    time.sleep(0.001)
""",
    "a sleep handed to a thread": """
@app.get("/a")
async def a():
    await asyncio.to_thread(time.sleep, 0.001)
""",
    "a sleep while it starts": """
@asynccontextmanager
async def lifespan(app):
    time.sleep(0.001)
    yield
app = FastAPI(lifespan=lifespan)
@app.get("/a")
async def a(): ...
""",
    "a sleep that lets other threads run": """
@app.get("/a")
async def a():
    time.sleep(0)
""",
    "a sleep of asyncio": """
@app.get("/a")
async def a():
    await asyncio.sleep(0.001)
""",
    "a program of asyncio": """
@app.get("/a")
async def a():
    process = await asyncio.create_subprocess_exec("true")
    await process.wait()
""",
    "a connection of asyncio": """
@app.get("/a")
async def a():
    server = await asyncio.start_server(lambda r, w: w.close(), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"x")
    await reader.read()
    writer.close()
    server.close()
    await server.wait_closed()
""",
    "a look-up of asyncio": """
@app.get("/a")
async def a():
    await asyncio.get_running_loop().getaddrinfo("localhost", 80)
""",
    "an address, which nobody needs to be asked for": """
import socket
@app.get("/a")
async def a():
    socket.getaddrinfo("127.0.0.1", 80)
""",
    "a datagram": """
import socket
@app.get("/a")
async def a():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("127.0.0.1", 9))
""",
    "a socket that does not block": """
import socket
@app.get("/a")
async def a():
    pair = socket.socketpair()
    for one in pair:
        one.setblocking(False)
    pair[0].send(b"x")
    for one in pair:
        one.close()
""",
    "a database in a thread": """
import sqlite3
@app.get("/a")
def a():
    db = sqlite3.connect(":memory:")
    db.execute("select 1").close()
    db.close()
""",
    "an asynchronous database": """
import aiosqlite
@app.get("/a")
async def a():
    async with aiosqlite.connect(":memory:") as db, db.execute("select 1") as rows:
        await rows.fetchall()
""",
    "an asynchronous database below SQLAlchemy": """
import sqlalchemy
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
engine = create_async_engine("sqlite+aiosqlite://")
@app.get("/a")
async def a():
    async with AsyncSession(engine) as session:
        await session.scalar(sqlalchemy.text("select 1"))
    await engine.dispose()
""",
    "a module that is imported": """
@app.get("/a")
async def a():
    import this_is_not_there.at_all
""".replace("this_is_not_there.at_all", "colorsys"),
    "a file that a library opens": """
import logging
logging.basicConfig(force=True)
@app.get("/a")
async def a():
    logging.warning("a line", stack_info=True)
""",
}


@pytest.mark.parametrize("source", BLOCKING.values(), ids=BLOCKING)
def test_blocking(source: str, tmp_path: Path) -> None:
    began = time.monotonic()
    with live(source if "/end" in source else source + END, tmp_path) as app:
        (blocking,) = app.ask(GET).seen.blocking
        app.ask("GET /end")
    assert is_here(blocking.location)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("source", SILENT.values(), ids=SILENT)
def test_silent(source: str, tmp_path: Path) -> None:
    seen = asked(source, tmp_path)
    assert (200, ()) == (seen.status, seen.seen.blocking)


def test_each_line_once(tmp_path: Path) -> None:
    source = """
@app.get("/a")
async def a():
    for _ in range(3):
        time.sleep(1)
    time.sleep(2)
"""
    assert ["time.sleep", "time.sleep"] == [blocking.call for blocking in asked(source, tmp_path).seen.blocking]


def test_a_wrong_sleep_stays_wrong(tmp_path: Path) -> None:
    source = """
@app.get("/a")
async def a():
    time.sleep(-1)  # here
"""
    escaped = asked(source, tmp_path).seen.escaped
    assert escaped is not None
    assert ("ValueError", "sleep length must be non-negative") == (escaped.kind, escaped.message)


def test_undone_afterwards() -> None:
    def doors() -> list[object]:
        return [time.sleep, vars(sqlite3.Connection)["execute"], vars(sqlite3.Cursor)["execute"]]

    before = doors()
    with recorded():
        sqlite3.connect(":memory:").close()
        assert not any(now is then for now, then in zip(doors(), before, strict=True))
    assert before == doors()
