"""What schemas are rewritten to before a validator sees them."""

import pytest

from upheld.dialect import absolute, modern
from upheld.model import Json

OLD: dict[str, tuple[Json, Json]] = {
    "nothing of the kind": ({"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 1}),
    "nullable": ({"type": "integer", "nullable": True}, {"type": ["integer", "null"]}),
    "not nullable": ({"type": "integer", "nullable": False}, {"type": "integer", "nullable": False}),
    "a nullable reference": (
        {"$ref": "#/a", "nullable": True},
        {"anyOf": [{"$ref": "#/a"}, {"type": "null"}]},
    ),
    "a nullable enum": (
        {"type": "string", "enum": ["a"], "nullable": True},
        {"type": ["string", "null"], "enum": ["a", None]},
    ),
    "an exclusive bound": ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
    "an inclusive bound": ({"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
    "a member called nullable": ({"properties": {"nullable": {"type": "null"}}},) * 2,
    "inside lists": ([{"items": [{"minimum": 1, "exclusiveMinimum": True}]}], [{"items": [{"exclusiveMinimum": 1}]}]),
    "a bare value": (True, True),
}


@pytest.mark.parametrize("case", OLD)
def test_what_openapi_3_0_says_is_said_in_json_schema(case: str) -> None:
    old, expected = OLD[case]
    assert modern(old) == expected


LOCAL: dict[str, tuple[Json, Json]] = {
    "a local one": ({"$ref": "#/components/schemas/A"}, {"$ref": "urn:d#/components/schemas/A"}),
    "one elsewhere": ({"$ref": "https://example.com/a#/b"}, {"$ref": "https://example.com/a#/b"}),
    "deep inside": ({"anyOf": [{"items": {"$ref": "#/a"}}]}, {"anyOf": [{"items": {"$ref": "urn:d#/a"}}]}),
    "a member called $ref": ({"properties": {"$ref": {"type": "string"}}},) * 2,
    "text that only looks like one": ({"const": "#/a"}, {"const": "#/a"}),
}


@pytest.mark.parametrize("case", LOCAL)
def test_local_references_point_into_the_document(case: str) -> None:
    schema, expected = LOCAL[case]
    assert absolute(schema, "urn:d") == expected
