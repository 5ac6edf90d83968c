"""Two requests say the same by their values, however each is spelled; what nobody documented does not count."""

import json
from dataclasses import replace

import pytest

from tests.build import operation, parameter, request
from upheld.model import Body, Json, MediaType, Operation, Request
from upheld.multipart import Part, join
from upheld.roundtrip.alike import difference, path_texts, same_text, unlike_json

TEXTS = {
    "equal": ("tide", "tide", True),
    "another": ("tide", "ebb", False),
    "number": ("1.0", "1", True),
    "exponent": ("1e2", "100.0", True),
    "another number": ("1", "2", False),
    "zeros in front are a text": ("007", "7", False),
    "a plus is a text": ("+7", "7", False),
    "true is no number": ("true", "1", False),
    "UTC": ("2026-03-04T05:06:07Z", "2026-03-04T05:06:07+00:00", True),
    "fraction": ("2026-03-04T05:06:07.500Z", "2026-03-04T05:06:07.5+00:00", True),
    "another moment": ("2026-03-04T05:06:07Z", "2026-03-04T05:06:08Z", False),
    "with and without a zone": ("2026-03-04T05:06:07", "2026-03-04T05:06:07Z", False),
    "time": ("05:06", "05:06:00", True),
    "no time": ("99:99", "99:98", False),
    "duration": ("PT60M", "PT1H", True),
    "no duration": ("PX", "PY", False),
    "UUID": ("3F2504E0-4F89-41D3-9A0C-0305E82C3301", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", True),
    "another UUID": ("3f2504e0-4f89-41d3-9a0c-0305e82c3301", "3f2504e0-4f89-41d3-9a0c-0305e82c3302", False),
    "address": ("https://shop.example", "https://shop.example/", True),
    "another address": ("https://shop.example", "https://mall.example", False),
}


@pytest.mark.parametrize(("one", "other", "expected"), TEXTS.values(), ids=TEXTS)
def test_same_text(one: str, other: str, expected: bool) -> None:
    assert expected == same_text(one, other)
    assert expected == same_text(other, one)


JSON = {
    "equal": ({"a": [1, {"b": None}]}, {"a": [1, {"b": None}]}, (), None),
    "order of members": ({"a": 1, "b": 2}, {"b": 2, "a": 1}, (), None),
    "numbers": ({"a": 1.0}, {"a": 1}, (), None),
    "moments": ({"at": "2026-03-04T05:06:07Z"}, {"at": "2026-03-04T05:06:07+00:00"}, (), None),
    "member": ({"a": 1}, {"a": 2}, (), "the body /a is 2, meant was 1"),
    "lost": ({"a": 1}, {}, (), "the body /a is not there, meant was 1"),
    "added": ({}, {"a": None}, (), "the body /a is None, meant was not there"),
    "true is not 1": ([True], [1], (), "the body /0 is 1, meant was True"),
    "null": ({"a": None}, {"a": 0}, (), "the body /a is 0, meant was None"),
    "length": ([1, 2], [1], (), "the body is [1], meant was [1, 2]"),
    "whole": ("a", 1, (), "the body is 1, meant was 'a'"),
    "text is no number": ({"a": "1"}, {"a": 1}, (), "the body /a is 1, meant was '1'"),
    "undocumented": ({"a": 1, "b": [{"c": 2, "d": 3}]}, {"a": 1, "b": [{"c": 2}]}, (("b", 0, "d"),), None),
    "another one documented": ({"b": 1, "c": 2}, {}, (("c",),), "the body /b is not there, meant was 1"),
}


@pytest.mark.parametrize(("meant", "said", "undocumented", "expected"), JSON.values(), ids=JSON)
def test_unlike_json(meant: Json, said: Json, undocumented: tuple[tuple[str, ...], ...], expected: str | None) -> None:
    assert expected == unlike_json(meant, said, undocumented)


PATHS = {
    "one": ("/books/{book_id}", "/books/7", [("book_id", "7")]),
    "encoded slash": ("/files/{name}/{size}", "/files/a%2Fb/1", [("name", "a%2Fb"), ("size", "1")]),
    "slashes": ("/files/{name}", "/files/a/b", [("name", "a/b")]),
    "none": ("/books", "/books", []),
    "another": ("/books/{book_id}", "/shelves/7", None),
}


@pytest.mark.parametrize(("template", "target", "expected"), PATHS.values(), ids=PATHS)
def test_path_texts(template: str, target: str, expected: list[tuple[str, str]] | None) -> None:
    assert expected == path_texts(request(target=f"{target}?book_id=9"), template)


OBJECT: Json = {"type": "object"}
LISTED = operation(
    path="/books",
    parameters=(
        parameter("limit", {"type": "integer"}),
        parameter("tag", {"type": "array"}),
        parameter("Accept", {"type": "string"}, "header"),
        parameter("User-Agent", {"type": "string"}, "header"),
        parameter("Content-Length", {"type": "integer"}, "header"),
        parameter("X-Trace", {"type": "string"}, "header"),
        parameter("mode", {"type": "string"}, "cookie"),
        parameter("where", OBJECT, style="deepObject"),
    ),
)
SPREAD = operation(path="/books", parameters=(parameter("where", OBJECT),))
MEMBERS = {
    "equal": (LISTED, "/books?limit=1", "/books?limit=1.0", None),
    "other": (LISTED, "/books?limit=1", "/books?limit=2", "the query 'limit' is '2', meant was '1'"),
    "lost": (LISTED, "/books?limit=1", "/books", "the query 'limit' is not there, meant was '1'"),
    "added": (LISTED, "/books", "/books?limit=1", "the query 'limit' is '1', meant was not there"),
    "empty": (LISTED, "/books?limit=", "/books", "the query 'limit' is not there, meant was ''"),
    "order between names": (LISTED, "/books?tag=a&limit=1", "/books?limit=1&tag=a", None),
    "order of one name": (LISTED, "/books?tag=a&tag=b", "/books?tag=b&tag=a",
                          "the query 'tag' is 'b' and 'a', meant was 'a' and 'b'"),
    "undocumented": (LISTED, "/books?page=1", "/books", None),
    "encoding": (LISTED, "/books?tag=a+b%2Cc", "/books?tag=a%20b,c", None),
    "path": (LISTED, "/books", "/book", "the path is '/book', meant was not there"),
    "deep": (LISTED, "/books?where[a]=1&where[b]=2", "/books?where%5Bb%5D=2&where%5Ba%5D=1", None),
    "other deep": (LISTED, "/books?where[a]=1", "/books?where[a]=2", "the query 'where' is 'where[a]=2', meant was 'where[a]=1'"),
    "spread": (SPREAD, "/books?a=1", "/books?a=2", "the query 'a' is '2', meant was '1'"),
    "spread, lost": (SPREAD, "/books?a=1", "/books", "the query 'a' is not there, meant was '1'"),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "meant", "said", "expected"), MEMBERS.values(), ids=MEMBERS)
def test_difference_of_targets(asked: Operation, meant: str, said: str, expected: str | None) -> None:
    assert expected == difference(request(target=meant), request(target=said), asked)


HEADERS = {
    "equal": ((("x-trace", " a "),), (("x-trace", "a"), ("accept", "*/*")), None),
    "other": ((("x-trace", "a"),), (("x-trace", "b"),), "the header 'x-trace' is 'b', meant was 'a'"),
    "undocumented": ((("x-shop", "a"),), (), None),
    "cookie": ((("cookie", "mode=dark; other=1"),), (("cookie", "mode=dark"),), None),
    "the body's": ((("content-length", "7"),), (("content-length", "8"),), None),
    "no parameter": ((("accept", "text/csv"),), (("accept", "*/*"),), None),
    "the library's own": ((), (("user-agent", "httpx"),), None),
    "the caller's": (
        (("user-agent", "mine"),),
        (("user-agent", "httpx"),),
        "the header 'user-agent' is 'httpx', meant was 'mine'",
    ),
    "quoted cookie": ((("cookie", "mode=a b"),), (("cookie", 'mode="a b"'),), None),
    "other cookie": ((("cookie", "mode=dark"),), (), "the cookie 'mode' is not there, meant was 'dark'"),
}


@pytest.mark.parametrize(("meant", "said", "expected"), HEADERS.values(), ids=HEADERS)
def test_difference_of_headers(
    meant: tuple[tuple[str, str], ...], said: tuple[tuple[str, str], ...], expected: str | None
) -> None:
    first, second = (request(target="/books", headers=headers) for headers in (meant, said))
    assert expected == difference(first, second, LISTED)


def test_another_method() -> None:
    said = replace(request(), method="PUT")
    assert difference(request(), said, operation()) == "the method is PUT, meant was GET"


def _form(*parts: Part) -> tuple[str, bytes]:
    body, kind = join(parts)
    return kind, body


JSON_TYPE, FORM_TYPE = "application/json", "application/x-www-form-urlencoded"
PART = Part(name="file", data="abc", filename="a.txt", media_type="text/plain")
BODIES = {
    "JSON": ((JSON_TYPE, b'{"a": 1}'), ("application/merge-patch+json", b'{"a":1.0}'), None),
    "other JSON": ((JSON_TYPE, b"[1]"), (JSON_TYPE, b"[2]"), "the body /0 is 2, meant was 1"),
    "no JSON": ((JSON_TYPE, b"{"), (JSON_TYPE, b"["), "the body is '['"),
    "no JSON, equal": ((JSON_TYPE, b"{"), (JSON_TYPE, b"{"), None),
    "lost": ((JSON_TYPE, b"1"), ("", b""), "the body is not there, meant was '1'"),
    "added": (("", b""), (JSON_TYPE, b"1"), "the body is '1', meant was not there"),
    "none": (("", b""), ("", b""), None),
    "another type": ((JSON_TYPE, b"1"), (FORM_TYPE, b"a=1"), f"the body is {FORM_TYPE}, meant was {JSON_TYPE}"),
    "no type": ((JSON_TYPE, b"1"), ("", b"1"), f"the body is of no media type, meant was {JSON_TYPE}"),
    "form": ((FORM_TYPE, b"a=1&b=x+y"), (FORM_TYPE, b"b=x%20y&a=1.0"), None),
    "other form": ((FORM_TYPE, b"a=1&a=2"), (FORM_TYPE, b"a=1"), "the form's 'a' is '1', meant was '1' and '2'"),
    "undocumented": ((FORM_TYPE, b"a=1&extra=2"), (FORM_TYPE, b"a=1"), None),
    "file": (_form(PART), _form(replace(PART, filename="b.txt")), None),
    "other file": (_form(PART), _form(replace(PART, data="abd")), "the form's 'file' is 'abd', meant was 'abc'"),
    "lines": (("application/jsonl", b'{"a": 1}\n2\n'), ("application/jsonl", b'{"a":1}\n\n2'), None),
    "other lines": (("application/jsonl", b"1\n"), ("application/jsonl", b"2\n"), "the body is '2\\n', meant was '1\\n'"),
    "only undocumented, and nothing": ((FORM_TYPE, b"extra=2"), ("", b""), None),
    "form lost": ((FORM_TYPE, b"a=1"), ("", b""), "the form's 'a' is not there, meant was '1'"),
    "no file": (("", b""), ("multipart/form-data; boundary=empty", b"--empty--\r\n"), None),
    "a file, and nothing": (_form(PART), ("", b""), "the form's 'file' is not there, meant was 'abc'"),
    "bytes": (("image/png", b"\x89"), ("image/png", b"\x89"), None),
    "other bytes": (("text/csv", b"a"), ("text/csv", b"b"), "the body is 'b', meant was 'a'"),
}  # fmt: skip


@pytest.mark.parametrize(("meant", "said", "expected"), BODIES.values(), ids=BODIES)
def test_difference_of_bodies(meant: tuple[str, bytes], said: tuple[str, bytes], expected: str | None) -> None:
    asked = operation(body=Body(required=True, content={"*/*": MediaType(schema=True)}))
    assert expected == difference(_sent(*meant), _sent(*said), asked, (("extra",),))


TAGGED: Json = {
    "components": {
        "schemas": {
            "Dog": {"properties": {"kind": {"const": "dog", "default": "dog"}, "age": {"type": "integer"}}},
            "Cat": {"properties": {"kind": {"enum": ["cat"]}, "mood": {"enum": ["good", "bad"]}, "any": True}},
        }
    }
}
CONSTANTS = {
    "a constant": ([{"age": 1}], [{"age": 1, "kind": "dog"}], None),
    "an enum of one": ({}, {"kind": "cat"}, None),
    "another value": ({}, {"kind": "cow"}, "the body /kind is 'cow', meant was not there"),
    "an enum of two": ({}, {"mood": "good"}, "the body /mood is 'good', meant was not there"),
    "lost": ({"kind": "dog"}, {}, "the body /kind is not there, meant was 'dog'"),
}


@pytest.mark.parametrize(("meant", "said", "expected"), CONSTANTS.values(), ids=CONSTANTS)
def test_a_tag_says_nothing_that_was_not_meant(meant: Json, said: Json, expected: str | None) -> None:
    asked = replace(operation(body=Body(required=True, content={JSON_TYPE: MediaType(schema=True)})), document=TAGGED)
    first, second = (_sent(JSON_TYPE, json.dumps(value).encode()) for value in (meant, said))
    assert expected == difference(first, second, asked)


def _sent(kind: str, body: bytes) -> Request:
    headers = (("content-type", kind),) if kind else ()
    return request("POST", headers=headers, body=body or None)


def test_a_body_that_is_documented_nowhere_does_not_count() -> None:
    meant = _sent(JSON_TYPE, json.dumps([1]).encode())
    assert difference(meant, _sent("", b""), operation(method="POST")) is None
