"""Values for examples are those that the document shows where they are right, else small ones that are."""

from typing import Any

import pytest

from upheld import contract
from upheld.client.values import Values
from upheld.schema import Judge

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "1"},
    "paths": {},
    "components": {
        "schemas": {
            "Tree": {
                "type": "object",
                "required": ["name", "below"],
                "properties": {
                    "name": {"type": "string"},
                    "note": {"type": "string"},
                    "below": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
                },
            }
        }
    },
}
NO_ZEROS = {"type": "string", "pattern": "^97[89][0-9]{10}$"}

MADE: dict[str, tuple[Any, Any]] = {
    "its example": ({"type": "integer", "examples": ["no", 7]}, 7),
    "its example, as once": ({"type": "integer", "example": 8}, 8),
    "its default": ({"type": "integer", "default": 9}, 9),
    "its constant": ({"const": "a"}, "a"),
    "its first": ({"enum": ["b", "a"]}, "b"),
    "a text": ({"type": "string"}, "text"),
    "a short one": ({"type": "string", "maxLength": 2}, "a"),
    "a long one": ({"type": "string", "minLength": 6}, "textxx"),
    "a document": ({"type": "string", "contentMediaType": "application/json"}, '"text"'),
    "a document of a schema": (
        {"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "array", "items": {"type": "integer"}}},
        "[1]",
    ),
    "a document in code": (
        {"type": "string", "contentMediaType": "application/json", "contentEncoding": "base64"},
        "text",
    ),
    "a date": ({"type": "string", "format": "date"}, "2026-01-31"),
    "an integer": ({"type": "integer"}, 1),
    "a bound": ({"type": "integer", "minimum": 5}, 5),
    "between": ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, 0.5),
    "a multiple": ({"type": "integer", "multipleOf": 4, "minimum": 5}, 8),
    "an old bound": ({"type": "integer", "minimum": 1, "exclusiveMinimum": True}, 2),
    "a truth": ({"type": "boolean"}, True),
    "null": ({"type": "null"}, None),
    "no null where it need not be": ({"anyOf": [{"type": "null"}, {"type": "integer"}]}, 1),
    "a list": ({"type": "array", "items": {"type": "integer"}}, [1]),
    "three of them": ({"type": "array", "items": {"type": "integer"}, "minItems": 3}, [1, 1, 1]),
    "a tuple": ({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "items": False}, [1, "text"]),
    "what is needed": (
        {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}},
        {"a": 1},
    ),
    "a map that may not be empty": (
        {"type": "object", "minProperties": 2, "additionalProperties": {"type": "integer"}}, {"key": 1, "key2": 1}
    ),
    "a map of few names": (
        {"type": "object", "minProperties": 1, "propertyNames": {"enum": ["a", "b"]}, "additionalProperties": {"type": "integer"}},
        {"a": 1},
    ),
    "more than what is needed": (
        {"type": "object", "minProperties": 1, "required": ["a"], "properties": {"a": {"type": "integer"}}}, {"a": 1}
    ),
    "of all parts": (
        {"allOf": [{"required": ["a"], "properties": {"a": {"type": "integer"}}}, {"required": ["b"], "properties": {"b": True}}]},
        {"a": 1, "b": "text"},
    ),
    "of one kind": ({"oneOf": [{"type": "string", "pattern": "(?!)"}, {"type": "integer"}]}, 1),
    "no type named": ({"minimum": 3}, 3),
    "in itself": ({"$ref": "#/components/schemas/Tree"}, {"name": "text", "below": [{"name": "text", "below": []}]}),
}  # fmt: skip


@pytest.mark.parametrize(("schema", "expected"), MADE.values(), ids=MADE)
def test_made(schema: Any, expected: Any) -> None:
    found = Values(contract.parse(DOCUMENT, app="t")).example(schema)
    assert expected == found
    assert type(expected) is type(found)


def test_patterns() -> None:
    values = Values(contract.parse(DOCUMENT, app="t"))
    first = values.example(NO_ZEROS)
    assert Judge.of(DOCUMENT).valid(NO_ZEROS, first)
    assert first == values.example(NO_ZEROS)


def test_shown() -> None:
    values = Values(contract.parse(DOCUMENT, app="t"))
    assert values.example({"type": "integer"}, iter(["no", 3, 4])) == 3
    assert values.example({"type": "integer"}, iter(["no"])) == 1
