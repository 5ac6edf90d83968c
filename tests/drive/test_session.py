"""A whole drive of a small app: everything planned is sent, what hangs is left alone, and lines are found by replay."""

import sys
from pathlib import Path

import pytest

from tests.live import PRELUDE, Live, live
from upheld.drive import generate
from upheld.model import Credentials, Request, UpheldError
from upheld.settings import PasswordFlow, Settings

DRAWN: dict[str, list[Request]] = {}


@pytest.fixture(autouse=True)
def _nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes seconds, and is tested elsewhere."""
    monkeypatch.setattr(generate, "draw", lambda *_: DRAWN.items())


def test_exchanges(tmp_path: Path) -> None:
    source = """
    @app.get("/a")
    def a(q: int = 0) -> int:
        return q
    @app.post("/b")
    def b() -> str:
        return "x"
    """
    with live(source, tmp_path) as app:
        found = list(app.session.exchanges())
        assert app.session.requests == len(found)
    assert {"GET /a", "POST /b"} == {seen.operation.label for seen in found}
    assert {200, 422} == {seen.status for seen in found}
    assert {True} == {seen.complete for seen in found}
    one = next(seen for seen in found if seen.request.target == "/a?q=-1")
    assert (200, b"-1", (), "application/json") == (one.status, one.body, one.violations, one.header("content-type"))


def test_what_was_drawn_is_stored(tmp_path: Path) -> None:
    with live("@app.get('/a')\ndef a(): ...\n", tmp_path) as app:
        list(app.session.exchanges())
    assert 1 == len(list((tmp_path / ".upheld" / "corpus").glob("*.json")))


SIGNED = """
from fastapi.security import OAuth2PasswordRequestForm
@app.post("/token")
def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
    if form.password != "s3cret":
        raise HTTPException(401)
    return {"access_token": "t0ken"}
@app.get("/me")
def me(token: Annotated[str, Depends(OAuth2PasswordBearer("token"))]) -> str:
    if token != "t0ken":
        raise HTTPException(403)
    return "you"
"""


def test_sign_in(tmp_path: Path) -> None:
    settings = Settings(auth=PasswordFlow(username="ada", password="s3cret"))
    with live(SIGNED, tmp_path, settings) as app:
        found = [seen for seen in app.session.exchanges() if seen.operation.label == "GET /me"]
    assert {(Credentials.NONE, 401), (Credentials.WRONG, 403), (Credentials.GIVEN, 200)} == {
        (seen.request.credentials, seen.status) for seen in found
    }


def test_a_sign_in_that_fails(tmp_path: Path) -> None:
    settings = Settings(auth=PasswordFlow(username="ada", password="wrong"))
    with live(SIGNED, tmp_path, settings) as app, pytest.raises(UpheldError, match="answered 401"):
        list(app.session.exchanges())


def test_what_hangs_is_asked_twice(tmp_path: Path) -> None:
    source = """
    @app.get("/slow")
    async def slow(q: int = 0):
        await asyncio.sleep(9)
    @app.get("/quick")
    def quick(q: int = 0): ...
    """
    with live(source, tmp_path, Settings(time_limit_s=0.3)) as app:
        found = list(app.session.exchanges())
        sent = app.session.requests
    assert [("GET /slow", 0)] * 2 == [(seen.operation.label, seen.status) for seen in found if seen.timed_out]
    assert sent == len(found)
    assert len([seen for seen in found if seen.operation.label == "GET /quick"]) >= 20


def test_what_was_slow_once_is_not_judged_by_less_patience(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("upheld.drive.session.PATIENCE_LEFT_S", 0.05)
    source = """
    first = []
    @app.get("/slow")
    async def slow(q: int = 0):
        await asyncio.sleep(0.1 if first else 9)
    @app.get("/first")
    async def reset(): ...
    """
    with live(source, tmp_path, Settings(time_limit_s=0.2)) as app:
        sys.modules["shop"].first.append(1)
        assert not app.ask("GET /slow").timed_out
        sys.modules["shop"].first.clear()
        found = list(app.session.exchanges())
        assert app.session.requests > len(found)
    assert [("GET /slow", 0)] == [(seen.operation.label, seen.status) for seen in found if seen.timed_out]


TWO_WAYS = """
@app.get("/a")
def a(q: int = 0):
    if q == 1:
        return {"one": 1}
    if q == 2:
        return {"two": 2}
    return q
@app.get("/stream")
async def stream(q: int = 0) -> StreamingResponse:
    async def chunks():
        yield b"x"
    if q:
        return StreamingResponse(chunks())
    return StreamingResponse(iter([b"y"]))
@app.get("/falls")
async def falls(q: int = 0):
    if q:
        return {}
    await asyncio.sleep(0)
@app.get("/fickle")
def fickle():
    told.append(1)
    return JSONResponse({}, 200 if len(told) < 2 else 201)
told = []
@app.get("/hangs")
async def hangs():
    await asyncio.sleep(9)
app.get("/library")(uuid.uuid4)
"""
TRACED = {
    "one way": ("GET /a", "/a?q=1", 'return {"one": 1}'),
    "another": ("GET /a", "/a?q=2", 'return {"two": 2}'),
    "the last": ("GET /a", "/a", "return q"),
    "off its end": ("GET /falls", "/falls", "await asyncio.sleep(0)"),
    "a way before that": ("GET /falls", "/falls?q=1", "return {}"),
    "an answer that differs": ("GET /fickle", "/fickle", None),
    "no answer": ("GET /hangs", "/hangs", None),
    "a library's own": ("GET /library", "/library", None),
    "refused before it was called": ("GET /a", "/a?q=x", None),
}


@pytest.mark.parametrize(("label", "target", "code"), TRACED.values(), ids=TRACED)
def test_trace(label: str, target: str, code: str | None, tmp_path: Path) -> None:
    before = sys.gettrace()
    with live(TWO_WAYS, tmp_path, Settings(time_limit_s=0.6 if label == "GET /hangs" else 5)) as app:
        place = app.session.trace(app.ask(label, target))
    assert code == (place.code if place is not None else None)
    assert before is sys.gettrace()


def test_an_operation_that_nobody_serves_cannot_be_traced(tmp_path: Path) -> None:
    source = """
    told = get_openapi(title="T", version="1", routes=[])
    told["paths"]["/gone"] = {"get": {"responses": {"200": {"description": "x"}}}}
    app.openapi = lambda: told
    """
    with live(source, tmp_path) as app:
        seen = app.ask("GET /gone")
        assert (404, "router-not-found") == (seen.status, seen.seen.quirk)
        assert None is app.session.trace(seen)


def test_replay_is_the_same_request(tmp_path: Path) -> None:
    with live("@app.post('/a')\nasync def a(r: Request): return (await r.body()).hex()\n", tmp_path) as app:
        first = app.ask("POST /a", headers={"X-A": "\xe4"}, body=b"\xff")
        again = app.session.replay(first)
    assert first.request is again.request
    assert (first.status, first.body) == (again.status, again.body) == (200, b'"ff"')


def test_the_prelude_imports(tmp_path: Path) -> None:
    """What the apps of the tests start with is enough for them."""
    with live("", tmp_path) as app:
        assert isinstance(app, Live)
        assert {} == app.operations
    assert PRELUDE.endswith("app = FastAPI()\n")
    assert "shop" not in sys.modules
