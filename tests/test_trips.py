"""A check's requests, sent again by the generated client: what it meets, and what is wrong with it."""

import copy
import importlib.util
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.live import Live, live
from tests.roundtrip.trips import CLIENT, only, patch, shop, travel
from upheld import trips
from upheld.model import Credentials, Exchange, RoundTrip, Tally, Unseen, UpheldError
from upheld.multipart import Part, join
from upheld.roundtrip import Mode
from upheld.settings import FixedHeaders, PasswordFlow, Settings

__all__ = ["only"]

SINK = """
from pydantic import ConfigDict

class Problem(BaseModel):
    detail: str

class Book(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    printed_at: AwareDatetime | None = None
    price: decimal.Decimal | None = None

class Kept(Book):
    id: uuid.UUID

books: dict[uuid.UUID, Kept] = {}
missing = {404: {"model": Problem}}

@app.exception_handler(HTTPException)
async def problem(request, error):
    return JSONResponse({"detail": error.detail}, error.status_code)

@app.post("/books", status_code=201)
async def add_book(book: Book) -> Kept:
    kept = Kept(id=uuid.uuid4(), **book.model_dump())
    books[kept.id] = kept
    return kept

@app.get("/books/{book_id}", responses=missing)
async def get_book(book_id: uuid.UUID) -> Kept:
    if book_id not in books:
        raise HTTPException(404, "no such book")
    return books[book_id]

@app.put("/books/{book_id}", responses={201: {"model": Kept}, **missing})
async def put_book(book_id: uuid.UUID, book: Book, response: Response) -> Kept:
    response.status_code = 200 if book_id in books else 201
    books[book_id] = Kept(id=book_id, **book.model_dump())
    return books[book_id]

@app.delete("/books/{book_id}", status_code=204, responses=missing)
async def remove_book(book_id: uuid.UUID) -> None:
    if books.pop(book_id, None) is None:
        raise HTTPException(404, "no such book")

@app.get("/search")
async def search(tag: Annotated[list[str], Query()] = [], limit: Annotated[int, Query(ge=1)] = 3,
        x_trace: Annotated[str | None, Header()] = None, mode: Annotated[str | None, Cookie()] = None) -> list[str]:
    return [*tag, f"{limit} {x_trace} {mode}"]

@app.post("/form")
async def form(name: Annotated[str, Form()], ages: Annotated[list[int], Form()]) -> list[str]:
    return [name, *map(str, ages)]

@app.post("/upload", status_code=204)
async def upload(cover: UploadFile, title: Annotated[str, Form()]) -> None: ...

@app.get("/lines", responses={200: {"content": {"application/jsonl": {"itemSchema": {"type": "object"}}}}},
    response_class=StreamingResponse)
async def lines():
    return StreamingResponse(iter([b'{"a": 1}\\n', b'{"a": 2}\\n']), media_type="application/jsonl")

@app.get("/feed", responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    response_class=StreamingResponse)
async def feed():
    async def events():
        while True:
            yield b"data: tick\\n\\n"
            await asyncio.sleep(0.01)
    return StreamingResponse(events(), media_type="text/event-stream")

@app.get("/secret", responses={401: {"model": Problem}, 403: {"model": Problem}})
async def secret(key: Annotated[str | None, Security(APIKeyHeader(name="x-key", auto_error=False))]) -> str:
    if key is None:
        raise HTTPException(401, "who are you?")
    if key != "sesame":
        raise HTTPException(403, "not you")
    return "a cave"
"""
KEY = FixedHeaders(headers={"X-Key": "sesame"})


def _history(app: Live) -> list[Exchange]:
    made = app.ask("POST /books", json={"title": "Waves", "printed_at": "2026-03-04T05:06:07Z", "price": "1.50"})
    number = made.body.decode().partition('"id":"')[2][:36]
    other = uuid.UUID(int=7)
    cover = Part(name="cover", data="\udcff", filename="a.png", media_type="image/png")
    body, kind = join([cover, Part(name="title", data="Waves")])
    given = Credentials.GIVEN
    return [
        made,
        app.ask("POST /books", json={"title": 1}),
        app.ask("GET /books/{book_id}", f"/books/{number}"),
        app.ask("GET /books/{book_id}", f"/books/{other}"),
        app.ask("GET /books/{book_id}", "/books/7"),
        app.ask("PUT /books/{book_id}", f"/books/{other}", json={"title": "Tides"}),
        app.ask("PUT /books/{book_id}", f"/books/{number}", json={"title": "Tides", "price": 2}),
        app.ask("PUT /books/{book_id}", f"/books/{number}", body=b"{", headers={"content-type": "application/json"}),
        app.ask("DELETE /books/{book_id}", f"/books/{number}"),
        app.ask("DELETE /books/{book_id}", f"/books/{number}"),
        app.ask("GET /search", "/search?tag=a&tag=b%2Cc&limit=2", headers={"x-trace": "t", "cookie": "mode=dark"}),
        app.ask("GET /search", "/search?limit=0"),
        app.ask("POST /form", form={"name": "Ada", "ages": "36"}),
        app.ask("POST /form", form={"name": "Ada", "ages": "many"}),
        app.ask("POST /upload", headers={"content-type": kind}, body=body),
        app.ask("GET /lines"),
        app.ask("GET /feed"),
        app.ask("GET /secret"),
        app.ask("GET /secret", headers={"x-key": "sesame"}, credentials=given),
        app.ask("GET /secret", headers={"x-key": "wrong"}, credentials=Credentials.WRONG),
    ]


def test_everything_in_every_way(tmp_path: Path) -> None:
    settings = Settings(client=CLIENT, auth=KEY)
    with shop(SINK, tmp_path, settings) as app:
        history = _history(app)
        assert [201, 422, 200, 404, 422, 201, 200, 422, 204, 404, 200, 422, 200, 422, 204, 200, 200, 401, 200, 403] == [
            seen.status for seen in history
        ]
        trip, faults = travel(app, history, settings)
    assert [] == [fault.message for fault, _ in faults]
    assert trip == RoundTrip(
        operations=Tally(documented=10, seen=10),
        responses=Tally(documented=20, seen=20),
        modes=tuple(Mode),
        requests=len(history) * len(Mode),
    )


SHELF = """
import os, pathlib

class Book(BaseModel):
    title: str

class Problem(BaseModel):
    detail: str

@app.get("/books/{book_id}", responses={404: {"model": Problem}})
async def get_book(book_id: int) -> Book:
    if book_id > 1:
        raise HTTPException(404, "no such book")
    return Book(title="Waves")

@app.get("/sum")
async def add(number: Annotated[list[int], Query()]) -> int:
    return sum(number)

@app.get("/name")
async def name() -> str:
    return "Ada"

@app.get("/title")
async def title() -> str:
    return "Waves"

@app.get("/mood")
async def mood():
    was = pathlib.Path(__file__).with_name("was").exists()
    return JSONResponse("grumpy", 418) if was else "merry"

@app.get("/slow")
async def slow() -> str:
    if pathlib.Path(__file__).with_name("was").exists():
        os._exit(3)
    return "late"
"""


def _shelf(app: Live) -> list[Exchange]:
    return [
        app.ask("GET /books/{book_id}", "/books/1"),
        app.ask("GET /books/{book_id}", "/books/2"),
        app.ask("GET /sum", "/sum?number=1&number=2"),
        app.ask("GET /name"),
        app.ask("GET /title"),
    ]


def test_a_client_that_is_wrong(tmp_path: Path, only: Callable[..., None]) -> None:
    only(Mode.PROCESS_SYNC)
    with shop(SHELF, tmp_path) as app:
        patch(tmp_path, "operations.py", 'Parameter("number", "query")', 'Parameter("number", "query", explode=False)')
        patch(tmp_path, "client.py", "def name(self) -> str:", "def name(self) -> int:")
        patch(tmp_path, "client.py", "self._call(_operations.TITLE)", "self._call(_operations.TITLE) / 2")
        trip, faults = travel(app, _shelf(app))
    assert [
        (
            "GET /sum",
            None,
            "add() sends something else: the query 'number' is '1', meant was '1' and '2'",
        ),
        ("GET /name", 200, "name() returned what is mistyped: str 'Ada' is no int"),
        ("GET /title", 200, "title() raised TypeError: unsupported operand type(s) for /: 'str' and 'int'"),
    ] == [(seen.operation.label, fault.status, fault.message) for fault, seen in faults]
    lines = {seen.operation.label: fault.location for fault, seen in faults}
    assert (f"{CLIENT}/client.py", "def name(self) -> int:") == (lines["GET /name"].path, lines["GET /name"].code)  # type: ignore[union-attr]
    assert (Tally(documented=6, seen=1), Tally(documented=5, seen=2)) == (trip.operations, trip.responses)
    assert trip.missed == (
        Unseen(operation="GET /sum", responses=("200",)),
        Unseen(operation="GET /name", responses=("200",)),
        Unseen(operation="GET /title", responses=("200",)),
    )


def test_a_client_of_another_contract(tmp_path: Path, only: Callable[..., None]) -> None:
    only(Mode.PROCESS_ASYNC)
    with live(SHELF, tmp_path) as app:
        document = copy.deepcopy(dict(app.contract.document))
    del document["paths"]["/books/{book_id}"]["get"]["responses"]["404"]
    del document["paths"]["/name"]
    document["components"]["schemas"]["Book"]["properties"]["title"]["type"] = "integer"
    with shop(SHELF, tmp_path, document=document) as app:
        _, faults = travel(app, _shelf(app))
    mistyped = "Input should be a valid integer, not 'Waves'"
    assert [
        f"get_book() raised ContractMismatch for a documented 200, in the body /title: {mistyped} (in process, async)",
        "get_book() raised UndocumentedResponse for a documented 404 (in process, async)",
        "the client has no method for GET /name (in process, async)",
    ] == [fault.message for fault, _ in faults]


def test_an_app_that_answers_otherwise_the_next_time(tmp_path: Path, only: Callable[..., None]) -> None:
    only(Mode.HTTP_SYNC)
    with shop(SHELF, tmp_path) as app:
        history = [app.ask("GET /mood"), app.ask("GET /name")]
        (tmp_path / "was").touch()
        trip, faults = travel(app, history)
    assert ["mood() raised UndocumentedResponse for an undocumented 418 (over HTTP, sync)"] == [
        fault.message for fault, _ in faults
    ]
    assert Tally(documented=2, seen=1) == trip.responses


def test_what_the_check_has_said_is_not_said_again(tmp_path: Path, only: Callable[..., None]) -> None:
    only(Mode.PROCESS_SYNC)
    (tmp_path / "was").touch()
    with shop(SHELF.replace('@app.get("/mood")', '@app.post("/mood")').replace("418", "201"), tmp_path) as app:
        trip, faults = travel(app, [app.ask("POST /mood")])
    assert [] == faults
    assert (Tally(documented=0, seen=0), 1) == (trip.responses, trip.requests)


def test_an_app_that_ends_its_process(tmp_path: Path, only: Callable[..., None]) -> None:
    only(Mode.PROCESS_SYNC)
    with shop(SHELF, tmp_path) as app:
        history = [app.ask("GET /slow")]
        (tmp_path / "was").touch()
        with pytest.raises(
            UpheldError, match=r"^round trip: its process ended \(exit code 3\), expected it to go on; "
        ):
            travel(app, history)


def test_a_start_up_that_fails(tmp_path: Path, only: Callable[..., None]) -> None:
    source = """
    import pathlib

    @asynccontextmanager
    async def lifespan(app):
        if pathlib.Path(__file__).with_name("was").exists():
            raise RuntimeError("no database")
        yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/name")
    async def name() -> str:
        return "Ada"
    """
    with shop(source, tmp_path) as app:
        history = [app.ask("GET /name")]
        (tmp_path / "was").touch()
        only(Mode.PROCESS_SYNC)
        with pytest.raises(UpheldError, match=r"^round trip: the app's start-up failed: RuntimeError: no database, "):
            travel(app, history)
        only(Mode.HTTP_SYNC)
        with pytest.raises(UpheldError, match=r"^round trip: uvicorn did not start the app, expected a lifespan that"):
            travel(app, history)


def test_no_client(tmp_path: Path) -> None:
    with live(SHELF, tmp_path) as app:
        with pytest.raises(UpheldError, match=r"^round trip: no client is set, expected client = "):
            travel(app, [], Settings())
        with pytest.raises(UpheldError, match=r"client: no generated client there, expected one; write it with "):
            travel(app, [])


def test_a_client_that_does_not_import(tmp_path: Path, only: Callable[..., None]) -> None:
    only(Mode.PROCESS_SYNC)
    with shop(SHELF, tmp_path) as app:
        (tmp_path / CLIENT / "models.py").write_text("import no_such_library\n", encoding="utf-8")
        with pytest.raises(UpheldError, match=r"raised ModuleNotFoundError: .*; install it: "):
            travel(app, [app.ask("GET /name")])


def test_without_uvicorn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert tuple(Mode) == trips.modes()
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert (Mode.PROCESS_ASYNC, Mode.PROCESS_SYNC) == trips.modes()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(UpheldError, match=r"^round trip: uvicorn is not installed, expected it in CI, "):
        trips.modes()


HOOKED = """
import pathlib

seen = pathlib.Path(__file__).with_name("told")
app.state.shop = "closed"

@app.middleware("http")
async def only_tenants(request: Request, call_next):
    if request.headers.get("x-tenant") != "blue":
        return JSONResponse({"detail": "whose?"}, 400)
    return await call_next(request)

@app.get("/shop")
async def shop(request: Request) -> str:
    return request.app.state.shop

@app.get("/me", responses={403: {}})
async def me(key: Annotated[str, Security(APIKeyHeader(name="x-key"))]) -> str:
    if key != "sesame":
        raise HTTPException(403)
    return "Ada"
"""
HOOKS = """
def setup(app):
    app.state.shop = "open"

async def reset():
    (pathlib.Path(__file__).with_name("reset")).touch()

async def before_request(request):
    request.headers["x-tenant"] = "blue"

def credentials(operation):
    return {"x-key": "sesame"} if operation == "GET /me" else None

import pathlib
"""


@pytest.mark.parametrize("mode", [Mode.PROCESS_ASYNC, Mode.HTTP_SYNC])
def test_hooks(tmp_path: Path, only: Callable[..., None], mode: Mode) -> None:
    only(mode)
    (tmp_path / "contract_hooks.py").write_text(HOOKS, encoding="utf-8")
    settings = Settings(client=CLIENT, hooks="contract_hooks", base_url="http://shop.test")
    with shop(HOOKED, tmp_path, settings) as app:
        tenant = {"x-tenant": "blue"}
        given = Credentials.GIVEN
        history = [
            app.ask("GET /shop", headers=tenant),
            app.ask("GET /me", headers={**tenant, "x-key": "sesame"}, credentials=given),
            app.ask("GET /me", headers={**tenant, "x-key": "open"}, credentials=Credentials.WRONG),
        ]
        trip, faults = travel(app, history, settings)
    assert [] == faults
    assert Tally(documented=3, seen=3) == trip.responses
    assert (tmp_path / "reset").exists()


def test_a_password_flow(tmp_path: Path, only: Callable[..., None]) -> None:
    source = """
    from fastapi.security import OAuth2PasswordRequestForm

    tokens = {}

    @app.post("/token")
    async def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
        tokens[made := uuid.uuid4().hex] = form.username
        return {"access_token": made, "token_type": "bearer"}

    @app.get("/me", responses={401: {}})
    async def me(token: Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl="token"))]) -> str:
        if token not in tokens:
            raise HTTPException(401)
        return tokens[token]
    """
    only(Mode.PROCESS_SYNC)
    auth = PasswordFlow(username="ada", password="s3cret")
    settings = Settings(client=CLIENT, auth=auth)
    with shop(source, tmp_path, settings) as app:
        form = {"grant_type": "password", "username": "ada", "password": "s3cret"}
        asked = app.ask("POST /token", form=form)
        bearer = {"authorization": f"Bearer {asked.body.decode()[17:49]}"}
        history = [asked, app.ask("GET /me", headers=bearer, credentials=Credentials.GIVEN), app.ask("GET /me")]
        assert [200, 200, 401] == [seen.status for seen in history]
        trip, faults = travel(app, history, settings)
    assert [] == faults
    assert Tally(documented=3, seen=3) == trip.responses


def test_an_error_that_only_another_spelling_meets(tmp_path: Path, only: Callable[..., None]) -> None:
    source = """
    @app.post("/letters", status_code=204)
    async def send(scan: UploadFile) -> None: ...
    """
    only(Mode.HTTP_ASYNC)
    with shop(source, tmp_path) as app:
        bodies = [join([Part(name="scan", data="abc", filename=name)]) for name in ("a.txt", None)]
        history = [app.ask("POST /letters", headers={"content-type": kind}, body=body) for body, kind in bodies]
        assert [204, 422] == [seen.status for seen in history]
        trip, faults = travel(app, [replace(seen, violations=()) for seen in history])
    assert [] == faults
    assert Tally(documented=2, seen=2) == trip.responses
