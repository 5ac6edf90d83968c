"""From one valid request: less and less of it, then what frameworks stumble over."""

import pytest

from tests.build import body, operation, parameter, request
from upheld.drive.mutate import LONG_INTEGER, parameter_names, probes
from upheld.model import Operation, Request
from upheld.multipart import Part, join, split

JSON = (("content-type", "application/json"),)
FORM = (("content-type", "application/x-www-form-urlencoded"),)
PLAIN = (("content-type", "text/plain"),)
BOOKS = operation(method="POST", path="/books", body=body({}))
BOOK = operation(path="/books/{book_id}", parameters=(parameter("q", {}), parameter("x-a", {}, "header")))
FULL = request(target="/books/7?q=1&r=2", headers=(("authorization", "Bearer x"), ("x-a", "1"), ("cookie", "a=1; b=2")))


def test_less() -> None:
    found = list(probes(FULL, BOOK))
    bare = request(target="/books/7", headers=(("authorization", "Bearer x"),))
    assert bare == found[0]
    for expected in (
        request(target="/books/7?r=2", headers=FULL.headers),
        request(target="/books/7?q=1", headers=FULL.headers),
        request(target=FULL.target, headers=(("authorization", "Bearer x"), ("cookie", "a=1; b=2"))),
        request(target=FULL.target, headers=(("authorization", "Bearer x"), ("x-a", "1"))),
        request(target=FULL.target, headers=(*FULL.headers[:2], ("cookie", "a=1"))),
        request(target=FULL.target, headers=(*FULL.headers[:2], ("cookie", "b=2"))),
    ):
        assert expected in found
    assert all(("authorization", "Bearer x") in sent.headers for sent in found)


@pytest.mark.parametrize("value", ["0", "%201%20", "1_000", "%2B1", "1.0", LONG_INTEGER, "a%2Fb", "%00", "%FF"])
def test_paths(value: str) -> None:
    assert request(target=f"/books/{value}?q=1&r=2", headers=FULL.headers) in list(probes(FULL, BOOK))


@pytest.mark.parametrize(
    "value", ["", "+1+", "1_000", "%2B1", "yes", "1e999", "nan", LONG_INTEGER, "%00", "%F0%9F%98%80"]
)
def test_queries(value: str) -> None:
    assert request(target=f"/books/7?r=2&q={value}", headers=FULL.headers) in list(probes(FULL, BOOK))


def test_only_documented_queries_are_changed() -> None:
    assert not [sent for sent in probes(FULL, BOOK) if "r=yes" in sent.target]


RAW = {
    "nothing": b"",
    "no JSON": b"{",
    "no UTF-8": b"\xff",
    "null": b"null",
    "a list": b"[]",
    "a text": b'"text"',
    "nested too deep": b"[" * 20_000,
    "nothing in it": b"{}",
    "a member less": b'{"s": "a", "d": "2024-02-29T12:00:00Z", "o": {"k": 1}}',
    "a member more": b'{"n": 1, "s": "a", "d": "2024-02-29T12:00:00Z", "o": {"k": 1}, "upheld_extra": "x"}',
    "a member more inside": b'{"n": 1, "s": "a", "d": "2024-02-29T12:00:00Z", "o": {"k": 1, "upheld_extra": "x"}}',
    "NaN": b'{"n": NaN, "s": "a", "d": "2024-02-29T12:00:00Z", "o": {"k": 1}}',
    "more than a double holds": b'{"n": 1e999, "s": "a", "d": "2024-02-29T12:00:00Z", "o": {"k": 1}}',
    "a long integer": b'{"n": %s, "s": "a", "d": "2024-02-29T12:00:00Z", "o": {"k": 1}}' % LONG_INTEGER.encode(),
    "a lone surrogate": b'{"n": 1, "s": "\\ud800", "d": "2024-02-29T12:00:00Z", "o": {"k": 1}}',
    "a number for a text": b'{"n": 1, "s": 1, "d": "2024-02-29T12:00:00Z", "o": {"k": 1}}',
    "a naive moment": b'{"n": 1, "s": "a", "d": "2024-02-29T12:00:00", "o": {"k": 1}}',
    "true for a number inside": b'{"n": 1, "s": "a", "d": "2024-02-29T12:00:00Z", "o": {"k": true}}',
}


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
def test_json_bodies(raw: bytes) -> None:
    valid = b'{"n": 1, "s": "a", "d": "2024-02-29T12:00:00Z", "o": {"k": 1}}'
    found = list(probes(request("POST", "/books", headers=JSON, body=valid), BOOKS))
    assert request("POST", "/books", headers=JSON, body=raw) in found


def test_a_list_is_probed_item_by_item() -> None:
    found = [sent.body for sent in probes(request("POST", "/books", headers=JSON, body=b'[true, 1, "a"]'), BOOKS)]
    assert {b'[true, NaN, "a"]', b"[true, 1, null]", b'[1, "a"]'} <= set(found)
    assert b'[NaN, 1, "a"]' not in found


def test_a_body_that_is_no_json_is_probed_from_outside() -> None:
    found = [sent.body for sent in probes(request("POST", "/books", headers=JSON, body=b"{"), BOOKS)]
    assert b"[]" in found


ALWAYS: dict[str, Request] = {
    "no body": request("POST", "/books"),
    "no media type": request("POST", "/books", body=b"a=1"),
    "another media type": request("POST", "/books", headers=PLAIN, body=b"a=1"),
}


@pytest.mark.parametrize("expected", ALWAYS.values(), ids=ALWAYS)
def test_any_body(expected: Request) -> None:
    for headers in (JSON, FORM, PLAIN):
        assert expected in list(probes(request("POST", "/books", headers=headers, body=b"a=1"), BOOKS))


FORMS = {
    "a member less": b"b=",
    "an empty text": b"a=&b=",
    "filled in": b"a=1&b=0",
    "a null byte": b"a=%00&b=",
    "no UTF-8": b"a=%FF&b=",
}


@pytest.mark.parametrize("raw", FORMS.values(), ids=FORMS)
def test_forms(raw: bytes) -> None:
    found = list(probes(request("POST", "/books", headers=FORM, body=b"a=1&b="), BOOKS))
    assert request("POST", "/books", headers=FORM, body=raw) in found


def test_multipart() -> None:
    up = Part(name="up", data="x", filename="f")
    raw, media = join([up])
    valid = request("POST", "/books", headers=(("content-type", media),), body=raw)
    found = list(probes(valid, BOOKS))
    assert request("POST", "/books", headers=(("content-type", "multipart/form-data"),), body=raw) in found
    bodies = [split(sent.body or b"", media) for sent in found]
    assert [Part(name="up", data="x")] in bodies
    assert [Part(name="up", data="", filename="f")] in bodies
    assert [] in bodies


QUIET: dict[str, tuple[Request, Operation, int]] = {
    "a path that does not fit has no members": (request(target="/a"), BOOK, 0),
    "nor has a form of such a path": (request("POST", "/a", headers=FORM, body=b"a=1"), BOOKS, 3),
    "a bare operation": (request(target="/a"), operation(path="/a"), 1),
}


@pytest.mark.parametrize(("sent", "told", "count"), QUIET.values(), ids=QUIET)
def test_little_to_probe(sent: Request, told: Operation, count: int) -> None:
    assert count == len(list(probes(sent, told)))


def test_parameter_names() -> None:
    assert ["a", "b"] == parameter_names("/x/{a}/{b:path}")
    assert [] == parameter_names("/x")
