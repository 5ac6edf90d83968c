"""The line that decided an answer is found wherever in the user's own code it stands; each is marked `# here`."""

import sys
from pathlib import Path

import pytest

from tests.live import live
from upheld.model import Exchange, Location
from upheld.settings import Settings

GET = "GET /a"


def asked(source: str, folder: Path, label: str = GET, target: str = "/a?q=1", **request: object) -> Exchange:
    with live(source, folder) as app:
        return app.ask(label, target, **request)  # type: ignore[arg-type]  # handed on


def is_here(location: Location | None, name: str = "shop.py") -> bool:
    return location is not None and location.path == name and location.code.endswith("# here")


RAISED = {
    "in the endpoint": """
@app.get("/a")
def a():
    raise HTTPException(404)  # here
""",
    "in an async endpoint": """
@app.get("/a")
async def a():
    await asyncio.sleep(0)
    raise HTTPException(404)  # here
""",
    "in a helper": """
def find():
    raise HTTPException(404)  # here
@app.get("/a")
def a():
    return find()
""",
    "in a helper that a library calls": """
def find(_):
    raise HTTPException(404)  # here
@app.get("/a")
def a():
    return functools.reduce(lambda x, y: find(y), [1, 2])
""",
    "in a service's method": """
class Service:
    def find(self):
        raise HTTPException(404)  # here
@app.get("/a")
def a(service: Annotated[Service, Depends()]):
    return service.find()
""",
    "in a dependency": """
def find():
    raise HTTPException(404)  # here
@app.get("/a")
def a(found: Annotated[int, Depends(find)]): ...
""",
    "in an async dependency": """
async def find():
    raise HTTPException(404)  # here
@app.get("/a")
def a(found: Annotated[int, Depends(find)]): ...
""",
    "in a sub-dependency": """
def deepest():
    raise HTTPException(404)  # here
def deeper(found: Annotated[int, Depends(deepest)]): ...
@app.get("/a")
def a(found: Annotated[int, Depends(deeper)]): ...
""",
    "in a class dependency": """
class Paging:
    def __init__(self, q: int):
        raise HTTPException(404)  # here
@app.get("/a")
def a(paging: Annotated[Paging, Depends()]): ...
""",
    "in a dependency that is an instance": """
class Check:
    def __call__(self):
        raise HTTPException(404)  # here
@app.get("/a", dependencies=[Depends(Check())])
def a(): ...
""",
    "in a generator dependency, before": """
def session():
    raise HTTPException(404)  # here
    yield
@app.get("/a")
def a(s: Annotated[int, Depends(session)]): ...
""",
    "in an async generator dependency, before": """
async def session():
    raise HTTPException(404)  # here
    yield
@app.get("/a")
def a(s: Annotated[int, Depends(session)]): ...
""",
    "below a generator dependency that raises it again": """
def session():
    try:
        yield
    except HTTPException:
        raise
@app.get("/a")
def a(s: Annotated[int, Depends(session)]):
    raise HTTPException(404)  # here
""",
    "in a router's dependency": """
def find():
    raise HTTPException(404)  # here
router = APIRouter(dependencies=[Depends(find)])
@router.get("/a")
def a(): ...
app.include_router(router)
""",
    "as a class of its own": """
class NotFound(HTTPException):
    def __init__(self):
        super().__init__(404, "gone")
@app.get("/a")
def a():
    raise NotFound  # here
""",
    "in a validator": """
def even(v):
    raise HTTPException(404)  # here
@app.get("/a")
def a(q: Annotated[int, AfterValidator(even)]): ...
""",
    "and turned by a handler": """
class Missing(Exception): ...
@app.exception_handler(Missing)
def missing(request, error):
    return JSONResponse({}, status_code=404)
@app.get("/a")
def a():
    raise Missing  # here
""",
    "in a mounted app": """
inner = FastAPI()
@inner.get("/x")
def x():
    raise HTTPException(404)  # here
@app.get("/a")
def a(): ...
app.mount("/sub", inner)
""",
}


@pytest.mark.parametrize("source", RAISED.values(), ids=RAISED)
def test_raised(source: str, tmp_path: Path) -> None:
    seen = asked(source, tmp_path, target="/sub/x" if "inner" in source else "/a?q=1")
    assert 404 == seen.status
    assert is_here(seen.seen.decided)
    assert seen.seen.raised is not None
    assert None is seen.seen.quirk


BUILT = {
    "returned": """
@app.get("/a")
def a():
    return JSONResponse({}, status_code=404)  # here
""",
    "over several lines": """
@app.get("/a")
def a():
    return JSONResponse(  # here
        {},
        status_code=404,
    )
""",
    "by a helper": """
def refuse():
    return PlainTextResponse("no", 404)  # here
@app.get("/a")
async def a():
    return refuse()
""",
    "by a dependency, thrown away": """
def dependency():
    JSONResponse({}, status_code=200)
@app.get("/a", dependencies=[Depends(dependency)])
def a():
    return JSONResponse({}, status_code=404)  # here
""",
    "by a class of the app's own": """
class Refused(JSONResponse):
    def __init__(self):
        super().__init__({}, status_code=404)
@app.get("/a")
def a():
    return Refused()  # here
""",
    "as a redirect": """
@app.get("/a")
def a():
    return RedirectResponse("/b", 404)  # here
""",
    "as a stream": """
@app.get("/a")
def a():
    return StreamingResponse(iter([b"x"]), 404)  # here
""",
    "as a file": """
@app.get("/a")
def a():
    return FileResponse(__file__, 404)  # here
""",
    "through a helper of a library, as templates are": """
import sys, types
templating = types.ModuleType("templating")
exec(compile("def render(cls):\\n    return cls('<p>', 404)", sys.prefix + "/site-packages/templating.py", "exec"), vars(templating))
@app.get("/a")
def a():
    return templating.render(HTMLResponse)  # here
""",
    "by a middleware": """
@app.middleware("http")
async def gate(request, call_next):
    return JSONResponse({}, status_code=404)  # here
@app.get("/a")
def a(): ...
""",
    "by a middleware, in place of another": """
@app.middleware("http")
async def gate(request, call_next):
    await call_next(request)
    return JSONResponse({}, status_code=404)  # here
@app.get("/a")
def a():
    return JSONResponse({}, status_code=404)
""",
    "by a bare ASGI middleware": """
class Gate:
    def __init__(self, app):
        self.app = app
    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            await JSONResponse({}, 404)(scope, receive, send)  # here
        else:
            await self.app(scope, receive, send)
app.add_middleware(Gate)
@app.get("/a")
def a(): ...
""",
    "of a status that was set": """
@app.get("/a")
def a(response: Response):
    response.status_code = 404  # here
    return {}
""",
    "of a status that was set in a dependency": """
def gone(response: Response):
    response.status_code = 404  # here
@app.get("/a", dependencies=[Depends(gone)])
def a():
    return {}
""",
    "of a status that was set on a response made before": """
@app.get("/a")
def a():
    made = JSONResponse({})  # here
    return made
""",
}


@pytest.mark.parametrize("source", BUILT.values(), ids=BUILT)
def test_built(source: str, tmp_path: Path) -> None:
    seen = asked(source, tmp_path)
    assert seen.status in (404, 200)
    assert is_here(seen.seen.built)
    assert is_here(seen.seen.decided)
    assert (None, None) == (seen.seen.raised, seen.seen.quirk)


def test_a_handler_builds_what_another_line_raised(tmp_path: Path) -> None:
    seen = asked(
        """
        class Missing(Exception): ...
        @app.exception_handler(Missing)
        def missing(request, error):
            return JSONResponse({"title": str(error)}, status_code=404)  # here
        @app.get("/a")
        def a():
            raise Missing("no such thing")
        """,
        tmp_path,
    ).seen
    assert seen.raised is not None
    assert ("Missing", "no such thing") == (seen.raised.kind, seen.raised.message)
    assert seen.decided is not None
    assert 'raise Missing("no such thing")' == seen.decided.code
    assert is_here(seen.composed)


SECURITY = {
    "a bearer token": ("HTTPBearer()", "HTTPAuthorizationCredentials"),
    "basic": ("HTTPBasic()", "HTTPBasicCredentials"),
    "a key": ('APIKeyHeader(name="X-Key")', "str"),
    "a key in the query": ('APIKeyQuery(name="key")', "str"),
    "OAuth": ('OAuth2PasswordBearer("/token")', "str"),
}


@pytest.mark.parametrize(("made", "kind"), SECURITY.values(), ids=SECURITY)
def test_security_utilities(made: str, kind: str, tmp_path: Path) -> None:
    """The library raises; the user's line is the one that put the utility there."""
    seen = asked(
        f"""
        locked = {made}  # here
        def user(token: Annotated[{kind}, Depends(locked)]): ...
        @app.get("/a", dependencies=[Depends(user)])
        def a(): ...
        """,
        tmp_path,
    )
    assert seen.status in (401, 403)
    assert is_here(seen.seen.decided)
    assert None is seen.seen.quirk


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
    assert seen.seen.escaped.kind in ("KeyError", "JSONDecodeError")
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
    "one that cannot be told": ("Odd()", "<ZeroDivisionError in its own __str__>"),
}


@pytest.mark.parametrize(("raised", "message"), MESSAGES.values(), ids=MESSAGES)
def test_messages(raised: str, message: str, tmp_path: Path) -> None:
    source = f"""
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


def test_headers(tmp_path: Path) -> None:
    seen = asked(
        """
        @app.get("/a")
        def a(response: Response):
            response.headers["X-Total"] = "many"  # here
            return {}
        """,
        tmp_path,
    )
    assert is_here(seen.seen.header_lines["x-total"])
    assert "many" == seen.header("x-total")


RETURNED = {
    "one way out": ('@app.get("/a")\ndef a():\n    return {}  # here\n', True),
    "an async one": ('@app.get("/a")\nasync def a():\n    return {}  # here\n', True),
    "a decorated one": (
        """
def logged(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)
    return inner
@app.get("/a")
@logged
def a():
    return {}  # here
""",
        True,
    ),
    "two ways out": ('@app.get("/a")\ndef a(q: int):\n    if q:\n        return {}\n    return []\n', False),
    "a handler of a library": ('app.get("/a")(uuid.uuid4)\n', False),
}


@pytest.mark.parametrize(("source", "certain"), RETURNED.values(), ids=RETURNED)
def test_returned(source: str, certain: bool, tmp_path: Path) -> None:
    seen = asked(source, tmp_path)
    assert 200 == seen.status
    assert certain == is_here(seen.seen.returned)
    assert certain == is_here(seen.seen.decided)


REFUSED = {
    "a type": ("q: int", "/a?q=x", ("query", "q"), "int_parsing", True, False),
    "missing": ("q: int", "/a", ("query", "q"), "missing", False, False),
    "a bound": ("q: Annotated[int, Query(ge=5)]", "/a?q=1", ("query", "q"), "greater_than_equal", True, False),
    "too long a number": ("q: int", f"/a?q={'9' * 5000}", ("query", "q"), "int_parsing_size", True, False),
    "a validator": ("q: Annotated[int, AfterValidator(odd)]", "/a?q=2", ("query", "q"), "value_error", False, True),
    "an assertion": (
        "q: Annotated[int, AfterValidator(sure)]",
        "/a?q=2",
        ("query", "q"),
        "assertion_error",
        False,
        True,
    ),
}


@pytest.mark.parametrize(("told", "target", "where", "kind", "bare", "placed"), REFUSED.values(), ids=REFUSED)
def test_refusals(
    told: str,
    target: str,
    where: tuple[str, ...],
    kind: str,
    bare: bool,
    placed: bool,
    tmp_path: Path,
) -> None:
    source = f"""
def odd(v):
    raise ValueError("even")  # here
def sure(v):
    assert v != 2, "two"  # here
    return v
@app.get("/a")
def a({told}): ...
"""
    seen = asked(source, tmp_path, target=target)
    (refusal,) = seen.seen.refusals
    assert (422, where, kind) == (seen.status, refusal.where, refusal.kind)
    assert (bare, placed) == (refusal.bare, is_here(refusal.location))


def test_where_it_stood_when_its_time_was_over(tmp_path: Path) -> None:
    source = """
def blocks():
    time.sleep(5)  # here
@app.get("/a")
async def a():
    blocks()
@app.get("/thread")
def thread():
    done.wait(2)  # here
@app.get("/waits")
async def waits():
    await asyncio.sleep(5)  # here
done = threading.Event()
"""
    with live(source, tmp_path, Settings(time_limit_s=0.2)) as app:
        for label in ("GET /a", "GET /waits", "GET /thread"):
            seen = app.ask(label)
            assert (0, True) == (seen.status, seen.timed_out)
            assert is_here(seen.seen.stuck), label
        sys.modules["shop"].done.set()
