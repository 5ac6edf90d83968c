"""A request is valid or not by what stands on its wire: `Broken` lists place and keyword, `None` is undecided."""

from typing import TypeAlias

import pytest

from tests.build import body, operation, parameter, request
from upheld.drive.specimens import named
from upheld.drive.wire import Labels, cookies, violations
from upheld.model import Body, Json, MediaType, Parameter, Request
from upheld.multipart import Part, join
from upheld.schema import Judge

Broken: TypeAlias = list[tuple[tuple[str | int, ...], str]] | None

DOCUMENT = {
    "openapi": "3.1.0",
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "maxLength": 5},
                    "age": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]},
                    "tags": {"type": "array", "items": {"type": "string", "minLength": 1}},
                },
                "required": ["name"],
            }
        }
    },
}
PET = {"$ref": "#/components/schemas/Pet"}
INTEGER = {"type": "integer"}
NUMBER = {"type": "number"}
STRING = {"type": "string"}
BOOLEAN = {"type": "boolean"}
INTEGERS = {"type": "array", "items": INTEGER}
LONG = "9" * 5000
PDF, PNG = (next(named(media)).data for media in ("application/pdf", "image/png"))


def judged(sent: Request, *parameters: Parameter, path: str = "/books", content: Body | None = None) -> Broken:
    told = operation(path=path, parameters=parameters, body=content, document=DOCUMENT)
    found = violations(sent, told, Judge.of(DOCUMENT))
    return None if found is None else [(violation.where, violation.keyword) for violation in found]


def q(keyword: str, *rest: str | int) -> Broken:
    return [(("query", "q", *rest), keyword)]


QUERIES: dict[str, tuple[Json, str, Broken]] = {
    "an integer": (INTEGER, "q=12", []),
    "a negative one": (INTEGER, "q=-12", []),
    "a big one": (INTEGER, "q=9223372036854775808", []),
    "a word": (INTEGER, "q=x", q("type")),
    "an empty text": (INTEGER, "q=", q("type")),
    "blanks": (INTEGER, "q=+1+", q("type")),
    "an underscore": (INTEGER, "q=1_000", q("type")),
    "a plus sign": (INTEGER, "q=%2B1", q("type")),
    "a leading zero": (INTEGER, "q=01", q("type")),
    "a fraction": (INTEGER, "q=1.5", q("type")),
    "a fraction of zero, about which readers differ": (INTEGER, "q=1.0", None),
    "an exponent, likewise": (INTEGER, "q=1e3", None),
    "other digits than ASCII": (INTEGER, "q=%D9%A1", q("type")),
    "an integer too long to read": (INTEGER, f"q={LONG}", None),
    "a bound": ({**INTEGER, "minimum": 1}, "q=0", q("minimum")),
    "a number": (NUMBER, "q=1.5", []),
    "an integer is a number": (NUMBER, "q=15", []),
    "an exponent is": (NUMBER, "q=1e3", []),
    "NaN is not": (NUMBER, "q=NaN", q("type")),
    "nor is infinity": (NUMBER, "q=Infinity", q("type")),
    "a multiple of a fraction": ({**NUMBER, "multipleOf": 0.01}, "q=0.07", []),
    "no multiple of it, which decimal and binary see differently": ({**NUMBER, "multipleOf": 0.01}, "q=0.075", None),
    "a multiple of integers": ({**INTEGER, "multipleOf": 3}, "q=7", q("multipleOf")),
    "true": (BOOLEAN, "q=true", []),
    "yes": (BOOLEAN, "q=yes", q("type")),
    "one for true": (BOOLEAN, "q=1", q("type")),
    "a text": (STRING, "q=12", []),
    "an empty one": (STRING, "q=", []),
    "a text without a value": (STRING, "q", []),
    "a length in characters": ({**STRING, "maxLength": 1}, "q=%F0%9F%98%80", []),
    "a length too much": ({**STRING, "maxLength": 1}, "q=ab", q("maxLength")),
    "a pattern": ({**STRING, "pattern": "^a+$"}, "q=b", q("pattern")),
    "a format": ({**STRING, "format": "date"}, "q=2024-02-30", q("format")),
    "a leap day": ({**STRING, "format": "date"}, "q=2024-02-29", []),
    "an enum": ({"enum": ["a", "b"]}, "q=c", q("enum")),
    "an enum of integers": ({"enum": [1, 2]}, "q=2", []),
    "a constant": ({"const": 7}, "q=8", q("const")),
    "either": ({"anyOf": [INTEGER, {"type": "null"}]}, "q=3", []),
    "null is a text here": ({"anyOf": [INTEGER, {"type": "null"}]}, "q=null", q("anyOf")),
    "a union with text takes all": ({"anyOf": [INTEGER, STRING]}, "q=x", []),
    "anything goes": (True, "q=x", []),
    "nothing sent": (INTEGER, "", []),
    "other names": (INTEGER, "p=x", []),
    "twice the same": (INTEGER, "q=1&q=1", []),
    "twice, and which one counts nobody says": (INTEGER, "q=1&q=x", None),
    "bytes that are no UTF-8": (STRING, "q=%FF", None),
    "a list of one": (INTEGERS, "q=1", []),
    "a list": (INTEGERS, "q=1&q=2", []),
    "a list with a wrong item": (INTEGERS, "q=1&q=x", q("type", 1)),
    "a list too long": ({**INTEGERS, "maxItems": 1}, "q=1&q=2", q("maxItems")),
    "a list that may be null": ({"anyOf": [INTEGERS, {"type": "null"}]}, "q=x", q("type", 0)),
    "a list of nobody knows what": ({"type": "array"}, "q=x", []),
    "a list with an unsure item": (INTEGERS, "q=1.0", None),
    "an object in a style of its own": ({"type": "object"}, "q=a,1", None),
    "an object exploded under other names": ({"type": "object"}, "a=1", None),
}


@pytest.mark.parametrize(("schema", "query", "broken"), QUERIES.values(), ids=QUERIES)
def test_queries(schema: Json, query: str, broken: Broken) -> None:
    assert broken == judged(request(target=f"/books?{query}"), parameter("q", schema))


STYLES: dict[str, tuple[Json, str, Broken]] = {
    "commas": ({"explode": False}, "q=1,2", []),
    "commas, a wrong item": ({"explode": False}, "q=1,x", q("type", 1)),
    "commas, nothing between them": ({"explode": False}, "q=", []),
    "blanks": ({"explode": False, "style": "spaceDelimited"}, "q=1%202", []),
    "pipes": ({"explode": False, "style": "pipeDelimited"}, "q=1|x", q("type", 1)),
    "exploded, a comma is part of the item": ({"explode": True}, "q=1,2", q("type", 0)),
    "JSON": ({"media_type": "application/json"}, "q=%5B1,2%5D", []),
    "JSON, a wrong item": ({"media_type": "application/json"}, "q=%5B1,%22x%22%5D", q("type", 1)),
    "JSON that is none": ({"media_type": "application/json"}, "q=%5B1", q("json")),
    "another document": ({"media_type": "application/xml"}, "q=1", None),
    "required and there": ({"required": True}, "q=1", []),
    "required and missing": ({"required": True}, "", q("required")),
}


@pytest.mark.parametrize(("overrides", "query", "broken"), STYLES.values(), ids=STYLES)
def test_styles(overrides: dict[str, Json], query: str, broken: Broken) -> None:
    assert broken == judged(request(target=f"/books?{query}"), parameter("q", INTEGERS, **overrides))


def p(keyword: str, name: str = "id", *rest: str | int) -> Broken:
    return [(("path", name, *rest), keyword)]


PATHS: dict[str, tuple[str, Json, str, Broken]] = {
    "an integer": ("/books/{id}", INTEGER, "/books/1", []),
    "a word": ("/books/{id}", INTEGER, "/books/x", p("type")),
    "a fraction of zero": ("/books/{id}", INTEGER, "/books/1.0", None),
    "an encoded blank": ("/books/{id}", INTEGER, "/books/%201", p("type")),
    "nothing": ("/books/{id}", {"type": "string", "minLength": 1}, "/books/", p("minLength")),
    "an encoded slash stays inside": (
        "/books/{id}",
        {"type": "string", "maxLength": 2},
        "/books/a%2Fb",
        p("maxLength"),
    ),
    "a path with slashes": ("/files/{id}", {"type": "string", "pattern": "txt$"}, "/files/a/b.txt", []),
    "a path with slashes, wrong": ("/files/{id}", {"type": "string", "pattern": "txt$"}, "/files/a/b", p("pattern")),
    "commas": ("/books/{id}", INTEGERS, "/books/1,2,x", p("type", "id", 2)),
    "characters that mean something in expressions": ("/a.b/{id}", INTEGER, "/a.b/1", []),
    "another path": ("/books/{id}", INTEGER, "/authors/1", None),
    "a dot is a dot": ("/a.b/{id}", INTEGER, "/axb/1", None),
}


@pytest.mark.parametrize(("template", "schema", "target", "broken"), PATHS.values(), ids=PATHS)
def test_paths(template: str, schema: Json, target: str, broken: Broken) -> None:
    assert broken == judged(request(target=target), parameter("id", schema, "path"), path=template)


def test_paths_of_two() -> None:
    both = parameter("a", INTEGER, "path"), parameter("b", INTEGER, "path")
    assert [] == judged(request(target="/x/1-2"), *both, path="/x/{a}-{b}")
    assert p("type", "b") == judged(request(target="/x/1/y/z"), *both, path="/x/{a}/y/{b}")
    assert p("type", "a") == judged(request(target="/x/1/2/y/3"), *both, path="/x/{a}/y/{b}")


def h(location: str, name: str, keyword: str) -> Broken:
    return [((location, name), keyword)]


HEADERS: dict[str, tuple[Parameter, list[tuple[str, str]], Broken]] = {
    "case does not matter": (parameter("X-Page", INTEGER, "header", required=True), [("x-page", "1")], []),
    "a word": (parameter("X-Page", INTEGER, "header"), [("x-page", "x")], h("header", "X-Page", "type")),
    "missing": (parameter("X-Page", INTEGER, "header", required=True), [], h("header", "X-Page", "required")),
    "not required": (parameter("X-Page", INTEGER, "header"), [], []),
    "two that differ": (parameter("X-Page", INTEGER, "header"), [("x-page", "1"), ("x-page", "2")], None),
    "a list": (parameter("X-Page", INTEGERS, "header"), [("x-page", "1,2")], []),
    "a cookie": (parameter("page", INTEGER, "cookie"), [("cookie", "a=b; page=1")], []),
    "a cookie with a word": (parameter("page", INTEGER, "cookie"), [("cookie", "page=x")], h("cookie", "page", "type")),
    "a cookie's case matters": (
        parameter("Page", INTEGER, "cookie", required=True),
        [("cookie", "page=1")],
        h("cookie", "Page", "required"),
    ),
    "no cookies": (parameter("page", INTEGER, "cookie", required=True), [], h("cookie", "page", "required")),
}


@pytest.mark.parametrize(("told", "headers", "broken"), HEADERS.values(), ids=HEADERS)
def test_headers_and_cookies(told: Parameter, headers: list[tuple[str, str]], broken: Broken) -> None:
    assert broken == judged(request(target="/books", headers=tuple(headers)), told)


TRANSPORTED = {
    "a host": ("Host", {"type": "string", "pattern": "^shop"}, []),
    "another host": ("Host", {"const": "example.org"}, h("header", "Host", "const")),
    "a length": ("Content-Length", {"const": 4}, []),
    "a length that is too long": ("Content-Length", {"type": "integer", "maximum": 3}, h("header", "Content-Length", "maximum")),
}  # fmt: skip


@pytest.mark.parametrize(("name", "schema", "broken"), TRANSPORTED.values(), ids=TRANSPORTED)
def test_headers_that_whoever_sends_adds(name: str, schema: Json, broken: Broken) -> None:
    told = operation(method="POST", path="/books", parameters=(parameter(name, schema, "header", required=True),))
    found = Labels(Judge.of(DOCUMENT), "shop.test").violations(request("POST", "/books", body=b"1234"), told)
    assert found is not None
    assert broken == [(violation.where, violation.keyword) for violation in found]


def test_cookies() -> None:
    assert [("a", "1"), ("b", ""), ("c", "x=y")] == cookies("a=1; b=; nothing;c = x=y")
    assert [] == cookies(None)


def b(keyword: str, *rest: str | int) -> Broken:
    return [(("body", *rest), keyword)]


JSON = "application/json"
BODIES: dict[str, tuple[Json, str | None, bytes | None, Broken]] = {
    "as documented": (PET, JSON, b'{"name": "Rex", "age": 3, "tags": ["a"]}', []),
    "null where it may be": (PET, JSON, b'{"name": "Rex", "age": null}', []),
    "more than is documented": (PET, JSON, b'{"name": "Rex", "x": 1}', []),
    "a member is missing": (PET, JSON, b"{}", b("required", "name")),
    "a member is wrong": (PET, JSON, b'{"name": "Methuselah"}', b("maxLength", "name")),
    "a number as text": (PET, JSON, b'{"name": "Rex", "age": "3"}', b("anyOf", "age")),
    "an item is wrong": (PET, JSON, b'{"name": "Rex", "tags": ["a", ""]}', b("minLength", "tags", 1)),
    "another container": (PET, JSON, b"[]", b("type")),
    "null": (PET, JSON, b"null", b("type")),
    "a member's name is odd": ({"required": ['a "b" c']}, JSON, b"{}", b("required", 'a "b" c')),
    "a member without a name": ({"required": [""]}, JSON, b"{}", b("required", "")),
    "an integer written with a fraction of zero": (INTEGER, JSON, b"3.0", []),
    "a big integer": (INTEGER, JSON, b"1" * 30, []),
    "no JSON": (PET, JSON, b"{", b("json")),
    "no UTF-8": (PET, JSON, b'{"name": "\xff"}', b("json")),
    "NaN": (NUMBER, JSON, b"NaN", b("json")),
    "more than a double holds": (NUMBER, JSON, b"1e999", None),
    "a lone surrogate": (STRING, JSON, b'"\\ud800"', None),
    "a pair of surrogates": (STRING, JSON, b'"\\ud83d\\ude00"', []),
    "nested too deep to say": (True, JSON, b"[" * 100_000 + b"]" * 100_000, None),
    "another JSON media type": (PET, "application/merge-patch+json", b"{}", None),
    "parameters of the media type": (PET, "application/json; charset=utf-8", b"{}", b("required", "name")),
    "another media type": (PET, "text/plain", b"{}", None),
    "no media type": (PET, None, b"{}", None),
    "nothing is said of the content": (None, JSON, b"{", []),
    "no body": (PET, JSON, None, b("required")),
    "an empty body": (PET, JSON, b"", b("required")),
}


@pytest.mark.parametrize(("schema", "sent", "raw", "broken"), BODIES.values(), ids=BODIES)
def test_json_bodies(schema: Json, sent: str | None, raw: bytes | None, broken: Broken) -> None:
    headers = () if sent is None else (("content-type", sent),)
    assert broken == judged(request("POST", "/books", headers=headers, body=raw), content=body(schema))


OTHERS: dict[str, tuple[Body | None, str, bytes | None, Broken]] = {
    "nothing is documented": (None, JSON, b"{", []),
    "it may be left out": (body(PET, required=False), JSON, None, []),
    "an empty file is a file": (body(STRING, "application/octet-stream"), "application/octet-stream", b"", None),
    "bytes": (body(STRING, "application/octet-stream"), "application/octet-stream", b"\xff", []),
    "a text": (body({**STRING, "maxLength": 1}, "text/plain"), "text/plain", b"a", []),
    "a text too long": (body({**STRING, "maxLength": 1}, "text/plain"), "text/plain", b"ab", b("maxLength")),
    "a text that means nothing else": (body(STRING, "text/plain"), "text/plain", b"\xff", []),
    "one that stands for something": (
        body({**STRING, "contentMediaType": "text/csv"}, "text/plain"),
        "text/plain",
        b"a",
        None,
    ),
    "one with a schema of its own": (body({**STRING, "contentSchema": {}}, "text/plain"), "text/plain", b"a", None),
    "a number as a text": (body(INTEGER, "text/plain"), "text/plain", b"1", None),
    "rows": (body(STRING, "text/csv"), "text/csv", b"a,b", None),
    "rows that are too long": (body({**STRING, "maxLength": 2}, "text/csv"), "text/csv", b"a,b", b("maxLength")),
    "rows as shown by default": (body({**STRING, "default": "a,b"}, "text/csv"), "text/csv", b"a,b", []),
    "bytes that are too long": (body({**STRING, "maxLength": 1}, "a/b"), "a/b", b"ab", b("maxLength")),
    "bytes or characters": (body({**STRING, "maxLength": 1}, "a/b"), "a/b", "éa".encode(), None),
    "a file": (body(STRING, "application/pdf"), "application/pdf", PDF, []),
    "half a file": (body(STRING, "application/pdf"), "application/pdf", PDF[:99], None),
    "a file of which nothing is said": (body(None, "application/pdf"), "application/pdf", PDF, []),
    "an object": (body(PET, "application/xml"), "application/xml", b"<name>Rex</name>", None),
    "an object that is shown": (body({"default": "<a/>"}, "application/xml"), "application/xml", b"<a/>", []),
    "a range": (body({**STRING, "maxLength": 1}, "text/*"), "text/csv", b"ab", b("maxLength")),
    "any JSON": (body(INTEGER, "*/*"), "application/geo+json", b'"x"', b("type")),
}


@pytest.mark.parametrize(("told", "sent", "raw", "broken"), OTHERS.values(), ids=OTHERS)
def test_other_bodies(told: Body | None, sent: str, raw: bytes | None, broken: Broken) -> None:
    headers = (("content-type", sent),)
    assert broken == judged(request("POST", "/books", headers=headers, body=raw), content=told)


FORM = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 2},
        "age": INTEGER,
        "tags": {"type": "array", "items": INTEGER},
        "extra": {"type": "object"},
        "spoken": {"type": "string"},
        "face": {"type": "string", "format": "binary"},
        "odd": {"type": "string"},
    },
    "required": ["name"],
}
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
FORMS: dict[str, tuple[Json, bytes, Broken]] = {
    "as documented": (FORM, b"name=Rex&age=3&tags=1&tags=2", []),
    "plus and percent": ({"properties": {"name": {"const": "a b+"}}}, b"name=a+b%2B", []),
    "empty pairs": (FORM, b"&name=Rex&&", []),
    "a member is missing": (FORM, b"age=3", b("required", "name")),
    "a member is empty": (FORM, b"name=", b("minLength", "name")),
    "a number is a word": (FORM, b"name=Rex&age=x", b("type", "age")),
    "an item is a word": (FORM, b"name=Rex&tags=1&tags=x", b("type", "tags", 1)),
    "twice, and nobody says which one counts": (FORM, b"name=Rex&name=Rex", None),
    "an object in a form": (FORM, b"name=Rex&extra=x", None),
    "no UTF-8": (FORM, b"name=%FF%FF", None),
    "in a reference": (PET, b"name=Methuselah", b("maxLength", "name")),
    "in a part of allOf": ({"allOf": [FORM, {"properties": {"b": INTEGER}}]}, b"name=Rex&b=x", b("type", "b")),
    "one more": (FORM, b"name=Rex&more=1", []),
    "one more, which is described": ({"additionalProperties": INTEGER}, b"age=x", b("type", "age")),
    "anything goes": (True, b"name=Rex", []),
    "nothing is said of the content": (None, b"name=", []),
}


@pytest.mark.parametrize(("schema", "raw", "broken"), FORMS.values(), ids=FORMS)
def test_forms(schema: Json, raw: bytes, broken: Broken) -> None:
    sent = request("POST", "/books", headers=(("content-type", URLENCODED),), body=raw)
    assert broken == judged(sent, content=body(schema, URLENCODED))


def file(media: str | None, data: bytes) -> Part:
    return Part(name="face", data=data.decode(errors="surrogateescape"), filename="a.png", media_type=media)


PARTS: dict[str, tuple[list[Part], Broken]] = {
    "as documented": ([Part(name="name", data="Rex"), Part(name="age", data="3")], []),
    "an upload": ([Part(name="name", data="\udcff\udcd8", filename="a.jpg", media_type="image/jpeg")], []),
    "bytes without a file name": ([Part(name="name", data="\udcff\udcd8")], None),
    "a member is missing": ([Part(name="age", data="3")], b("required", "name")),
    "a number is a word": ([Part(name="name", data="Rex"), Part(name="age", data="x")], b("type", "age")),
    "a member in an encoding of its own": ([Part(name="name", data="Rex"), Part(name="spoken", data="x")], None),
    "a member in a style of its own": ([Part(name="name", data="Rex"), Part(name="odd", data="x")], None),
    "a file of the kind asked for": ([Part(name="name", data="Rex"), file("image/png", PNG)], []),
    "such a file, and something else is wrong": ([file("image/png", PNG)], b("required", "name")),
    "a file of another kind": ([Part(name="name", data="Rex"), file("application/pdf", PDF)], None),
    "a file that is none": ([Part(name="name", data="Rex"), file("image/png", b"a")], None),
    "a file that says it is something else": ([Part(name="name", data="Rex"), file("image/gif", PNG)], None),
    "a file that does not say": ([Part(name="name", data="Rex"), file(None, PNG)], None),
    "a text in its place": ([Part(name="name", data="Rex"), Part(name="face", data="x", media_type="image/png")], None),
}


@pytest.mark.parametrize(("parts", "broken"), PARTS.values(), ids=PARTS)
def test_multipart(parts: list[Part], broken: Broken) -> None:
    raw, media = join(parts)
    encoding = {
        "spoken": {"contentType": "a/b"},
        "face": {"contentType": "image/png, image/gif"},
        "odd": {"style": "form"},
    }
    told = Body(required=True, content={MULTIPART: MediaType(schema=FORM, encoding=encoding)})
    assert broken == judged(request("POST", "/books", headers=(("content-type", media),), body=raw), content=told)


def test_multipart_that_is_none() -> None:
    sent = request("POST", "/books", headers=(("content-type", MULTIPART),), body=b"name=Rex")
    assert b("multipart") == judged(sent, content=body(FORM, MULTIPART))


def test_all_that_is_wrong_is_told() -> None:
    sent = request("POST", "/books?q=x", headers=(("content-type", JSON),), body=b'{"tags": [""]}')
    broken = judged(sent, parameter("q", INTEGER), content=body(PET))
    assert broken is not None
    assert {(("query", "q"), "type"), (("body", "name"), "required"), (("body", "tags", 0), "minLength")} == set(broken)


def test_one_doubt_leaves_all_undecided() -> None:
    assert None is judged(request(target="/books?q=x&r=1.0"), parameter("q", INTEGER), parameter("r", INTEGER))
