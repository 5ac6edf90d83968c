"""The line on which an exception that left the app began."""

from pathlib import Path

import pytest

from tests.drive.marked import asked, is_here

ESCAPED = {
    "from the endpoint": """
@app.get("/a")
def a():
    return {}["missing"]  # here
""",
    "from a library": """
@app.get("/a")
def a():
    return json.loads("{missing")  # here
""",
    "from a dependency": """
def find():
    return {}["missing"]  # here
@app.get("/a", dependencies=[Depends(find)])
def a(): ...
""",
    "from a middleware": """
@app.middleware("http")
async def gate(request, call_next):
    return {}["missing"]  # here
@app.get("/a")
def a(): ...
""",
    "below a middleware": """
@app.middleware("http")
async def gate(request, call_next):
    return await call_next(request)
@app.get("/a")
def a():
    return {}["missing"]  # here
""",
    "from a handler of exceptions": """
@app.exception_handler(HTTPException)
def handler(request, error):
    return {}["missing"]  # here
@app.get("/a")
def a():
    raise HTTPException(404)
""",
    "from what FastAPI does with what was raised": """
@app.get("/a")
def a():
    raise HTTPException(404, {"given": b"x"})  # here
""",
    "from a stream": """
async def chunks():
    yield b"x"
    {}["missing"]  # here
@app.get("/a")
def a():
    return StreamingResponse(chunks())
""",
    "from a thread of its own": """
def work():
    return {}["missing"]  # here
@app.get("/a")
async def a():
    return await asyncio.to_thread(work)
""",
    "from a task": """
async def work():
    {}["missing"]  # here
@app.get("/a")
async def a():
    await asyncio.gather(work())
""",
    "from a group of one": """
async def work():
    {}["missing"]  # here
@app.get("/a")
async def a():
    async with asyncio.TaskGroup() as group:
        group.create_task(work())
""",
    "while another one was handled": """
@app.get("/a")
def a():
    try:
        1 / 0
    except ZeroDivisionError:
        {}["missing"]  # here
""",
}


@pytest.mark.parametrize("source", ESCAPED.values(), ids=ESCAPED)
def test_escaped(source: str, tmp_path: Path) -> None:
    seen = asked(source, tmp_path)
    assert seen.seen.escaped is not None
    assert seen.seen.escaped.kind in ("KeyError", "JSONDecodeError", "TypeError")
    assert is_here(seen.seen.decided)
    assert None is seen.seen.quirk


def test_a_last_resort_of_the_apps_own_answers(tmp_path: Path) -> None:
    """Starlette raises again what it handled; it has been answered, and its line is the one that raised."""
    seen = asked(
        """
        @app.exception_handler(Exception)
        def last(request, error):
            return JSONResponse({"title": "sorry"}, status_code=500)
        @app.get("/a")
        def a():
            return {}["missing"]  # here
        """,
        tmp_path,
    )
    assert (500, True, None) == (seen.status, seen.complete, seen.seen.escaped)
    assert is_here(seen.seen.decided)
    assert seen.seen.composed is not None
    assert "last" == seen.seen.composed.qualname


def test_an_exception_group_of_several_is_told_as_it_is(tmp_path: Path) -> None:
    seen = asked(
        """
        async def work():
            {}["missing"]
        @app.get("/a")
        async def a():
            async with asyncio.TaskGroup() as group:
                group.create_task(work())
                group.create_task(work())
        """,
        tmp_path,
    ).seen
    assert seen.escaped is not None
    assert "ExceptionGroup" == seen.escaped.kind


def test_a_wrong_answer_of_the_handler_is_its_exception(tmp_path: Path) -> None:
    """What the response model refuses leaves the app; no request was refused."""
    seen = asked('@app.get("/a")\ndef a() -> int:\n    return "x"  # here\n', tmp_path)
    assert 500 == seen.status
    assert seen.seen.escaped is not None
    assert "ResponseValidationError" == seen.seen.escaped.kind
    assert () == seen.seen.refusals


MESSAGES = {
    "as it is": ('ValueError("a b")', "a b"),
    "its first line": ('ValueError("a\\nb")', "a"),
    "not too long": ('ValueError("x" * 300)', "x" * 200),
    "none": ("ValueError()", ""),
    "a detail that is not meant for clients": ("Detailed()", "what happened"),
    "one that cannot be told": ("Odd()", "<ZeroDivisionError in its own __str__>"),
}


@pytest.mark.parametrize(("raised", "message"), MESSAGES.values(), ids=MESSAGES)
def test_messages(raised: str, message: str, tmp_path: Path) -> None:
    source = f"""
class Detailed(Exception):
    detail: list[str] = []
    def __str__(self):
        return "what happened"
class Odd(Exception):
    def __str__(self):
        return str(1 / 0)
@app.get("/a")
def a():
    raise {raised}
"""
    escaped = asked(source, tmp_path).seen.escaped
    assert escaped is not None
    assert message == escaped.message
