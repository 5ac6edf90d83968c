"""The line that decided an answer is found wherever in the user's own code it stands; each is marked `# here`."""

import sys
from pathlib import Path

import pytest

from tests.drive.marked import asked, is_here
from tests.live import live
from upheld.settings import Settings

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
    threading.Event().wait(5)  # here
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
