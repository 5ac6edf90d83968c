"""Wrappers and defaults that no caller wants are gone before the models are made; the rest stays."""

import copy
from typing import Any

import pytest

from upheld.client.plan import Plan

NULL = {"type": "null"}
LITERAL = {"type": "string", "x-enum-field-as-literal": True}
COLOR = {"$ref": "#/components/schemas/Color"}

CASES: dict[str, tuple[Any, Any]] = {
    "a bound": ({"type": "integer", "maximum": 3}, {"type": "integer", "maximum": 3}),
    "a nullable bound": (
        {"anyOf": [{"type": "integer", "maximum": 3}, NULL], "title": "A", "default": 1},
        {"type": ["integer", "null"], "maximum": 3, "title": "A"},
    ),
    "a nullable reference": ({"anyOf": [COLOR, NULL], "default": "red"}, {"anyOf": [COLOR, NULL]}),
    "a nullable enum": ({"anyOf": [{"enum": ["a"]}, NULL]}, {"anyOf": [{**LITERAL, "enum": ["a"]}, NULL]}),
    "a nullable object": (
        {"anyOf": [{"type": "object"}, NULL]},
        {"anyOf": [{"type": "object", "additionalProperties": {}}, NULL]},
    ),
    "three alternatives": (
        {"anyOf": [{"type": "integer", "maximum": 3}, {"type": "string"}, NULL]},
        {"anyOf": [{"type": "integer"}, {"type": "string"}, NULL]},
    ),
    "any or null": ({"anyOf": [{}, NULL]}, {}),
    "bounded items": (
        {"type": "array", "maxItems": 2, "items": {"type": "string", "pattern": "a"}},
        {"type": "array", "maxItems": 2, "items": {"type": "string"}},
    ),
    "bounded items or null": (
        {"type": "array", "items": {"anyOf": [{"type": "string", "maxLength": 1}, NULL]}},
        {"type": "array", "items": {"type": ["string", "null"]}},
    ),
    "bounded values": (
        {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}},
        {"type": "object", "additionalProperties": {"type": "number"}},
    ),
    "members": (
        {"properties": {"x": {"type": "string", "maxLength": 1}}},
        {"type": "object", "properties": {"x": {"type": "string", "maxLength": 1}}},
    ),
    "parts of all": ({"allOf": [{"type": "string", "maxLength": 1}]}, {"type": "string", "maxLength": 1}),
    "true": (True, {}),
    "false": (False, {}),
    "no additional properties": (
        {"additionalProperties": False},
        {"type": "object", "properties": {}, "additionalProperties": False},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("schema", "expected"), CASES.values(), ids=CASES)
def test_schema(schema: object, expected: object) -> None:
    assert expected == ready(schema)


def ready(schema: Any) -> dict[str, Any]:
    """Return a component's schema as it is prepared, the given one left as it was."""
    document = {
        "openapi": "3.1.0",
        "paths": {"/a": {}},
        "components": {"schemas": {"A": schema, "Color": {"enum": ["red"]}}},
    }
    before = copy.deepcopy(document)
    made = Plan(document).schemas["A"]
    assert document == before
    return made


DEFAULTS: dict[str, tuple[dict[str, Any], Any, bool]] = {
    "a text": ({"type": "string"}, "a", True),
    "a date": ({"type": "string", "format": "date"}, "2026-11-24", False),
    "a nullable date": ({"type": ["string", "null"], "format": "date"}, "2026-11-24", False),
    "null": ({"type": "string"}, None, False),
    "a number": ({"type": "number"}, 1, True),
    "a truth for a number": ({"type": "integer"}, True, False),
    "a number for a truth": ({"type": "boolean"}, 1, False),
    "a truth": ({"type": "boolean"}, False, True),
    "a text for a number": ({"type": "integer"}, "1", False),
    "an enum's": (COLOR, "red", True),
    "no member of the enum": (COLOR, "blue", False),
    "another model's": ({"$ref": "#/components/schemas/Nowhere"}, {}, False),
    "an inline enum's": ({"enum": ["a", 1]}, 1, True),
    "a constant": ({"const": "a"}, "a", True),
    "an empty list": ({"type": "array", "items": {"type": "string", "format": "date"}}, [], True),
    "a list of texts": ({"type": "array", "items": {"type": "string"}}, ["a"], True),
    "a list of dates": ({"type": "array", "items": {"type": "string", "format": "date"}}, ["2026-11-24"], False),
    "a list of an enum": ({"type": "array", "items": COLOR}, ["red"], True),
    "a list of models": ({"type": "array", "items": {"$ref": "#/components/schemas/Nowhere"}}, [{}], False),
    "a list of anything": ({"type": "array"}, ["a"], False),
    "an object": ({"type": "object"}, {}, False),
    "of several types": ({"type": ["string", "integer"]}, "a", False),
    "of any type": ({}, "a", False),
}


@pytest.mark.parametrize(("schema", "default", "kept"), DEFAULTS.values(), ids=DEFAULTS)
def test_default(schema: dict[str, Any], default: object, *, kept: bool) -> None:
    made = ready({"type": "object", "properties": {"x": {**schema, "default": default}}})["properties"]["x"]
    assert kept == ("default" in made)
