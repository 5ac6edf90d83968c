"""An app that would reach another machine is refused, goes on, and is told on one note which lines tried."""

import json

import pytest

from tests.acceptance.conftest import Project

pytestmark = pytest.mark.slow

SHOP = """\
import asyncio, socket
from contextlib import asynccontextmanager
from fastapi import BackgroundTasks, FastAPI, HTTPException

def reach(host: str, port: int) -> None:
    socket.create_connection((host, port), timeout=1).close()

try:
    reach("settings.invalid", 80)
except OSError:
    pass

@asynccontextmanager
async def lifespan(app: FastAPI):
    try:
        await asyncio.open_connection("queue.invalid", 5672)
    except OSError:
        pass
    yield

app = FastAPI(lifespan=lifespan)

@app.get("/stock", responses={503: {}})
async def stock() -> int:
    try:
        await asyncio.open_connection("192.0.2.7", 6379)
    except OSError:
        raise HTTPException(503)
    return 1

@app.get("/price")
def price() -> int:
    reach("price.invalid", 443)
    return 1

@app.post("/orders")
def order(tasks: BackgroundTasks) -> int:
    tasks.add_task(reach, "smtp.invalid", 25)
    return 1
"""
TOLD = (
    "connections to other machines were refused; allow_hosts lifts that: settings.invalid:80 and 2 more (shop.py:6), "
    "queue.invalid:5672 (shop.py:16), 192.0.2.7:6379 (shop.py:26)"
)


def test_refused(project: Project) -> None:
    project.write(shop=SHOP)
    ended = project.upheld("check", "shop:app", "--format", "json", "--budget", "10")
    report = json.loads(ended.out)
    assert (0, []) == (ended.code, report["findings"])
    assert [{"about": "network-refused", "message": TOLD, "operations": 3}] == report["notes"]


def test_a_refused_start_says_what_lifts_it(project: Project) -> None:
    project.write(shop=SHOP.replace("except OSError:\n    pass", "except ZeroDivisionError:\n    pass", 1))
    ended = project.upheld("check", "shop:app")
    assert 2 == ended.code
    assert "settings.invalid:80 is another machine; the check refuses it, allow_hosts of [tool.upheld] lifts that" in (
        ended.err
    )
