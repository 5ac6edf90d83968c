"""A request is taken apart and put together again, with one member exchanged and the rest as it was."""

import json

import pytest

from tests.build import operation, request
from upheld.drive.shape import Shape, members, take_apart
from upheld.model import Json, Request
from upheld.multipart import BOUNDARY, Part, join

TOLD = operation(path="/shops/{shop}/books/{book}")
JSON = (("content-type", "application/json"),)
FORM = (("content-type", "application/x-www-form-urlencoded"),)
UPLOAD = Part(name="up", data="\udcff\x00", filename="f", media_type="a/b")
MULTIPART = (("content-type", f"multipart/form-data; boundary={BOUNDARY}"),)
TARGET = "/shops/a%2Fb/books/7"
SAME: dict[str, Request] = {
    "path alone": request(target=TARGET),
    "a query": request(target=f"{TARGET}?a=1&b=&a=%C3%A4+%2B"),
    "bytes in it that are no UTF-8": request(target="/shops/%FF/books/7"),
    "a body that is no JSON": request("POST", TARGET, headers=JSON, body=b"{"),
    "a body nested too deep": request("POST", TARGET, headers=JSON, body=b"[" * 100_000),
    "a body of another kind": request("POST", TARGET, headers=(("content-type", "text/plain"),), body=b"\xff"),
    "no body": request("POST", TARGET, headers=JSON),
    "null": request("POST", TARGET, headers=JSON, body=b"null"),
    "a JSON body": request("POST", TARGET, headers=JSON, body=b'{"a": [1, null, "\\ud800"]}'),
    "a form": request("POST", TARGET, headers=FORM, body=b"a=1&a=%FF&b="),
    "a multipart form": request("POST", TARGET, headers=MULTIPART, body=join([UPLOAD])[0]),
    "a multipart form that is none": request("POST", TARGET, headers=MULTIPART, body=b"x"),
}


def shape(sent: Request) -> Shape:
    found = take_apart(sent, TOLD)
    assert found is not None
    return found


@pytest.mark.parametrize("sent", SAME.values(), ids=SAME)
def test_there_and_back(sent: Request) -> None:
    assert sent == shape(sent).built()


@pytest.mark.parametrize("target", ["/shops/a", "/shops/a/books/b/c", "/"])
def test_another_path(target: str) -> None:
    assert None is take_apart(request(target=target), TOLD)


def test_parts() -> None:
    found = shape(request("POST", f"{TARGET}?q=%FF", headers=JSON, body=b"[1]"))
    assert ((("shop", "a/b"), ("book", "7")), (("q", "\udcff"),), [1], True) == (
        found.path,
        found.query,
        found.body,
        found.has_json,
    )
    assert not shape(request(target=TARGET)).has_json


def test_paths_and_queries_are_exchanged() -> None:
    found = shape(request(target=f"{TARGET}?a=1&b=2&a=3"))
    assert "/shops/a%2Fb/books/x%3F%2Fy?a=1&b=2&a=3" == found.with_path("book", "x?/y").built().target
    assert "/shops/a%2Fb/books/%20?a=1&b=2&a=3" == found.with_path("book", "").built().target
    assert f"{TARGET}?b=2&a=%26" == found.with_query("a", "&").built().target
    assert f"{TARGET}?b=2" == found.with_query("a", None).built().target
    assert "/shops/%ED%A0%80/books/7?a=1&b=%ED%A0%80" == (
        found.with_path("shop", "\ud800").with_query("a", "1").with_query("b", "\ud800").built().target
    )
    assert TARGET == found.with_query("a", None).with_query("b", None).built().target


MEMBERS: dict[str, tuple[tuple[str | int, ...], Json, Json]] = {
    "the whole": ((), 7, 7),
    "a member": (("a",), 7, {"a": 7, "c": "d"}),
    "a new member": (("e",), 7, {"a": [1, {"b": 2}], "c": "d", "e": 7}),
    "an item": (("a", 0), 7, {"a": [7, {"b": 2}], "c": "d"}),
    "a member of an item": (("a", 1, "b"), 7, {"a": [1, {"b": 7}], "c": "d"}),
    "an item that is not there": (("a", 2), 7, {"a": [1, {"b": 2}], "c": "d"}),
    "below a text": (("c", "x"), 7, {"a": [1, {"b": 2}], "c": "d"}),
}
BODY = {"a": [1, {"b": 2}], "c": "d"}


@pytest.mark.parametrize(("path", "value", "expected"), MEMBERS.values(), ids=MEMBERS)
def test_members_are_exchanged(path: tuple[str | int, ...], value: Json, expected: Json) -> None:
    found = shape(request("POST", TARGET, headers=JSON, body=json.dumps(BODY).encode()))
    assert expected == json.loads(found.with_member(path, value).built().body or b"")
    assert BODY == found.body


WITHOUT: dict[str, tuple[tuple[str | int, ...], Json]] = {
    "a member": (("c",), {"a": [1, {"b": 2}]}),
    "an item": (("a", 0), {"a": [{"b": 2}], "c": "d"}),
    "a member of an item": (("a", 1, "b"), {"a": [1, {}], "c": "d"}),
    "one that is not there": (("x",), BODY),
}


@pytest.mark.parametrize(("path", "expected"), WITHOUT.values(), ids=WITHOUT)
def test_members_are_dropped(path: tuple[str | int, ...], expected: Json) -> None:
    found = shape(request("POST", TARGET, headers=JSON, body=json.dumps(BODY).encode()))
    assert expected == json.loads(found.without_member(path).built().body or b"")


def test_forms_are_exchanged() -> None:
    found = shape(request("POST", TARGET, headers=FORM, body=b"a=1&b=2"))
    assert b"b=2&c=%FF+x" == found.with_parts([found.form[1], Part(name="c", data="\udcff x")]).built().body
    found = shape(request("POST", TARGET, headers=MULTIPART, body=join([UPLOAD])[0]))
    assert join([UPLOAD, UPLOAD])[0] == found.with_parts([UPLOAD, UPLOAD]).built().body


def test_members() -> None:
    """Outer before inner, the root left out, and never more than asked for."""
    assert [(("a",), [1, {"b": 2}]), (("c",), "d"), (("a", 0), 1), (("a", 1), {"b": 2}), (("a", 1, "b"), 2)] == list(
        members(BODY)
    )
    assert [("a",), ("c",)] == [path for path, _ in members(BODY, 2)]
    assert 8 == len(list(members(list(range(20)))))
    assert [] == list(members("text"))


HEADERS = request(target=f"{TARGET}?a=1", headers=(("x-a", "1"), ("cookie", "sid=7; b=8"), ("x-a", "2")))
PAIRS: dict[str, tuple[str, str, str | None, str, tuple[tuple[str, str], ...]]] = {
    "a query value": ("query", "a", "2", f"{TARGET}?a=2", HEADERS.headers),
    "a header": ("header", "X-A", "3", HEADERS.target, (("cookie", "sid=7; b=8"), ("x-a", "3"))),
    "no header": ("header", "X-A", None, HEADERS.target, (("cookie", "sid=7; b=8"),)),
    "a header that none can carry": ("header", "X-A", "a\nb", HEADERS.target, (("cookie", "sid=7; b=8"),)),
    "a cookie": ("cookie", "sid", "9", HEADERS.target, (("x-a", "1"), ("x-a", "2"), ("cookie", "b=8; sid=9"))),
    "no cookie": ("cookie", "sid", None, HEADERS.target, (("x-a", "1"), ("x-a", "2"), ("cookie", "b=8"))),
    "a new cookie": (
        "cookie",
        "c",
        "1",
        HEADERS.target,
        (("x-a", "1"), ("x-a", "2"), ("cookie", "sid=7; b=8; c=1")),
    ),
}


@pytest.mark.parametrize(("location", "name", "value", "target", "headers"), PAIRS.values(), ids=PAIRS)
def test_pairs_are_exchanged(
    location: str, name: str, value: str | None, target: str, headers: tuple[tuple[str, str], ...]
) -> None:
    found = shape(HEADERS).with_pair(location, name, value)
    assert (target, headers) == (found.built().target, found.built().headers)
    assert (value in [text for key, text in found.pairs(location) if key.lower() == name.lower()]) == (
        value is not None and "\n" not in value
    )


def test_the_last_cookie_takes_its_header_along() -> None:
    found = shape(request(target=TARGET, headers=(("cookie", "a=1"),))).with_pair("cookie", "a", None)
    assert () == found.built().headers
