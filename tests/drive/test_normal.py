"""Schemas for the same values have one form, and others have others."""

from typing import Any

import pytest

from upheld.drive.normal import normal

TEXT = {"type": "string"}
NULL = {"type": "null"}
CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "as it is": ({"type": "string", "minLength": 1}, {"type": "string", "minLength": 1}),
    "text or null": (
        {"type": ["string", "null"], "minLength": 1},
        {"anyOf": [{"type": "string", "minLength": 1}, NULL]},
    ),
    "two types or null": ({"type": ["string", "integer", "null"]}, {"anyOf": [{"type": ["string", "integer"]}, NULL]}),
    "null alone": ({"type": ["null"]}, {"type": ["null"]}),
    "an enum with null": (
        {"type": ["string", "null"], "enum": ["a", None]},
        {"anyOf": [{**TEXT, "enum": ["a"]}, NULL]},
    ),
    "a constant": ({"type": "string", "const": "a"}, {"type": "string", "enum": ["a"]}),
    "a part alone": ({"allOf": [TEXT]}, TEXT),
    "a part that is true": ({"allOf": [True]}, {"allOf": [True]}),
    "a part beside others": ({"allOf": [TEXT], "minLength": 1}, {"allOf": [TEXT], "minLength": 1}),
    "two parts": ({"allOf": [TEXT, TEXT]}, {"allOf": [TEXT, TEXT]}),
    "a union in a union": ({"anyOf": [{"anyOf": [TEXT, True]}, NULL]}, {"anyOf": [TEXT, True, NULL]}),
    "a union with a bound in a union": (
        {"anyOf": [{"anyOf": [TEXT], "maxLength": 1}, NULL]},
        {"anyOf": [{"anyOf": [TEXT], "maxLength": 1}, NULL]},
    ),
    "a file": ({**TEXT, "contentMediaType": "application/octet-stream"}, {**TEXT, "format": "binary"}),
    "a picture": ({**TEXT, "contentMediaType": "image/png"}, {**TEXT, "contentMediaType": "image/png"}),
}


@pytest.mark.parametrize(("schema", "expected"), CASES.values(), ids=CASES)
def test_normal(schema: dict[str, Any], expected: dict[str, Any]) -> None:
    assert expected == normal(schema)
