"""How the client is asked: by its methods, signed in as the request was, and past them where no argument says it."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.client.packages import files
from tests.roundtrip.trips import fresh
from upheld import contract
from upheld.client import write
from upheld.model import Json, Padding, Request
from upheld.roundtrip.asking import Asker, opened, remembered
from upheld.roundtrip.hosting import Reached
from upheld.roundtrip.script import Answered, Failing, Failure, Step, Told, Way
from upheld.roundtrip.shipped import Shipped

OK: Json = {"200": {"description": "", "content": {"application/json": {"schema": {"type": "string"}}}}}
DOCUMENT: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "components": {
        "securitySchemes": {
            "Bearer": {"type": "http", "scheme": "bearer"},
            "Basic": {"type": "http", "scheme": "basic"},
            "Header": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "Query": {"type": "apiKey", "in": "query", "name": "key"},
            "Cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
        }
    },
    "paths": {
        "/books": {
            "get": {
                "operationId": "list_books",
                "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
                "responses": OK,
            },
            "post": {
                "operationId": "add_book",
                "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}}}},
                "responses": OK,
            },
        },
        **{
            f"/{name.lower()}": {"get": {"operationId": f"by_{name.lower()}", "security": [{name: []}], "responses": OK}}
            for name in ("Bearer", "Basic", "Header", "Query", "Cookie")
        },
    },
}  # fmt: skip
JSON = (("content-type", "application/json"),)


class Asked:
    """An asker, and the requests that it sent."""

    def __init__(self, asker: Asker, sent: list[httpx2.Request]) -> None:
        self.asker = asker
        self.sent = sent

    def __call__(self, label: str, request: Request, *, valid: bool = True, status: int = 200) -> Told:
        step = Step(label=label, request=request, answered=Answered(status=status), valid=valid)
        return self.asker.ask(step, request)[0]


@contextmanager
def asking(folder: Path, *, is_async: bool = False, prepare: Any = None) -> Iterator[Asked]:
    """Ask the client of the document; every answer is `"ok"`."""
    with fresh(folder) as package:
        write(package, files(DOCUMENT, package.name))
        sent: list[httpx2.Request] = []

        def handle(request: httpx2.Request) -> httpx2.Response:
            sent.append(request)
            return httpx2.Response(200, json="ok", headers={"set-cookie": "seen=1"}, request=request)

        transport = httpx2.MockTransport(handle)
        reached = Reached(
            url="http://shop",
            waiting=lambda: httpx2.Client(transport=transport),
            awaiting=lambda: httpx2.AsyncClient(transport=transport),
            finish=lambda begun: begun,
            settle=lambda: None,
        )
        read = contract.parse(DOCUMENT, app="openapi.json")
        operations = {operation.label: operation for operation in read.operations}
        with opened(Shipped(package), operations, reached, is_async=is_async, limit_s=5, prepare=prepare) as asker:
            yield Asked(asker, sent)


def _get(target: str, *headers: tuple[str, str]) -> Request:
    return Request(method="GET", target=target, headers=headers)


@pytest.mark.parametrize("is_async", [False, True])
def test_ways(tmp_path: Path, is_async: bool) -> None:
    post = Request(method="POST", target="/books", headers=JSON, body=b'{"title": "Waves"}')
    with asking(tmp_path, is_async=is_async) as asked:
        called, handed = Told(status=200, way=Way.CALLED), Told(status=200, way=Way.HANDED)
        assert called == asked("GET /books", _get("/books?limit=7"))
        assert called == asked("GET /books", _get("/books?limit=many"), valid=False)
        assert handed == asked("GET /books", _get("/books?limit=1&limit=%FF"), valid=False)
        assert called == asked("POST /books", post)
        assert called == asked("POST /books", replace(post, body=b'{"title": 1}'), valid=False)
        assert handed == asked("POST /books", replace(post, body=b"{"), valid=False)
        padded = replace(post, padding=Padding(byte=b" ", length=9))
        assert handed == asked("POST /books", padded, status=413)
        assert called == asked("POST /books", padded)
    targets = [request.url.raw_path.decode() for request in asked.sent]
    assert ["/books?limit=7", "/books?limit=many", "/books?limit=1&limit=%FF", *["/books"] * 5] == targets
    bodies = [b'{"title":"Waves"}', b'{"title":1}', b"{", b'{"title": "Waves"}' + b" " * 9, b'{"title":"Waves"}']
    assert bodies == [request.content for request in asked.sent[3:]]


def test_what_the_client_cannot_say(tmp_path: Path) -> None:
    with asking(tmp_path) as asked:
        reason = "'many' is no int | None: Input should be a valid integer, unable to parse string as an integer"
        failure = Failure(kind=Failing.SENDS, message=f"list_books() cannot say it: {reason}")
        assert Told(status=200, way=Way.HANDED, failures=(failure,)) == asked("GET /books", _get("/books?limit=many"))


def test_what_the_client_says_otherwise(tmp_path: Path) -> None:
    with asking(tmp_path) as asked:
        told = asked("GET /basic", _get("/basic", ("authorization", "Basic :")))
        failure = Failure(kind=Failing.SENDS, message="by_basic() sends something else: the credentials are others")
        assert Told(status=200, way=Way.CALLED, failures=(failure,)) == told


def test_an_operation_without_a_method(tmp_path: Path) -> None:
    with asking(tmp_path) as asked:
        del asked.asker._shipped.methods["GET /books"]  # type: ignore[attr-defined]
        failure = Failure(kind=Failing.SENDS, message="the client has no method for GET /books")
        assert Told(status=0, way=Way.HANDED, failures=(failure,)) == asked("GET /books", _get("/books"))


BASIC = base64.b64encode(b"ada:s3cret").decode()
SECRETS = {
    "bearer": ("GET /bearer", _get("/bearer", ("authorization", "Bearer t0ken")), Way.CALLED),
    "basic": ("GET /basic", _get("/basic", ("authorization", f"Basic {BASIC}")), Way.CALLED),
    "header": ("GET /header", _get("/header", ("x-key", "k")), Way.CALLED),
    "query": ("GET /query", _get("/query?key=k"), Way.CALLED),
    "cookie": ("GET /cookie", _get("/cookie", ("cookie", "session=k")), Way.CALLED),
    "nobody": ("GET /bearer", _get("/bearer"), Way.CALLED),
    "no base64": ("GET /basic", _get("/basic", ("authorization", "Basic :")), Way.HANDED),
}


@pytest.mark.parametrize(("label", "request_", "way"), SECRETS.values(), ids=SECRETS)
def test_credentials(tmp_path: Path, label: str, request_: Request, way: Way) -> None:
    with asking(tmp_path) as asked:
        assert Told(status=200, way=way) == asked(label, request_, valid=way is Way.CALLED)
    sent = asked.sent[0]
    assert request_.target == sent.url.raw_path.decode()
    for name, value in request_.headers:
        assert value == sent.headers[name]


def test_credentials_of_other_operations_are_not_sent(tmp_path: Path) -> None:
    with asking(tmp_path) as asked:
        more = (("x-key", "k"), ("authorization", "Bearer t"), ("cookie", "session=k"))
        assert Told(status=200, way=Way.CALLED) == asked("GET /header", _get("/header?key=k", *more))
        assert Told(status=200, way=Way.CALLED) == asked("GET /basic", _get("/basic", *more))


def test_cookies_are_not_kept(tmp_path: Path) -> None:
    with asking(tmp_path) as asked:
        asked("GET /books", _get("/books"))
        asked("GET /books", _get("/books"))
    assert [None, None] == [request.headers.get("cookie") for request in asked.sent]


@pytest.mark.parametrize("is_async", [False, True])
def test_a_request_is_prepared_as_in_the_check(tmp_path: Path, is_async: bool) -> None:
    def prepare(request: Request) -> Request:
        headers = tuple(pair for pair in request.headers if pair[0] != "user-agent")
        return replace(request, target=f"{request.target}?limit=1", headers=(*headers, ("x-tenant", "blue")))

    with asking(tmp_path, is_async=is_async, prepare=prepare) as asked:
        assert Way.CALLED == asked("GET /books", _get("/books?limit=1"), valid=False).way
        asked("GET /books", _get("/books"), valid=False)
    assert ["blue", "blue"] == [request.headers["x-tenant"] for request in asked.sent]
    assert [False, False] == ["user-agent" in request.headers for request in asked.sent]
    assert asked.sent[1].url.raw_path == b"/books?limit=1"


def test_remembered(tmp_path: Path) -> None:
    with fresh(tmp_path) as package:
        write(package, files(DOCUMENT, package.name))
        read = contract.parse(DOCUMENT, app="openapi.json")
        operations = {operation.label: operation for operation in read.operations}
        good, bad = (Answered(status=200, headers=JSON, body=body) for body in (b'"ok"', b"1"))
        steps = [Step(label="GET /books", request=_get("/books"), answered=answered) for answered in (good, bad)]
        ((place, failure),) = remembered(Shipped(package), operations, steps, "http://shop")
    assert (1, Failing.TYPES, 200) == (place, failure.kind, failure.status)
