"""What the framework does by itself is recognised by its frame, and the same answer of the author's own is not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build import request
from tests.live import PRELUDE, Live, faults, live
from upheld import framework, run
from upheld.framework import Origin, find, message, unprintable
from upheld.model import Exchange, Request
from upheld.settings import Settings
from upheld.tallies import Tallies
from upheld.witness import Mask

Ask = Callable[[Live], Exchange]
JSON = {"content-type": "application/json"}
MULTIPART = {"content-type": "multipart/form-data"}


def posted(raw: bytes, headers: dict[str, str] = JSON) -> Ask:
    return lambda app: app.ask("POST /a", headers=headers, body=raw)


def got(target: str, method: str | None = None) -> Ask:
    return lambda app: app.ask("GET /a/{id}", target, method=method)


NUMBER = "class M(BaseModel):\n    n: int\n@app.post('/a')\ndef a(m: M) -> str: return 'x'\n"
ANYTHING = "@app.post('/a')\ndef a(m: Annotated[Any, Body()]): return m\n"
FORM = "@app.post('/a')\nasync def a(s: Annotated[str, Form()]): ...\n"
BY_HAND = "@app.post('/a')\nasync def a(request: Request):\n    await request.form()\n"
READ = "@app.get('/a/{id}')\ndef a(id: int): ...\n"
SENT = "@app.post('/a')\nasync def a(request: Request):\n    "
HOSTS = "from starlette.middleware.trustedhost import TrustedHostMiddleware\n"
HTTPS = "from starlette.middleware.httpsredirect import HTTPSRedirectMiddleware\n"

# By the entry's id: what produces it, and what looks the same but is the author's.
BY_ITSELF: dict[str, tuple[str, str, Ask, int]] = {
    "bad UTF-8": ("body-unparsable", NUMBER, posted(b'{"n": "\xff"}'), 400),
    "nested too deep": ("body-unparsable", NUMBER, posted(b"[" * 100_000), 400),
    "too long an integer": ("body-unparsable", NUMBER, posted(b'{"n": %s}' % (b"9" * 5000)), 400),
    "no boundary": ("form-unparsable", FORM, posted(b"x", MULTIPART), 400),
    "no boundary, and the handler asks itself": ("form-unparsable", BY_HAND, posted(b"x", MULTIPART), 400),
    "NaN refused": ("json-nan", NUMBER, posted(b'{"n": NaN}'), 500),
    "1e999 refused": ("json-nan", NUMBER, posted(b'{"n": 1e999}'), 500),
    "a lone surrogate refused": ("json-nan", NUMBER, posted(b'{"n": "\\ud800"}'), 500),
    "NaN handed back": ("json-echo", ANYTHING, posted(b"NaN"), 500),
    "a lone surrogate handed back": ("json-echo", ANYTHING, posted(b'"\\ud800"'), 500),
    "a lone surrogate answered by hand": (
        "json-echo",
        "@app.post('/a')\ndef a(m: Annotated[Any, Body()]): return JSONResponse({'m': m})\n",
        posted(b'"\\ud800"'),
        500,
    ),
    "a lone surrogate in what is raised": (
        "json-echo",
        "@app.post('/a')\ndef a(m: Annotated[Any, Body()]): raise HTTPException(409, m)\n",
        posted(b'"\\ud800"'),
        500,
    ),
    "NaN that a handler of the app's tells": (
        "json-echo",
        (
            "@app.exception_handler(RequestValidationError)\ndef told(request, error):\n"
            f"    return JSONResponse({{'errors': error.errors()}}, 422)\n{NUMBER}"
        ),
        posted(b'{"n": NaN}'),
        500,
    ),
    "an encoded slash": ("router-not-found", READ, got("/a/x%2Fy"), 404),
    "another method": ("method-not-allowed", READ, got("/a/1", "DELETE"), 405),
    "HEAD": ("method-not-allowed", READ, got("/a/1", "HEAD"), 405),
    "OPTIONS": ("method-not-allowed", READ, got("/a/1", "OPTIONS"), 405),
    "a slash too many": ("redirect-slashes", READ, got("/a/1/"), 307),
    "another host": (
        "host-refused",
        f"{HOSTS}app.add_middleware(TrustedHostMiddleware, allowed_hosts=['shop.example'])\n{READ}",
        got("/a/1"),
        400,
    ),
    "no https": ("scheme-redirected", f"{HTTPS}app.add_middleware(HTTPSRedirectMiddleware)\n{READ}", got("/a/1"), 307),
}
THE_AUTHORS: dict[str, tuple[str, Ask, int]] = {
    "body-unparsable": (
        f"{SENT}raise HTTPException(400, 'There was an error parsing the body')\n",
        posted(b'{"n": "\xff"}'),
        400,
    ),
    "form-unparsable": (
        f"{SENT}raise HTTPException(400, 'Missing boundary in multipart.')\n",
        posted(b"x", MULTIPART),
        400,
    ),
    "json-nan": (
        (
            "@app.exception_handler(RequestValidationError)\ndef odd(request, error):\n"
            f"    return JSONResponse({{'errors': float('nan')}}, 422)\n{NUMBER}"
        ),
        posted(b'{"n": "x"}'),
        500,
    ),
    "json-echo": (f"{SENT}return JSONResponse({{'n': float('nan')}})\n", posted(b"1"), 500),
    "router-not-found": (
        "@app.get('/a/{id:path}')\ndef a(id: str): raise HTTPException(404)\n",
        lambda app: app.ask("GET /a/{id}", "/a/x%2Fy"),
        404,
    ),
    "method-not-allowed": ("@app.get('/a/{id}')\ndef a(id: int): raise HTTPException(405)\n", got("/a/1"), 405),
    "redirect-slashes": (
        "@app.get('/a/{id}')\ndef a(id: int): return RedirectResponse('http://testserver/a/1/')\n",
        got("/a/1"),
        307,
    ),
    "host-refused": (
        f"@app.middleware('http')\nasync def gate(r, n): return PlainTextResponse('Invalid host header', 400)\n{READ}",
        got("/a/1"),
        400,
    ),
    "scheme-redirected": (
        f"@app.middleware('http')\nasync def gate(r, n): return RedirectResponse(r.url.replace(scheme='https'))\n{READ}",
        got("/a/1"),
        307,
    ),
}


@pytest.mark.parametrize(("quirk", "source", "ask", "status"), BY_ITSELF.values(), ids=BY_ITSELF)
def test_by_itself(quirk: str, source: str, ask: Ask, status: int, tmp_path: Path) -> None:
    with live(source, tmp_path) as app:
        seen = ask(app)
    assert (status, quirk) == (seen.status, seen.seen.quirk)
    assert {} == faults(seen)


@pytest.mark.parametrize("quirk", THE_AUTHORS)
def test_by_the_author(quirk: str, tmp_path: Path) -> None:
    source, ask, status = THE_AUTHORS[quirk]
    with live(source, tmp_path) as app:
        seen = ask(app)
    assert (status, None) == (seen.status, seen.seen.quirk)
    assert faults(seen)


def test_a_redirect_that_is_made_of_what_was_returned_is_the_author_s(tmp_path: Path) -> None:
    source = (
        "@app.get('/a/{id}', status_code=307, response_class=RedirectResponse)\n"
        "def a(id: int) -> str: return 'http://testserver/a/1/'\n"
    )
    with live(source, tmp_path) as app:
        seen = app.ask("GET /a/{id}", "/a/1")
    assert (307, None) == (seen.status, seen.seen.quirk)
    assert {} == faults(seen)


OWN_HANDLER = """
from starlette.exceptions import HTTPException as AnyHTTPException
@app.exception_handler(AnyHTTPException)
def told(request, error): return PlainTextResponse("no", error.status_code)
"""
DOCUMENTED = "@app.post('/a', responses={400: {'model': dict[str, str]}})\n"
UNREADABLE: dict[str, tuple[str, Ask, str | None, set[str]]] = {
    "documented, and written by the app": (
        OWN_HANDLER + NUMBER.replace("@app.post('/a')\n", DOCUMENTED),
        posted(b'{"n": "\xff"}'),
        None,
        {"undocumented-media-type"},
    ),
    "a form": (
        OWN_HANDLER + FORM.replace("@app.post('/a')\n", DOCUMENTED),
        posted(b"x", MULTIPART),
        None,
        {"undocumented-media-type"},
    ),
    "not documented": (OWN_HANDLER + NUMBER, posted(b'{"n": "\xff"}'), "body-unparsable", set()),
    "not written by the app": (
        NUMBER.replace("@app.post('/a')\n", "@app.post('/a', responses={400: {'model': int}})\n"),
        posted(b'{"n": "\xff"}'),
        "body-unparsable",
        set(),
    ),
}


@pytest.mark.parametrize(("source", "ask", "quirk", "rules"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_refusal_that_the_docs_list_and_the_app_writes_is_its_own(
    source: str, ask: Ask, quirk: str | None, rules: set[str], tmp_path: Path
) -> None:
    with live(source, tmp_path) as app:
        seen = ask(app)
    assert (400, quirk) == (seen.status, seen.seen.quirk)
    assert rules == set(faults(seen))


def test_both_are_tried_for_every_entry() -> None:
    ids = [quirk.id for quirk in framework.QUIRKS]
    assert set(ids) == set(THE_AUTHORS) == {quirk for quirk, *_ in BY_ITSELF.values()}
    assert len(ids) == len(set(ids))
    assert set(framework.TURNED_AWAY) <= set(ids)


def test_every_entry_has_a_message_and_a_source() -> None:
    for quirk in framework.QUIRKS:
        assert quirk.message == message(quirk.id)
        assert quirk.source.split()[0] in ("fastapi", "starlette")
    assert all(framework.MESSAGES.values())


def test_an_answer_that_nothing_explains() -> None:
    origin = Origin(status=418, frames=(), exception=None, detail="")
    assert None is find(origin, request())


UNPRINTABLE: dict[str, tuple[Request, bool]] = {
    "NaN": (request(body=b'{"a": NaN}'), True),
    "infinity": (request(body=b"[-Infinity]"), True),
    "beyond a double": (request(body=b"1e999"), True),
    "a long integer": (request(body=b"9" * 400), True),
    "a lone surrogate": (request(body=b'"\\udfff"'), True),
    "in the query": (request(target="/a?q=nan"), True),
    "encoded surrogates": (request(target="/a?q=%ED%A0%80"), True),
    "a number": (request(body=b"1e99"), False),
    "a text": (request(body=b'"\\u00e4 banana"'), False),
    "no body": (request(), False),
}


@pytest.mark.parametrize(("sent", "expected"), UNPRINTABLE.values(), ids=UNPRINTABLE)
def test_unprintable(sent: Request, expected: bool) -> None:
    assert expected == unprintable(sent)


# All that is known that every app does, in one app that does nothing else.

HONEST = """
class Item(BaseModel):
    count: int
    price: float = 0
    due: AwareDatetime | None = None
@app.post("/items", status_code=201)
def create(item: Item) -> Item:
    return item
@app.get("/items/{item_id}")
def read(item_id: int, page: int = 1, full: bool = False) -> Item:
    return Item(count=1)
@app.get("/words")
def words(like: str = "") -> list[str]:
    return []
@app.post("/forms")
async def form(name: Annotated[str, Form()]) -> str:
    return "kept"
@app.post("/uploads")
async def upload(photo: UploadFile) -> str:
    return "kept"
"""


def item(members: bytes) -> Ask:
    return lambda app: app.ask("POST /items", headers=JSON, body=b"{%s}" % members)


def read(target: str, method: str | None = None) -> Ask:
    return lambda app: app.ask("GET /items/{item_id}", target, method=method)


NAMELESS = (
    b'--x\r\nContent-Disposition: form-data; name="photo"\r\n\r\nbytes\r\n--x--\r\n',
    {"content-type": "multipart/form-data; boundary=x"},
)
KNOWN: dict[str, tuple[Ask, int, str | None]] = {
    "bad UTF-8 in a JSON body": (item(b'"count": "\xff"'), 400, "body-unparsable"),
    "deep nesting in a JSON body": (item(b'"count": ' + b"[" * 100_000), 400, "body-unparsable"),
    "a 5,000-digit integer in a JSON body": (item(b'"count": ' + b"9" * 5000), 400, "body-unparsable"),
    "1e999 for an integer": (item(b'"count": 1e999'), 500, "json-nan"),
    "NaN for an integer": (item(b'"count": NaN'), 500, "json-nan"),
    "a lone surrogate": (item(b'"count": "\\ud800"'), 500, "json-nan"),
    "true for a number": (item(b'"count": true'), 201, "lax-conversion"),
    "1.5 as text": (item(b'"count": 1, "price": "1.5"'), 201, "lax-conversion"),
    "3.0 for an integer": (item(b'"count": 3.0'), 201, None),
    "extra members": (item(b'"count": 1, "more": 2'), 201, None),
    "1e999 into a float": (item(b'"count": 1, "price": 1e999'), 201, "json-null"),
    "NaN into a float": (item(b'"count": 1, "price": NaN'), 201, "json-null"),
    "blanks around an integer": (read("/items/%201%20"), 200, "lax-conversion"),
    "an underscore in an integer": (read("/items/1?page=1_000"), 200, "lax-conversion"),
    "a plus before an integer": (read("/items/%2B1"), 200, "lax-conversion"),
    "yes for true": (read("/items/1?full=yes"), 200, "lax-conversion"),
    "a 5,000-digit integer in a path": (read(f"/items/{'9' * 5000}"), 422, None),
    "a leap second": (item(b'"count": 1, "due": "2016-12-31T23:59:60Z"'), 422, "bare-refusal"),
    "an empty form string": (lambda app: app.ask("POST /forms", form={"name": ""}), 422, "bare-refusal"),
    "an upload without a filename": (
        lambda app: app.ask("POST /uploads", headers=NAMELESS[1], body=NAMELESS[0]),
        422,
        "bare-refusal",
    ),
    "multipart without a boundary": (
        lambda app: app.ask("POST /uploads", headers=MULTIPART, body=NAMELESS[0]),
        400,
        "form-unparsable",
    ),
    "a wrong method": (read("/items/1", "PATCH"), 405, "method-not-allowed"),
    "HEAD": (read("/items/1", "HEAD"), 405, "method-not-allowed"),
    "OPTIONS": (read("/items/1", "OPTIONS"), 405, "method-not-allowed"),
    "a slash at the end": (read("/items/1/"), 307, "redirect-slashes"),
    "an encoded slash": (read("/items/a%2Fb"), 404, "router-not-found"),
}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Live, dict[str, Exchange]]:
    with live(HONEST, tmp_path_factory.mktemp("honest")) as app:
        return app, {name: ask(app) for name, (ask, *_) in KNOWN.items()}


@pytest.mark.parametrize("name", KNOWN)
def test_known_list(known: tuple[Live, dict[str, Exchange]], name: str) -> None:
    """Each is at most one note, and no rule has anything to say about it."""
    app, exchanges = known
    _, status, about = KNOWN[name]
    tallies = Tallies(app.contract)
    tallies.add(exchanges[name])
    tallies.add(exchanges[name])
    assert status == exchanges[name].status
    assert {} == faults(exchanges[name])
    assert ([] if about is None else [(about, 1)]) == [(note.about, note.operations) for note in tallies.notes(Mask())]


CATCH_ALL = """
    from fastapi.responses import JSONResponse

    @app.exception_handler(Exception)
    def caught(request, error):
        return JSONResponse({"detail": "no luck"}, 500)
"""


def test_what_a_handler_of_all_exceptions_caught_is_known_as_well(tmp_path: Path) -> None:
    with live(HONEST + CATCH_ALL, tmp_path) as app:
        for name, about in {"NaN for an integer": "json-nan", "1e999 for an integer": "json-nan"}.items():
            seen = KNOWN[name][0](app)
            assert (500, about, {}) == (seen.status, seen.seen.quirk, faults(seen))


def test_one_note_for_the_whole_app(known: tuple[Live, dict[str, Exchange]]) -> None:
    app, exchanges = known
    tallies = Tallies(app.contract)
    for seen in exchanges.values():
        tallies.add(seen)
    abouts = [note.about for note in tallies.notes(Mask())]
    assert sorted({about for _, _, about in KNOWN.values() if about is not None}) == abouts


def test_the_answer_to_a_wrong_method_says_which_are_right(known: tuple[Live, dict[str, Exchange]]) -> None:
    assert "GET" == known[1]["a wrong method"].header("allow")


def test_a_whole_check_finds_nothing(tmp_path: Path) -> None:
    """A documented 422 that cannot happen, as that of `GET /words`, is no finding either."""
    (tmp_path / "honest_items.py").write_text(PRELUDE + HONEST, encoding="utf-8")
    report = run.check("honest_items:app", Settings(), root=tmp_path)
    assert () == report.findings
    assert {"lax-conversion", "json-nan"} <= {note.about for note in report.notes}
    assert len(report.notes) == len({note.about for note in report.notes})
    assert (5, 5) == (report.operations.documented, report.operations.seen)


NULLS = {
    b"null": True,
    b'{"a": null}': True,
    b"[1, null , 2]": True,
    b'["null"]': False,
    b'{"null": 1}': False,
    b'"is null or not"': False,
    b"[nullable]": False,
}


@pytest.mark.parametrize(("answered", "expected"), NULLS.items())
def test_may_be_nulled(answered: bytes, *, expected: bool) -> None:
    assert expected == framework.may_be_nulled(answered, request(body=b"[NaN]"))
    assert not framework.may_be_nulled(answered, request(body=b"[1]"))
