"""What blocks and awaits nothing becomes a plain `def`, if FastAPI calls it; else it is told what to do."""

from tests.fix.rules.conftest import Mend, Shop

MAIN = """
import time
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI

from .waits import doze, wait

app = FastAPI()
router = APIRouter()


@app.get("/a")
async def a() -> str:
    time.sleep(0.1)
    return "a"


@app.get("/b")
async def b() -> str:
    time.sleep(0.1)
    await doze()
    return "b"


@router.get("/c")
async def c(said: Annotated[str, Depends(wait)]) -> str:
    return said


def helper() -> None:
    time.sleep(0.1)


@router.get(
    "/d",
)
async def d(
    number: int = 1, other: int = 2
) -> str:
    helper()
    return "d"


class Views:
    async def get(self) -> str:
        time.sleep(0.1)
        return "x"


app.add_api_route("/e", Views().get)
app.include_router(router)
"""

WAITS = """
import asyncio
import time


async def wait() -> str:
    time.sleep(0.1)
    return "x"


async def doze() -> None:
    await asyncio.sleep(0)
"""


def test_fix(shop: Shop) -> None:
    after = shop({"main.py": MAIN, "waits.py": WAITS}, "blocking-call", behaviour=True, left=("GET /b",))
    expected = MAIN.lstrip()
    for name in ("a", "d", "get"):
        expected = expected.replace(f"async def {name}(", f"def {name}(")
    assert expected == after["main.py"]
    assert WAITS.lstrip().replace("async def wait", "def wait") == after["waits.py"]


def test_what_is_left(mend: Mend) -> None:
    report, mender, text = mend(MAIN.replace("from .waits import doze, wait", WAITS), rule="blocking-call")
    told = {finding.operation: finding.fix.summary for finding in report.findings if finding.fix is not None}
    by_hand = "await it in a thread (`fastapi.concurrency.run_in_threadpool`), or use a library that is asynchronous"
    assert {
        "GET /a": "make a a plain def, which FastAPI runs in a thread",
        "GET /b": by_hand,
        "GET /c": "make wait a plain def, which FastAPI runs in a thread",
        "GET /d": "make d a plain def, which FastAPI runs in a thread",
        "GET /e": "make get a plain def, which FastAPI runs in a thread",
    } == told
    assert {} == mender.texts(behaviour=False)
    assert "async def a(" in text
