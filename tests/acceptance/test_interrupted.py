"""Ctrl-C at any moment: one line, exit code 2, soon, nothing half-written; and no thread keeps a command alive."""

import json
import time

import pytest

from tests.acceptance.conftest import Project, the_line
from tests.acceptance.test_could_not_tell import GOOD
from tests.acceptance.test_files import OLD, tree
from upheld.cli._main import INTERRUPTED
from upheld.cli._process import PATIENCE_S, THREADS_S

pytestmark = pytest.mark.slow

SLACK_S = 10.0
"""What a busy machine may add."""

APP = """
    import asyncio, threading, time
    from contextlib import asynccontextmanager
    from fastapi import FastAPI

    @asynccontextmanager
    async def lifespan(app):
        {started}
        yield
        {stopped}

    app = FastAPI(lifespan=lifespan)

    @app.get("/books")
    {endpoint}
"""


def app(endpoint: str = "def books(): return 1", started: str = "pass", stopped: str = "pass") -> str:
    """Return the source of an app that says READY in one of its parts."""
    return APP.format(endpoint=endpoint, started=started, stopped=stopped)


MOMENTS = {
    "while it imports": ("import time; print('READY', flush=True); time.sleep(99)", SLACK_S),
    "while it imports, caught by the app": (
        """
        import time
        print("READY", flush=True)
        while True:
            try:
                time.sleep(99)
            except BaseException:
                pass
        """,
        PATIENCE_S + SLACK_S,
    ),
    "while it starts": (app(started="print('READY', flush=True); await asyncio.sleep(99)"), PATIENCE_S + SLACK_S),
    "while an answer is awaited": (
        app("async def books(): print('READY', flush=True); await asyncio.sleep(99)"),
        SLACK_S,
    ),
    "while an answer blocks the loop": (
        app("async def books(): print('READY', flush=True); threading.Event().wait(99)"),
        PATIENCE_S + SLACK_S,
    ),
    "while an answer blocks a thread": (
        app("def books(): print('READY', flush=True); threading.Event().wait()"),
        THREADS_S + SLACK_S,
    ),
    "while the app does not stop": (
        app("async def books(): print('READY', flush=True); await asyncio.sleep(99)", stopped="time.sleep(99)"),
        PATIENCE_S + SLACK_S,
    ),
    "while a destructor runs": (
        """
        import time
        class Slow:
            def __del__(self):
                print("READY", flush=True)
                time.sleep(99)
        Slow()
        time.sleep(99)
        """,
        SLACK_S,
    ),
}


@pytest.mark.parametrize(("source", "within_s"), MOMENTS.values(), ids=MOMENTS)
def test_ctrl_c(project: Project, source: str, within_s: float) -> None:
    project.write(shop=source)
    (project.folder / "report.json").write_text(OLD, encoding="utf-8")
    before = tree(project.folder)
    with project.started("check", "shop:app", "--format", "json", "-o", "report.json") as check:
        check.wait_for("READY")
        check.interrupt()
        assert INTERRUPTED == the_line(check.end(within_s))
    assert before == tree(project.folder)


def test_ctrl_c_while_it_exports(project: Project) -> None:
    project.write(shop="import time; print('READY', flush=True); time.sleep(99)")
    contract = project.folder / "contracts" / "openapi.json"
    contract.parent.mkdir()
    contract.write_text(OLD, encoding="utf-8")
    before = tree(project.folder)
    with project.started("export", "shop:app") as export:
        export.wait_for("READY")
        export.interrupt()
        assert INTERRUPTED == the_line(export.end(SLACK_S))
    assert before == tree(project.folder)


def test_ctrl_c_twice_ends_at_once(project: Project) -> None:
    source = app(
        "async def books(): print('READY', flush=True); await asyncio.sleep(99)",
        stopped="print('READY', flush=True); time.sleep(99)",
    )
    project.write(shop=source)
    with project.started("check", "shop:app") as check:
        for _ in range(2):
            check.wait_for("READY")
            check.interrupt()
        assert INTERRUPTED == the_line(check.end(SLACK_S))


DRAWN = """
    from contextlib import asynccontextmanager
    from typing import Annotated
    from fastapi import FastAPI
    from pydantic import BaseModel, Field

    class Book(BaseModel):
        title: Annotated[str, Field(pattern="^[a-z]{2,8}$")]
        price: Annotated[float, Field(gt=0, lt=1000)]
        sequel: "Book | None" = None

    @asynccontextmanager
    async def lifespan(app):
        print("READY", flush=True)
        yield

    app = FastAPI(lifespan=lifespan)

    for number in range(40):
        @app.post(f"/books{number}/{{book_id}}")
        async def add(book_id: int, book: Book, q: Annotated[str, Field(max_length=number + 1)] = "") -> Book:
            return book
"""


@pytest.mark.parametrize("after_s", [0.1, 1.0, 2.0])
def test_ctrl_c_while_requests_are_drawn(project: Project, after_s: float) -> None:
    """Hypothesis calls back from the garbage collector, where Python drops whatever is raised."""
    project.write(shop=DRAWN)
    with project.started("check", "shop:app", "-o", "report.json") as check:
        check.wait_for("READY")
        time.sleep(after_s)
        check.interrupt()
        assert INTERRUPTED == the_line(check.end(PATIENCE_S + SLACK_S))
    assert {"shop.py"} == project.names()
    left = [path.name for path in (project.folder / ".upheld").rglob("*") if path.name.endswith((".json", ".tmp"))]
    for name in left:  # what is kept for the next run is whole
        json.loads(next((project.folder / ".upheld").rglob(name)).read_bytes())


def test_debug_shows_where(project: Project) -> None:
    project.write(shop="import time\nprint('READY', flush=True)\ntime.sleep(99)")
    with project.started("check", "shop:app", "--debug") as check:
        check.wait_for("READY")
        check.interrupt()
        ended = check.end(SLACK_S)
    assert (2, "") == (ended.code, ended.out)
    assert 'shop.py", line ' in ended.err
    assert ended.err.endswith(f"\nupheld: error: {INTERRUPTED}\n")


def test_terminated(project: Project) -> None:
    project.write(shop=app("async def books(): print('READY', flush=True); await asyncio.sleep(99)"))
    with project.started("check", "shop:app", "-o", "report.json") as check:
        check.wait_for("READY")
        check.terminate()
        ended = check.end(SLACK_S)
    assert (-15, "", "") == ended
    assert {"shop.py"} == project.names()


LEFT_BEHIND = {
    "an endpoint that never returns": (
        app("def books(page: int = 1): threading.Event().wait()"),
        1,
        "Event().wait()",
    ),
    "a thread that polls": (
        "import threading, time\nthreading.Thread(target=lambda: time.sleep(99)).start()\n"
        + GOOD.replace("\n    ", "\n"),
        0,
        "is upheld",
    ),
    "a thread of the event loop": (
        app(
            "async def books() -> int: return 1",
            started="asyncio.get_running_loop().run_in_executor(None, threading.Event().wait)",
        ),
        0,
        "is upheld",
    ),
}


@pytest.mark.parametrize(("source", "code", "text"), LEFT_BEHIND.values(), ids=LEFT_BEHIND)
def test_no_thread_keeps_a_check_alive(project: Project, source: str, code: int, text: str) -> None:
    project.write(shop=source + "\n")
    (project.folder / "bye.py").write_text(
        "import atexit, shop\nfrom shop import app\natexit.register(lambda: open('bye.txt', 'w').write('bye'))\n",
        encoding="utf-8",
    )
    began = time.monotonic()
    ended = project.upheld("check", "bye:app", "--time-limit", "0.2")
    assert time.monotonic() - began < 15
    assert (code, "") == (ended.code, ended.err)
    assert text in ended.out
    assert "bye" == (project.folder / "bye.txt").read_text(encoding="utf-8")
