"""What is broken is put into what was accepted, where something else refused it first; and nothing else is."""

import json
import random
from dataclasses import replace
from typing import Any

import pytest

from tests.build import body, exchange, operation, parameter, request
from upheld.drive.graft import grafts, masked
from upheld.drive.seen import Seen
from upheld.drive.splice import Splicer
from upheld.model import Json, Operation, Refusal, Request, Sighting, Violation
from upheld.schema import Judge

JSON = (("content-type", "application/json"),)
FORM = (("content-type", "application/x-www-form-urlencoded"),)
ORDER = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "enum": ["a", "b"]},
        "mail": {"type": "string", "format": "email"},
        "lines": {"type": "array", "items": {"properties": {"count": {"type": "integer"}}}},
    },
}
POST = operation(
    method="POST",
    path="/shops/{shop}/orders",
    parameters=(
        parameter("shop", {"type": "integer"}, "path"),
        parameter("q", {"type": "integer"}),
        parameter("X-Mode", {"enum": ["fast"]}, "header"),
    ),
    body=body(ORDER),
)


def broken(where: tuple[str | int, ...], keyword: str = "maximum") -> Violation:
    return Violation(where=where, keyword=keyword, message="is wrong")


def refusal(*where: str | int) -> Refusal:
    return Refusal(where=where, kind="x", message="refused", bare=False, location=None)


TITLE = broken(("body", "title"))
MASKED: dict[str, tuple[dict[str, Any], bool]] = {
    "a conflict": ({"status": 409}, True),
    "another member was refused": ({"status": 422, "refusals": [refusal("body", "mail")]}, True),
    "it was refused itself": ({"status": 422, "refusals": [refusal("body", "title")]}, False),
    "what it is part of was refused": ({"status": 422, "refusals": [refusal("body")]}, False),
    "a part of it was refused": ({"status": 422, "refusals": [refusal("body", "title", "str")]}, False),
    "an item, not the number of them": (
        {"status": 422, "refusals": [refusal("body", "title", 0)], "violations": (replace(TITLE, keyword="maxItems"),)},
        True,
    ),
    "the number of them": (
        {"status": 422, "refusals": [refusal("body", "title")], "violations": (replace(TITLE, keyword="maxItems"),)},
        False,
    ),
    "it was accepted": ({"status": 200}, False),
    "the server failed": ({"status": 500}, False),
    "nothing is broken": ({"status": 409, "violations": ()}, False),
    "undecided": ({"status": 409, "violations": None}, False),
    "two things are": ({"status": 409, "violations": (TITLE, broken(("query", "q")))}, False),
    "the body as a whole": ({"status": 409, "violations": (broken(("body",)),)}, False),
    "the framework refused": ({"status": 400, "quirk": "json-unparsable"}, False),
}


@pytest.mark.parametrize(("told", "hidden"), MASKED.values(), ids=MASKED)
def test_masked(told: dict[str, Any], hidden: bool) -> None:
    options = {"violations": (TITLE,)} | told
    seen = Sighting(refusals=tuple(options.pop("refusals", ())), quirk=options.pop("quirk", None))
    assert hidden == (masked(replace(exchange(seen=seen), **options)) is not None)


def asked(value: Json, target: str = "/shops/1/orders", headers: tuple[tuple[str, str], ...] = ()) -> Request:
    return request("POST", target, headers=(*JSON, *headers), body=json.dumps(value).encode())


def grafted(one: Request, where: tuple[str | int, ...], *accepted: Request, keyword: str = "x", **options: Any) -> Any:
    told: Operation = options.get("told", POST)
    splicer = Splicer(told, Seen(), Judge({"openapi": "3.1.0"}), random.Random(1))
    return list(grafts([(one, broken(where, keyword))], accepted, splicer))


GOOD = asked({"title": "a", "mail": "x@y.z", "lines": [{"count": 1}, {"count": 2}]}, "/shops/7/orders?q=1")
BODIES: dict[str, tuple[Json, tuple[str | int, ...], str, Json]] = {
    "a member": ({"title": "c"}, ("title",), "enum", {"title": "c"}),
    "an inner one": (
        {"lines": [{"count": 0}]},
        ("lines", 0, "count"),
        "minimum",
        {"lines": [{"count": 0}, {"count": 2}]},
    ),
    "an inner one with nothing to be put into": (
        {"lines": [{}, {}, {"count": 0}]},
        ("lines", 2, "count"),
        "minimum",
        {"lines": [{}, {}, {"count": 0}]},
    ),
    "too many": (
        {"lines": [{"count": "bad"}] * 3},
        ("lines",),
        "maxItems",
        {"lines": [{"count": 1}, {"count": 2}, {"count": 1}]},
    ),
    "not even a list": ({"lines": 7}, ("lines",), "maxItems", {"lines": 7}),
    "too few": ({"lines": []}, ("lines",), "minItems", {"lines": []}),
}


@pytest.mark.parametrize(("value", "path", "keyword", "changed"), BODIES.values(), ids=BODIES)
def test_bodies(value: Json, path: tuple[str | int, ...], keyword: str, changed: Json) -> None:
    renewed, same = grafted(asked(value), ("body", *path), asked({"title": "old"}), GOOD, keyword=keyword)
    for sent in (renewed, same):
        assert "/shops/7/orders?q=1" == sent.target
        found, good = json.loads(sent.body), json.loads(GOOD.body or b"")
        assert {**good, **changed, "mail": found["mail"]} == found
    assert json.loads(same.body)["mail"] == "x@y.z"
    assert json.loads(renewed.body)["mail"].endswith("@example.com")


def test_a_member_that_is_missing() -> None:
    for sent in grafted(asked({"mail": "a@b.c"}), ("body", "title"), GOOD, keyword="required"):
        assert {"mail", "lines"} == json.loads(sent.body).keys()


def test_parameters() -> None:
    one = asked({}, "/shops/0/orders?q=9&q=10", (("x-mode", "slow"),))
    assert "/shops/0/orders?q=1" == grafted(one, ("path", "shop"), GOOD)[1].target
    assert "/shops/7/orders?q=10" == grafted(one, ("query", "q"), GOOD)[1].target
    assert "slow" == grafted(one, ("header", "X-Mode"), GOOD)[1].header("x-mode")
    assert "/shops/7/orders" == grafted(asked({}), ("query", "q"), GOOD)[1].target


def test_forms() -> None:
    told = operation(method="POST", path="/a", body=body(ORDER, FORM[0][1]))
    one, good = (request("POST", "/a", headers=FORM, body=raw) for raw in (b"title=c&mail=m", b"title=a&lines=1"))
    (_, same) = grafted(one, ("body", "title"), good, told=told)
    assert b"lines=1&title=c" == same.body


def test_nothing_to_graft_on() -> None:
    one = asked({"title": "c"})
    assert [] == grafted(one, ("body", "title"))
    assert [] == grafted(one, ("body", "title"), request("POST", "/shops/1/orders"))
    assert [] == grafted(replace(one, target="/elsewhere"), ("body", "title"), GOOD)
