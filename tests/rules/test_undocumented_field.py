"""A member counts as named by its schema, by any part of a union that takes it, or where extras are declared."""

import pytest

from tests.build import exchange, operation, response
from upheld.model import Json, Level, Raised, Sighting
from upheld.rules.undocumented_field import RULE, check

NAME = {"name": {"type": "string"}}
USER = {"type": "object", "properties": NAME}
DOCUMENT = {"openapi": "3.1.0", "components": {"schemas": {"User": USER}}}
REF = {"$ref": "#/components/schemas/User"}
LIST = {"type": "array", "items": REF}
CASES: dict[str, tuple[Json, str, str | None]] = {
    "all are named": (USER, '{"name": "a"}', None),
    "extras are declared": ({**USER, "additionalProperties": {"type": "string"}}, '{"name": "a", "x": "b"}', None),
    "extras are allowed in so many words": ({**USER, "additionalProperties": True}, '{"x": 1}', None),
    "extras are forbidden: the schema rejects them": ({**USER, "additionalProperties": False}, '{"x": 1}', None),
    "names follow a pattern": ({**USER, "patternProperties": {"^x": True}}, '{"x": 1}', None),
    "unevaluated members are spoken of": ({**USER, "unevaluatedProperties": False}, '{"x": 1}', None),
    "the object names nothing at all": ({"type": "object"}, '{"x": 1}', None),
    "no schema": (None, '{"x": 1}', None),
    "anything goes": (True, '{"x": 1}', None),
    "no object": ({"type": "integer"}, "1", None),
    "named in a part of allOf": ({"allOf": [USER, {"properties": {"x": True}}]}, '{"name": "a", "x": 1}', None),
    "named in the union's part that fits": (
        {"anyOf": [USER, {"type": "object", "properties": {"x": {"type": "integer"}}, "required": ["x"]}]},
        '{"x": 1}',
        None,
    ),
    "named in the items of another list that fits": (
        {"anyOf": [LIST, {"type": "array", "items": {"properties": {"x": True}}}]},
        '[{"name": "a", "x": 1}]',
        None,
    ),
    "named in a member of another part that fits": (
        {"anyOf": [{"properties": {"owner": REF}}, {"properties": {"owner": {"properties": {"x": True}}}}]},
        '{"owner": {"name": "a", "x": 1}}',
        None,
    ),
    "anything goes in another part that fits": ({"anyOf": [USER, {"type": "object"}]}, '{"x": 1}', None),
    "in no part's items": (
        {"anyOf": [LIST, {"type": "array", "items": {"properties": {"x": True}}}]},
        '[{"name": "a", "y": 1}]',
        "[].y",
    ),
    "beside a part that only requires": ({"allOf": [USER, {"required": ["name"]}]}, '{"name": "a", "x": 1}', "x"),
    "a leak": (USER, '{"name": "a", "hash": "b"}', "hash"),
    "two, sorted": (USER, '{"salt": 1, "hash": "b"}', "hash, salt"),
    "through a reference": (REF, '{"hash": "b"}', "hash"),
    "in a list": (LIST, '[{"name": "a"}, {"hash": 1}, {"hash": 2}]', "[].hash"),
    "in a tuple": ({"prefixItems": [True, REF]}, '[{"a": 1}, {"hash": 1}]', "[].hash"),
    "below a member": ({"properties": {"owner": REF}}, '{"owner": {"hash": 1}}', "owner.hash"),
    "in a member's list": (
        {"properties": {"owners": {"type": "array", "items": REF}}},
        '{"owners": [{"hash": 1}]}',
        "owners[].hash",
    ),
    "in a map's value": ({"type": "object", "additionalProperties": REF}, '{"ada": {"hash": 1}}', "ada.hash"),
    "a union's other part names it": (
        {"anyOf": [USER, {"type": "object", "properties": {"hash": {"type": "integer"}}, "required": ["hash"]}]},
        '{"name": "a", "hash": "b"}',
        "hash",
    ),
}


@pytest.mark.parametrize(("schema", "sent", "names"), CASES.values(), ids=CASES)
def test_check(schema: Json, sent: str, names: str | None) -> None:
    told = operation(responses={"200": response(schema)}, document=DOCUMENT)
    seen = exchange(operation=told, headers=(("content-type", "application/json"),), body=sent.encode())
    expected = [] if names is None else [f"the body of 200 has undocumented members: {names}"]
    assert expected == [fault.message for fault in check(seen)]


QUIET = {
    "cut off": {"cut": True},
    "not ended": {"complete": False},
    "an exception": {"seen": Sighting(escaped=Raised(kind="KeyError", message="", location=None))},
    "another media type": {"headers": (("content-type", "text/html"),)},
    "another status": {"status": 201},
    "no head": {"status": 0},
}


@pytest.mark.parametrize("overrides", QUIET.values(), ids=QUIET)
def test_what_is_not_judged(overrides: dict[str, Json]) -> None:
    told = operation(responses={"200": response(USER)}, document=DOCUMENT)
    base = {"operation": told, "headers": (("content-type", "application/json"),), "body": b'{"hash": 1}'}
    assert [] == list(check(exchange(**{**base, **overrides})))


def test_level() -> None:
    assert Level.WARNING == RULE.level
