"""Where docs were edited, members go to the ends of what the types say, and just past them; elsewhere nothing is sent."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.build import body, handler, operation, parameter, request
from upheld.drive.declared import declared
from upheld.model import Json, Operation, Schema
from upheld.schema import Judge

JUDGE = Judge({"openapi": "3.1.0"})
JSON = (("content-type", "application/json"),)
BODIES: dict[str, tuple[Schema, Schema, Json, list[Json]]] = {
    "a bound": ({"type": "integer"}, {"type": "integer", "maximum": 9}, 5, [9, 10, 8]),
    "an exclusive bound": ({"type": "integer"}, {"type": "integer", "exclusiveMinimum": 0}, 5, [0, -1, 1]),
    "a length": ({"type": "string"}, {"type": "string", "maxLength": 2}, "x", ["aa", "aaa", "a"]),
    "a length of what has a pattern": (
        {},
        {"type": "string", "maxLength": 2, "pattern": "^[xy]+$"},
        "y",
        ["yy", "yyy", "y"],
    ),
    "a length of what has a pattern, and is empty": (
        {},
        {"type": "string", "maxLength": 2, "pattern": "^x*$"},
        "",
        ["xx", "xxx", "x"],
    ),
    "a length that its pattern does not have": ({}, {"type": "string", "maxLength": 2, "pattern": "^x$"}, "x", ["x"]),
    "a list": ({"enum": ["a"]}, {"enum": ["a", "b"]}, "a", ["a", "b"]),
    "one value": ({"const": "b"}, {"const": "a"}, "a", ["a"]),
    "how many": ({"type": "array"}, {"type": "array", "maxItems": 2}, [1], [[1, 1], [1, 1, 1], [1]]),
    "how many of none": ({"type": "array"}, {"type": "array", "maxItems": 2}, [], []),
    "an optional one": ({}, {"anyOf": [{"type": "integer", "maximum": 9}, {"type": "null"}]}, 5, [9, 10, 8]),
    "the same": ({"type": "integer", "maximum": 9}, {"type": "integer", "maximum": 9}, 5, []),
    "nothing is bounded": ({"type": "string"}, {"type": "integer"}, 5, []),
}


def edited(mine: Any, theirs: Any) -> Operation:
    told = operation(method="POST", path="/", body=body(mine))
    return replace(told, generated=replace(told, body=body(theirs)))


@pytest.mark.parametrize(("mine", "theirs", "old", "values"), BODIES.values(), ids=BODIES)
def test_members(mine: Schema, theirs: Schema, old: Json, values: list[Json]) -> None:
    told = edited(
        {"properties": {"it": mine, "same": {"maximum": 3}}}, {"properties": {"it": theirs, "same": {"maximum": 3}}}
    )
    sent = request("POST", "/", headers=JSON, body=json.dumps({"it": old}).encode())
    assert values == [json.loads(made.body or b"")["it"] for made in declared(sent, told, JUDGE)]


def test_items() -> None:
    told = edited({"items": {"type": "integer"}}, {"items": {"type": "integer", "maximum": 9}})
    sent = request("POST", "/", headers=JSON, body=b"[1, 2]")
    assert [[9, 2], [10, 2], [8, 2]] == [json.loads(made.body or b"") for made in declared(sent, told, JUDGE)]


def test_parameters() -> None:
    told = operation(
        parameters=(parameter("book_id", {}, "path"), parameter("q", {"enum": ["a"]}), parameter("X-N", {}, "header"))
    )
    typed = (
        parameter("book_id", {"minimum": 1}, "path"),
        parameter("q", {"enum": ["a", "b"]}),
        parameter("X-N", {}, "header"),
    )
    told = replace(told, generated=replace(told, parameters=typed))
    found = [made.target for made in declared(request(target="/books/5"), told, JUDGE)]
    assert ["/books/1", "/books/0", "/books/2", "/books/5?q=a", "/books/5?q=b"] == found


def test_forms() -> None:
    form = "application/x-www-form-urlencoded"
    mine = {"properties": {"n": {"type": "integer"}, "m": {"type": "integer"}, "t": {"type": "string"}}}
    theirs = {**mine, "properties": {**mine["properties"], "n": {"maximum": 9}, "t": {"enum": ["b"]}}}
    told = operation(method="POST", path="/", body=body(mine, form))
    told = replace(told, generated=replace(told, body=body(theirs, form)))
    sent = request("POST", "/", headers=(("content-type", form),), body=b"n=1&m=2")
    assert [b"m=2&n=9", b"m=2&n=10", b"m=2&n=8", b"n=1&m=2&t=b"] == [made.body for made in declared(sent, told, JUDGE)]


def note(body: Any) -> bool:
    """Compare with words."""
    return body["page"] in ("recto", "verso") and body["size"] < 7


def test_a_handler_that_reads_the_body_itself() -> None:
    page = {"properties": {"page": {"enum": ["recto"]}, "note": {"type": "string"}}}
    told = operation(method="POST", path="/", body=body(page), handler=handler(endpoint=note))
    told = replace(told, generated=replace(told, body=None))
    sent = request("POST", "/", headers=JSON, body=b'{"page": "recto", "note": "x"}')
    found = [json.loads(made.body or b"") for made in declared(sent, told, JUDGE)]
    assert {"recto", "verso", "page", "size", note.__doc__} == {one["page"] for one in found}
    assert {"x"} == {one["note"] for one in found}
    unserved = replace(told, handler=None)
    assert [] == list(declared(sent, unserved, JUDGE))


def test_docs_that_nobody_edited() -> None:
    told = operation(parameters=(parameter("book_id", {"minimum": 1}, "path"),))
    assert [] == list(declared(request(), replace(told, generated=told), JUDGE))
    assert [] == list(declared(request(), told, JUDGE)), "nothing serves it"
