"""Members go to the ends of their ranges together, then through the values that they list."""

import json
from urllib.parse import urlencode

import pytest

from tests.build import body, operation, parameter, request
from upheld.drive.extremes import extremes
from upheld.drive.shape import take_apart
from upheld.model import Json
from upheld.schema import Judge

DOCUMENT = {
    "openapi": "3.1.0",
    "components": {
        "schemas": {"Tree": {"type": "object", "properties": {"left": {"$ref": "#/components/schemas/Tree"}}}}
    },
}
JUDGE = Judge(DOCUMENT)
JSON = (("content-type", "application/json"),)
ENDS: dict[str, tuple[Json, Json, Json, Json]] = {
    "numbers": ({"type": "integer", "minimum": 1, "maximum": 9}, 5, 1, 9),
    "exclusive ends": ({"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 9}, 5, 1, 8),
    "texts": ({"type": "string", "minLength": 1, "maxLength": 3}, "xy", "a", "aaa"),
    "a text that may be none": ({"type": "string", "maxLength": 2}, "x", "", "aa"),
    "a text that is too long to be sent": ({"type": "string", "maxLength": 10**6}, "x", "", "x"),
    "a text that has a pattern": ({"type": "string", "pattern": "^x+y$", "maxLength": 4}, "xy", "xy", "xxxy"),
    "a text whose pattern has one length": ({"type": "string", "pattern": "^x$", "maxLength": 2}, "x", "x", "x"),
    "a bound that is written as a float": ({"type": "integer", "minimum": -9.3e18}, 5, -(93 * 10**17), 5),
    "dates": ({"type": "string", "format": "date"}, "2024-01-01", "0001-01-01", "9999-12-31"),
    "lists": ({"type": "array", "items": {}, "minItems": 1, "maxItems": 3}, [1, 2], [1], [1, 2, 1]),
    "a list that may be long": ({"type": "array", "items": {}, "maxItems": 100}, [1], [], [1]),
    "a list whose items differ": ({"type": "array", "items": {}, "uniqueItems": True, "maxItems": 3}, [1], [1], [1]),
    "one of several": ({"anyOf": [{"type": "integer", "maximum": 3}, {"type": "null"}]}, 1, 1, 3),
    "one that is not there": ({"anyOf": [{"type": "integer", "maximum": 3}, {"type": "null"}]}, None, None, 3),
    "nothing bounds it": ({"type": "integer"}, 5, 5, 5),
}


@pytest.mark.parametrize(("schema", "old", "least", "greatest"), ENDS.values(), ids=ENDS)
def test_ends(schema: Json, old: Json, least: Json, greatest: Json) -> None:
    object_of_it = {
        "type": "object",
        "properties": {"it": schema, "flag": {"type": "integer", "minimum": 0, "maximum": 1}},
    }
    told = operation(method="POST", path="/", body=body(object_of_it))
    sent = request("POST", "/", headers=JSON, body=json.dumps({"it": old, "flag": 7}).encode())
    found = [json.loads(made.body or b"") for made in extremes(sent, told, JUDGE)]
    assert [{"it": least, "flag": 0}, {"it": greatest, "flag": 1}] == [{"it": None, **one} for one in found[:2]]
    assert len(found) == 2 or schema.get("type") == "array"


def test_listed_values_take_turns() -> None:
    schema = {"properties": {"mode": {"enum": ["on", "off", "slow"]}, "open": {"type": "boolean"}}}
    told = operation(method="POST", path="/", body=body(schema))
    sent = request("POST", "/", headers=JSON, body=b'{"mode": "off"}')
    found = [json.loads(made.body or b"") for made in extremes(sent, told, JUDGE)]
    assert {("on", False), ("off", True), ("slow", False), ("on", True), ("off", False), ("slow", True)} == {
        (one["mode"], one["open"]) for one in found if "open" in one
    }


def test_parameters_and_forms() -> None:
    schema = {"properties": {"n": {"type": "integer", "minimum": 1, "maximum": 9}, "t": {"type": "string"}}}
    told = operation(
        method="POST",
        path="/",
        parameters=(
            parameter("q", {"type": "integer", "maximum": 5}),
            parameter("X-N", {"enum": ["a", "b"]}, "header"),
        ),
        body=body(schema, "application/x-www-form-urlencoded"),
    )
    headers = (("content-type", "application/x-www-form-urlencoded"),)
    sent = request("POST", "/?q=2", headers=headers, body=urlencode({"n": "5", "t": "x"}).encode())
    found = [(made.target, made.header("x-n"), made.body) for made in extremes(sent, told, JUDGE)]
    assert found[:2] == [("/?q=2", "a", b"n=1&t=x"), ("/?q=5", "b", b"n=9&t=x")]


def test_full_lists_of_what_is_at_its_greatest() -> None:
    """Each listed value has its turn, while texts stay as they are."""
    item = {
        "properties": {
            "size": {"enum": ["s", "l"]},
            "count": {"type": "integer", "minimum": 1, "maximum": 9},
            "name": {"type": "string", "maxLength": 9},
        }
    }
    told = operation(method="POST", path="/", body=body({"type": "array", "items": item, "maxItems": 20}))
    sent = request("POST", "/", headers=JSON, body=b'[{"size": "s", "count": 2, "name": "x"}]')
    found = [json.loads(made.body or b"") for made in extremes(sent, told, JUDGE)]
    for size in ("s", "l"):
        assert [{"size": size, "count": 9, "name": "x"}] * 20 in found


def test_a_list_that_may_have_any_length_is_filled() -> None:
    told = operation(method="POST", path="/", body=body({"type": "array", "items": {"type": "integer", "maximum": 5}}))
    found = [
        json.loads(made.body or b"") for made in extremes(request("POST", "/", headers=JSON, body=b"[1]"), told, JUDGE)
    ]
    assert [5] * 12 in found


def depth(value: Json) -> int:
    """Return how many objects and lists there are within each other."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, parts), default=0)


NESTED: dict[str, Json] = {
    "a member": {"properties": {"left": {"$ref": "#/components/schemas/Tree"}}},
    "a list": {"properties": {"all": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}}},
    "one that may be null": {
        "properties": {"left": {"anyOf": [{"$ref": "#/components/schemas/Tree"}, {"type": "null"}]}}
    },
    "two steps away": {
        "properties": {
            "pair": {"properties": {"left": {"$ref": "#/components/schemas/Tree"}, "n": {"type": "integer"}}}
        }
    },
}


@pytest.mark.parametrize("schema", NESTED.values(), ids=NESTED)
def test_a_thing_inside_others_of_its_kind(schema: Json) -> None:
    judge = Judge({"openapi": "3.1.0", "components": {"schemas": {"Tree": schema}}})
    told = operation(method="POST", path="/", body=body({"$ref": "#/components/schemas/Tree"}))
    sent = request("POST", "/", headers=JSON, body=b"{}")
    found = [json.loads(made.body or b"") for made in extremes(sent, told, judge)]
    assert {True, False} == {depth(value) > limit for value in found for limit in (6, 12)}
    assert 30 < max(map(depth, found)) < 90


def test_a_path_that_does_not_fit() -> None:
    told = operation()
    assert None is take_apart(request(target="/elsewhere"), told)
    assert [] == list(extremes(request(target="/elsewhere"), told, JUDGE))
