"""What was raised when the answer was complete: found at its line, and told apart from what the client can see."""

from pathlib import Path

import pytest

from tests.drive.marked import asked, is_here
from tests.live import faults

LATE = {
    "a task": """
def task():
    return {}["missing"]  # here
@app.get("/a")
def a(tasks: BackgroundTasks):
    tasks.add_task(task)
""",
    "an asynchronous task": """
async def task():
    await asyncio.sleep(0)
    return {}["missing"]  # here
@app.get("/a")
async def a(tasks: BackgroundTasks):
    tasks.add_task(task)
""",
    "a task of a response": """
from starlette.background import BackgroundTask
def task():
    return {}["missing"]  # here
@app.get("/a")
def a():
    return PlainTextResponse("x", background=BackgroundTask(task))
""",
    "a task of a stream": """
from starlette.background import BackgroundTask
def task():
    return {}["missing"]  # here
@app.get("/a")
def a():
    return StreamingResponse(iter([b"x"]), background=BackgroundTask(task))
""",
    "a task below a middleware": """
@app.middleware("http")
async def gate(request, call_next):
    return await call_next(request)
def task():
    return {}["missing"]  # here
@app.get("/a")
def a(tasks: BackgroundTasks):
    tasks.add_task(task)
""",
    "a task that raises what has a handler": """
class Gone(Exception): ...
@app.exception_handler(Gone)
def gone(request, error):
    return JSONResponse({}, 410)
def task():
    raise Gone  # here
@app.get("/a")
def a(tasks: BackgroundTasks):
    tasks.add_task(task)
""",
    "a task, with a handler for everything": """
@app.exception_handler(Exception)
def handler(request, error):
    return JSONResponse({}, 500)
def task():
    return {}["missing"]  # here
@app.get("/a")
def a(tasks: BackgroundTasks):
    tasks.add_task(task)
""",
    "a task that raises an HTTPException": """
def task():
    raise HTTPException(404)  # here
@app.get("/a")
def a(tasks: BackgroundTasks):
    tasks.add_task(task)
""",
    "the exit of a dependency": """
def session():
    yield 1
    {}["missing"]  # here
@app.get("/a")
def a(s: Annotated[int, Depends(session)]): ...
""",
    "the exit of an asynchronous dependency": """
async def session():
    yield 1
    {}["missing"]  # here
@app.get("/a")
async def a(s: Annotated[int, Depends(session)]): ...
""",
}
NOT_LATE = {
    "the exit of a dependency that ends with its function": """
def session():
    yield 1
    {}["missing"]
@app.get("/a")
def a(s: Annotated[int, Depends(session, scope="function")]): ...
""",
    "an endpoint": """
@app.get("/a")
def a():
    return {}["missing"]
""",
    "an endpoint, with a handler for everything": """
@app.exception_handler(Exception)
def handler(request, error):
    return JSONResponse({}, 500)
@app.get("/a", responses={500: {}})
def a():
    return {}["missing"]
""",
}
SILENT = {
    "a task that is well": """
@app.get("/a")
def a(tasks: BackgroundTasks):
    tasks.add_task(print)
""",
    "a task that has not ended": """
async def task():
    await asyncio.sleep(60)
@app.get("/a")
async def a(tasks: BackgroundTasks):
    tasks.add_task(task)
""",
    "a task that was cancelled": """
async def task():
    raise asyncio.CancelledError
@app.get("/a")
async def a(tasks: BackgroundTasks):
    tasks.add_task(task)
""",
    "a stream that we hung up on": """
async def chunks():
    while True:
        yield b"x"
@app.get("/a")
def a():
    return StreamingResponse(chunks(), media_type="text/event-stream")
""",
}


@pytest.mark.parametrize("source", LATE.values(), ids=LATE)
def test_late(source: str, tmp_path: Path) -> None:
    found = faults(asked(source, tmp_path))
    assert "server-error" not in found
    assert is_here(found["background-task-error"].location)


@pytest.mark.parametrize("source", NOT_LATE.values(), ids=NOT_LATE)
def test_before_the_answer(source: str, tmp_path: Path) -> None:
    seen = asked(source, tmp_path).seen
    decided = seen.escaped or seen.raised
    assert decided is not None
    assert (None, "KeyError") == (seen.late, decided.kind)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("source", SILENT.values(), ids=SILENT)
def test_silent(source: str, tmp_path: Path) -> None:
    assert asked(source, tmp_path).seen.late is None
