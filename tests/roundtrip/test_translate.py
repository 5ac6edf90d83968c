"""A request becomes the arguments that a caller would write, and those become the same request again."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.client.packages import NAME, files
from tests.modules import forgotten
from upheld import contract
from upheld.client import write
from upheld.model import Json, Operation, Request
from upheld.multipart import Part, join
from upheld.roundtrip.shipped import Shipped
from upheld.roundtrip.translate import Translator, UnsayableError

STRING: Json = {"type": "string"}
INTEGER: Json = {"type": "integer"}
TAGS: Json = {"type": "array", "items": STRING}
NUMBERS: Json = {"type": "array", "items": INTEGER}
WHERE: Json = {"type": "object", "properties": {"city": STRING, "floor": INTEGER}}


def _parameter(name: str, schema: Json, location: str = "query", **more: Any) -> Json:
    return {"name": name, "in": location, "required": location == "path", "schema": schema, **more}


def _path(name: str, schema: Json, **more: Any) -> Json:
    return {
        "get": {
            "operationId": name,
            "parameters": [_parameter("value", schema, "path", **more)],
            "responses": {"200": {"description": ""}},
        }
    }


def _post(name: str, content: Json) -> Json:
    return {
        "post": {"operationId": name, "requestBody": {"content": content}, "responses": {"200": {"description": ""}}}
    }


def _of(schema: Json, **more: Any) -> Json:
    return {"schema": schema, **more}


BOOK: Json = {
    "type": "object",
    "required": ["title"],
    "properties": {"title": STRING, "pages": INTEGER, "printed-at": {"type": "string", "format": "date-time"}},
}
FORM: Json = {"type": "object", "properties": {"name": STRING, "ages": NUMBERS, "where": WHERE}}
UPLOAD: Json = {
    "type": "object",
    "properties": {
        "cover": {"type": "string", "contentMediaType": "application/octet-stream"},
        "pages": {"type": "array", "items": {"type": "string", "contentMediaType": "application/octet-stream"}},
        "title": STRING,
    },
}
QUERY: Json = [
    _parameter("q", STRING),
    _parameter("limit", INTEGER),
    _parameter("level", {"enum": [1, 2]}),
    _parameter("tag", TAGS),
    _parameter("joined", NUMBERS, explode=False),
    _parameter("piped", TAGS, style="pipeDelimited", explode=False),
    _parameter("spaced", TAGS, style="spaceDelimited", explode=False),
    _parameter("where", WHERE, style="deepObject"),
    _parameter("day", {"type": "string", "format": "date"}),
    {"name": "filter", "in": "query", "content": {"application/json": {"schema": WHERE}}},
    _parameter("X-Trace", INTEGER, "header"),
    _parameter("mode", STRING, "cookie"),
    _parameter("price", {"anyOf": [{"type": "number"}, STRING]}),
    _parameter("mixed", {"type": "array", "items": {"anyOf": [INTEGER, STRING]}}),
]
DOCUMENT: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "paths": {
        "/query": {"get": {"operationId": "search", "parameters": QUERY, "responses": {"200": {"description": ""}}}},
        "/spread": {
            "get": {
                "operationId": "spread",
                "parameters": [_parameter("where", WHERE)],
                "responses": {"200": {"description": ""}},
            }
        },
        "/simple/{value}": _path("simple", NUMBERS),
        "/label/{value}": _path("label", NUMBERS, style="label", explode=True),
        "/matrix/{value}": _path("matrix", NUMBERS, style="matrix"),
        "/exploded/{value}": _path("exploded", WHERE, explode=True),
        "/object/{value}": _path("flat", WHERE),
        "/number/{value}": _path("number", INTEGER),
        "/json": _post("add_book", {"application/json": _of(BOOK)}),
        "/form": _post("fill_in", {"application/x-www-form-urlencoded": _of(FORM)}),
        "/upload": _post("upload", {"multipart/form-data": _of(UPLOAD)}),
        "/lines": _post("load", {"application/jsonl": {"itemSchema": BOOK}}),
        "/text": _post("say", {"text/plain": _of(STRING)}),
        "/bytes": _post("save", {"image/png": {}}),
    },
}


class Translated:
    """The package of the document, and its contract."""

    def __init__(self, shipped: Shipped, operations: dict[str, Operation]) -> None:
        self.shipped = shipped
        self.operations = operations
        self.translator = Translator(shipped)

    def __call__(self, label: str, request: Request, *, typed: bool = True) -> dict[str, Any]:
        """Return the arguments, models and files as what they hold."""
        method = self.shipped.methods[label]
        found = self.translator.arguments(request, self.operations[label], method, typed=typed)
        return {name: self._plain(value) for name, value in found.items()}

    def _plain(self, value: Any) -> Any:
        if isinstance(value, self.shipped.runtime["wire"].File):
            return (value.content, value.name, value.media_type)
        if isinstance(value, list):
            return [self._plain(one) for one in value]
        return value.model_dump(by_alias=True, exclude_unset=True) if hasattr(value, "model_dump") else value


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Translated]:
    folder = tmp_path_factory.mktemp("package") / f"{NAME}_translated"
    write(folder, files(DOCUMENT, folder.name))
    read = contract.parse(DOCUMENT, app="openapi.json")
    with forgotten(folder):
        yield Translated(Shipped(folder), {operation.label: operation for operation in read.operations})


def _get(target: str, *headers: tuple[str, str]) -> Request:
    return Request(method="GET", target=target, headers=headers)


def _sent(target: str, kind: str, body: bytes) -> Request:
    return Request(method="POST", target=target, headers=(("content-type", kind),), body=body)


def _uploaded(*parts: Part) -> Request:
    body, kind = join(parts)
    return _sent("/upload", kind, body)


URLENCODED = "application/x-www-form-urlencoded"
COVER = Part(name="cover", data="\udcff\x00", filename="a.png", media_type="image/png")
PAGES = [Part(name="pages", data=text, filename="p", media_type=None) for text in "ab"]
OCTETS = "application/octet-stream"

TYPED: dict[str, tuple[str, Request, dict[str, Any]]] = {
    "nothing": ("GET /query", _get("/query"), {}),
    "text": ("GET /query", _get("/query?q=a+b%2Cc"), {"q": "a b,c"}),
    "empty text": ("GET /query", _get("/query?q="), {"q": ""}),
    "number": ("GET /query", _get("/query?limit=7"), {"limit": 7}),
    "spelled number": ("GET /query", _get("/query?limit=7.0"), {"limit": 7}),
    "number or text": ("GET /query", _get("/query?price=1.50"), {"price": 1.5}),
    "number for some": ("GET /query", _get("/query?price=+1+"), {"price": " 1 "}),
    "no number for JSON": ("GET /query", _get("/query?price=inf"), {"price": "inf"}),
    "numbers and texts": ("GET /query", _get("/query?mixed=1&mixed=2"), {"mixed": [1, 2]}),
    "truth for some": ("GET /query", _get("/query?mixed=true"), {"mixed": ["true"]}),
    "enum of numbers": ("GET /query", _get("/query?level=2"), {"level": 2}),
    "list": ("GET /query", _get("/query?tag=a&tag=b%2Cc"), {"tag": ["a", "b,c"]}),
    "list of one": ("GET /query", _get("/query?tag=a"), {"tag": ["a"]}),
    "joined": ("GET /query", _get("/query?joined=1,2"), {"joined": [1, 2]}),
    "piped": ("GET /query", _get("/query?piped=a%7Cb|c"), {"piped": ["a", "b", "c"]}),
    "spaced": ("GET /query", _get("/query?spaced=a%20b+c"), {"spaced": ["a", "b", "c"]}),
    "deep": ("GET /query", _get("/query?where[city]=Rome&where%5Bfloor%5D=3"), {"where": {"city": "Rome", "floor": 3}}),
    "document": ("GET /query", _get("/query?filter=%7B%22floor%22%3A3%7D"), {"filter": {"floor": 3}}),
    "header": ("GET /query", _get("/query", ("x-trace", " 7")), {"x_trace": 7}),
    "cookie": ("GET /query", _get("/query", ("cookie", 'other=1; mode="a b"')), {"mode": "a b"}),
    "unknown names": ("GET /query", _get("/query?page=1", ("x-shop", "1")), {}),
    "spread": ("GET /spread", _get("/spread?city=Rome&floor=3&page=1"), {"where": {"city": "Rome", "floor": 3}}),
    "path": ("GET /number/{value}", _get("/number/7"), {"value": 7}),
    "simple": ("GET /simple/{value}", _get("/simple/1,2"), {"value": [1, 2]}),
    "label": ("GET /label/{value}", _get("/label/.1.2"), {"value": [1, 2]}),
    "matrix": ("GET /matrix/{value}", _get("/matrix/;value=1,2"), {"value": [1, 2]}),
    "object": ("GET /object/{value}", _get("/object/city,Rome,floor,3"), {"value": {"city": "Rome", "floor": 3}}),
    "exploded": ("GET /exploded/{value}", _get("/exploded/city=Rome,floor=3"), {"value": {"city": "Rome", "floor": 3}}),
    "JSON": ("POST /json", _sent("/json", "application/json", b'{"title": "Waves", "pages": 1.0}'), {"body": {"title": "Waves", "pages": 1}}),
    "form": ("POST /form", _sent("/form", URLENCODED, b"name=Ada&ages=1&ages=2"), {"name": "Ada", "ages": [1, 2]}),
    "form with JSON": ("POST /form", _sent("/form", URLENCODED, b"where=%7B%22floor%22%3A3%7D"), {"where": {"floor": 3}}),
    "files": ("POST /upload", _uploaded(COVER, *PAGES, Part(name="title", data="Waves")), {
        "cover": (b"\xff\x00", "a.png", "image/png"),
        "pages": [(b"a", "p", OCTETS), (b"b", "p", OCTETS)],
        "title": "Waves",
    }),
    "lines": ("POST /lines", _sent("/lines", "application/jsonl", b'{"title": "a"}\n\n{"title": "b"}\n'), {"body": [{"title": "a"}, {"title": "b"}]}),
    "whole text": ("POST /text", _sent("/text", "text/plain", b"hello"), {"body": "hello"}),
    "bytes": ("POST /bytes", _sent("/bytes", "image/png", b"\x89"), {"body": b"\x89"}),
}  # fmt: skip


@pytest.mark.parametrize(("label", "request_", "expected"), TYPED.values(), ids=TYPED)
def test_typed(translated: Translated, label: str, request_: Request, expected: dict[str, Any]) -> None:
    assert expected == translated(label, request_)


RAW: dict[str, tuple[str, Request, dict[str, Any]]] = {
    "no number": ("GET /query", _get("/query?limit=many"), {"limit": "many"}),
    "two numbers": ("GET /query", _get("/query?limit=1&limit=2"), {"limit": ["1", "2"]}),
    "no such member": ("POST /json", _sent("/json", "application/json", b'{"title": 1}'), {"body": {"title": 1}}),
    "no object": ("POST /json", _sent("/json", "application/json", b"[]"), {"body": []}),
    "lines": ("POST /lines", _sent("/lines", "application/jsonl", b"{"), {"body": b"{"}),
}


@pytest.mark.parametrize(("label", "request_", "expected"), RAW.values(), ids=RAW)
def test_raw(translated: Translated, label: str, request_: Request, expected: dict[str, Any]) -> None:
    assert expected == translated(label, request_, typed=False)


UNSAYABLE = {
    "no number": ("GET /query", _get("/query?limit=many"), "'many' is no int | None: Input should be a valid integer"),
    "path": ("GET /number/{value}", _get("/numbers"), "the path is none of /number/{value}"),
    "JSON": ("POST /json", _sent("/json", "application/json", b'{"title": 1}'), "body /title: Input should be a valid string"),
    "form": ("POST /form", _sent("/form", "text/plain", b"a"), f"it sends {URLENCODED}, not text/plain"),
    "multipart": ("POST /upload", _sent("/upload", "multipart/form-data", b"a"), "the body is no multipart/form-data"),
}  # fmt: skip


@pytest.mark.parametrize(("label", "request_", "expected"), UNSAYABLE.values(), ids=UNSAYABLE)
def test_unsayable(translated: Translated, label: str, request_: Request, expected: str) -> None:
    with pytest.raises(UnsayableError) as raised:
        translated(label, request_)
    assert str(raised.value).startswith(expected)


def test_no_json_is_unsayable_even_raw(translated: Translated) -> None:
    with pytest.raises(UnsayableError, match="the body is no JSON"):
        translated("POST /json", _sent("/json", "application/json", b"{"), typed=False)
