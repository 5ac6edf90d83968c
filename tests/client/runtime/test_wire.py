"""Arguments stand in a request as OpenAPI says: the tables of its style examples, and what they leave open."""

from typing import Any

import pytest
from pydantic import BaseModel, Field

from upheld.client.runtime import wire
from upheld.client.runtime.wire import Body, Member, Parameter, Sent

COLORS = ["blue", "black", "brown"]
SHADES = {"R": 100, "G": 200, "B": 150}

# OpenAPI 3.1.1, 4.8.12.3, Style Examples.
PATHS: dict[str, tuple[str, bool, Any, str]] = {
    "simple": ("simple", False, "blue", "blue"),
    "simple, a list": ("simple", False, COLORS, "blue,black,brown"),
    "simple, an object": ("simple", False, SHADES, "R,100,G,200,B,150"),
    "simple, exploded": ("simple", True, SHADES, "R=100,G=200,B=150"),
    "label": ("label", False, "blue", ".blue"),
    "label, a list": ("label", False, COLORS, ".blue,black,brown"),
    "label, a list exploded": ("label", True, COLORS, ".blue.black.brown"),
    "label, an object exploded": ("label", True, SHADES, ".R=100.G=200.B=150"),
    "matrix": ("matrix", False, "blue", ";color=blue"),
    "matrix, a list": ("matrix", False, COLORS, ";color=blue,black,brown"),
    "matrix, a list exploded": ("matrix", True, COLORS, ";color=blue;color=black;color=brown"),
    "matrix, an object": ("matrix", False, SHADES, ";color=R,100,G,200,B,150"),
    "matrix, an object exploded": ("matrix", True, SHADES, ";R=100;G=200;B=150"),
    "a comma": ("simple", False, ["a,b", "c"], "a%2Cb,c"),
    "a slash": ("simple", False, "a/b?c", "a%2Fb%3Fc"),
    "a truth": ("simple", False, True, "true"),
    "a number": ("simple", False, 1.5, "1.5"),
    "dots": ("simple", False, "..", "%2E%2E"),
}


@pytest.mark.parametrize(("style", "explode", "value", "expected"), PATHS.values(), ids=PATHS)
def test_path(style: str, explode: bool, value: object, expected: str) -> None:
    parameter = Parameter("color", "path", style=style, explode=explode)
    assert f"/{expected}/x" == wire.path("/{color}/x", [parameter], {"color": value})


QUERIES: dict[str, tuple[str, bool | None, Any, str]] = {
    "form": ("form", None, "blue", "color=blue"),
    "form, a list": ("form", False, COLORS, "color=blue,black,brown"),
    "form, a list exploded": ("form", True, COLORS, "color=blue&color=black&color=brown"),
    "form, an object": ("form", False, SHADES, "color=R,100,G,200,B,150"),
    "form, an object exploded": ("form", None, SHADES, "R=100&G=200&B=150"),
    "spaces, a list": ("spaceDelimited", False, COLORS, "color=blue%20black%20brown"),
    "spaces, an object": ("spaceDelimited", False, SHADES, "color=R%20100%20G%20200%20B%20150"),
    "pipes, a list": ("pipeDelimited", False, COLORS, "color=blue%7Cblack%7Cbrown"),
    "deep": ("deepObject", True, SHADES, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
    "deeper": ("deepObject", True, {"a": {"b": [1, 2]}}, "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2"),
    "nothing in it": ("form", None, [], ""),
    "an empty object": ("form", False, {}, ""),
    "null in it": ("form", None, ["a", None], "color=a"),
    "an empty text": ("form", None, "", "color="),
    "what means something": ("form", None, "a&b=c d+e", "color=a%26b%3Dc%20d%2Be"),
    "an object with a list": ("form", True, {"a": [1, 2], "b": None}, "a=1&a=2"),
    "not sent": ("form", None, None, ""),
}


@pytest.mark.parametrize(("style", "explode", "value", "expected"), QUERIES.values(), ids=QUERIES)
def test_query(style: str, explode: bool | None, value: object, expected: str) -> None:
    parameter = Parameter("color", "query", style=style, explode=explode)
    assert expected == "&".join("=".join(pair) for pair in wire.query([parameter], {"color": value}))


def test_document() -> None:
    """A parameter that is a JSON document: null is sent, what is not given is not."""
    parameter = Parameter("filter", "query", media_type="application/json")
    assert [("filter", "%7B%22a%22%3Anull%7D")] == wire.query([parameter], {"filter": {"a": None}})
    assert [("filter", "null")] == wire.query([parameter], {"filter": None})
    assert wire.query([parameter], {"filter": wire.UNSET}) == []


def test_headers() -> None:
    parameters = [Parameter("X-A", "header", "a"), Parameter("X-B", "header", "b", explode=True)]
    assert [("X-A", "1,2"), ("X-B", "k=v w")] == wire.headers(parameters, {"a": [1, 2], "b": {"k": "v w"}})


def test_cookies() -> None:
    parameters = [Parameter("a", "cookie"), Parameter("b", "cookie")]
    assert ["a=1", "a=2", 'b="x\\073 y"'] == wire.cookies(parameters, {"a": [1, 2], "b": "x; y"})


class Leaf(BaseModel):
    type_: str = Field(alias="type")
    note: str | None = None


BODIES: dict[str, tuple[Body, dict[str, Any], Sent]] = {
    "json": (
        Body("json", "application/json"),
        {"body": [Leaf(type="a"), Leaf(type="b", note=None)]},
        Sent("application/json", b'[{"type":"a"},{"type":"b","note":null}]'),
    ),
    "no json": (Body("json", "application/json"), {"body": None}, Sent()),
    "null": (Body("json", "application/json", null=True), {"body": None}, Sent("application/json", b"null")),
    "lines": (
        Body("lines", "application/jsonl"),
        {"body": iter([{"a": 1}, 2])},
        Sent("application/jsonl", b'{"a":1}\n2\n'),
    ),
    "lines as they are": (
        Body("lines", "application/jsonl"),
        {"body": b"1\n"},
        Sent("application/jsonl", b"1\n"),
    ),
    "text": (Body("text", "text/plain"), {"body": "ü"}, Sent("text/plain", "ü".encode())),
    "bytes": (Body("bytes", "image/png"), {"body": wire.File(b"\x89")}, Sent("image/png", b"\x89")),
    "a form": (
        Body("form", "application/x-www-form-urlencoded", (Member("a b", "a"), Member("c"), Member("d"))),
        {"a": "x y", "c": [1, 2], "d": {"k": None}},
        Sent("application/x-www-form-urlencoded", b"a%20b=x%20y&c=1&c=2&d=%7B%22k%22%3Anull%7D"),
    ),
    "a whole form": (
        Body("form", "application/x-www-form-urlencoded"),
        {"body": {"a": 1, "b": None}},
        Sent("application/x-www-form-urlencoded", b"a=1"),
    ),
    "a deep form": (
        Body("form", "application/x-www-form-urlencoded", (Member("a", style="deepObject", explode=True),)),
        {"a": {"b": 1}},
        Sent("application/x-www-form-urlencoded", b"a%5Bb%5D=1"),
    ),
    "parts": (
        Body("multipart", "multipart/form-data", (Member("a"), Member("b"), Member("f", file=True), Member("z"))),
        {"a": ["x", "y"], "b": {"k": 1}, "f": b"z", "z": None},
        Sent(
            files=[
                ("a", (None, b"x", None)),
                ("a", (None, b"y", None)),
                ("b", (None, b'{"k":1}', "application/json")),
                ("f", ("upload", b"z", "application/octet-stream")),
            ]
        ),
    ),
    "no parts": (
        Body("multipart", "multipart/form-data", (Member("a"),)),
        {},
        Sent("multipart/form-data; boundary=empty", b"--empty--\r\n"),
    ),
}


@pytest.mark.parametrize(("body", "arguments", "expected"), BODIES.values(), ids=BODIES)
def test_body(body: Body, arguments: dict[str, Any], expected: Sent) -> None:
    assert expected == wire.body(body, arguments)


def test_no_json() -> None:
    with pytest.raises(ValueError, match="Out of range float values are not JSON compliant"):
        wire.as_json({"a": float("nan")})


def test_no_lines() -> None:
    with pytest.raises(TypeError, match="the body is 'abc', expected an iterable of items, or bytes"):
        wire.body(Body("lines", "application/jsonl"), {"body": "abc"})
