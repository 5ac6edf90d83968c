"""Schemas are looked at through references and unions; where nothing can be told, nothing is said."""

from typing import Any

import pytest

from upheld.client import looking

DOCUMENT: dict[str, Any] = {
    "components": {
        "schemas": {
            "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}},
            "Book": {
                "allOf": [
                    {"$ref": "#/components/schemas/Base"},
                    {"required": ["title"], "properties": {"title": {"type": "string"}}},
                ]
            },
            "Maybe": {"anyOf": [{"$ref": "#/components/schemas/Book"}, {"type": "null"}]},
            "Null": {"type": "null"},
            "Round": {"$ref": "#/components/schemas/Round"},
        }
    }
}
BOOK = {"$ref": "#/components/schemas/Book"}
TEXT = {"type": "string"}

WITHOUT: dict[str, tuple[Any, Any]] = {
    "nothing to leave out": (TEXT, TEXT),
    "a truth": (True, True),
    "one of two types": ({"type": ["string", "null"], "maxLength": 3}, {"type": "string", "maxLength": 3}),
    "one of three types": ({"type": ["string", "null", "integer"]}, {"type": ["string", "integer"]}),
    "of OpenAPI 3.0": ({"type": "string", "nullable": True}, TEXT),
    "one of two alternatives": (
        {"anyOf": [TEXT, {"type": "null"}], "title": "A", "default": None},
        {"type": "string", "title": "A", "default": None},
    ),
    "a reference or null": ({"oneOf": [BOOK, {"type": "null"}], "title": "A"}, BOOK),
    "null elsewhere": ({"anyOf": [TEXT, {"$ref": "#/components/schemas/Null"}]}, TEXT),
    "one of three alternatives": (
        {"anyOf": [TEXT, {"type": "null"}, {"type": "integer"}]},
        {"anyOf": [TEXT, {"type": "integer"}]},
    ),
}


@pytest.mark.parametrize(("schema", "expected"), WITHOUT.values(), ids=WITHOUT)
def test_without_null(schema: Any, expected: Any) -> None:
    assert expected == looking.without_null(DOCUMENT, schema)


NULLS: dict[str, tuple[Any, bool]] = {
    "anything": (True, True),
    "nothing": (False, False),
    "what says nothing": ({}, True),
    "a text": (TEXT, False),
    "a text or null": ({"type": ["string", "null"]}, True),
    "of OpenAPI 3.0": ({"type": "string", "nullable": True}, True),
    "an enum with null": ({"enum": ["a", None]}, True),
    "an enum without": ({"enum": ["a"]}, False),
    "a constant": ({"const": "a"}, False),
    "the constant": ({"const": None}, True),
    "a union": ({"$ref": "#/components/schemas/Maybe"}, True),
    "a union without": ({"anyOf": [TEXT, {"type": "integer"}]}, False),
    "all of": ({"allOf": [{"type": ["string", "null"]}, TEXT]}, False),
}


@pytest.mark.parametrize(("schema", "expected"), NULLS.values(), ids=NULLS)
def test_allows_null(schema: Any, expected: bool) -> None:
    assert expected is looking.allows_null(DOCUMENT, schema)


def test_members() -> None:
    for schema in (BOOK, {"$ref": "#/components/schemas/Maybe"}):
        assert {"id": {"type": "integer"}, "title": TEXT} == looking.properties(DOCUMENT, schema)
        assert {"id", "title"} == looking.required(DOCUMENT, schema)
        assert {"object"} == looking.kinds(DOCUMENT, schema) - {"null"}


ITEMS: dict[str, tuple[Any, Any]] = {
    "a list": ({"type": "array", "items": TEXT}, TEXT),
    "a list of anything": ({"type": "array"}, True),
    "a list or null": ({"anyOf": [{"type": "array", "items": TEXT}, {"type": "null"}]}, TEXT),
    "no list": (TEXT, None),
    "nowhere": ({"$ref": "#/components/schemas/Nowhere"}, None),
    "round in a circle": ({"$ref": "#/components/schemas/Round"}, None),
}


@pytest.mark.parametrize(("schema", "expected"), ITEMS.values(), ids=ITEMS)
def test_items(schema: Any, expected: Any) -> None:
    assert expected == looking.items(DOCUMENT, schema)
