"""Examples are read in every form a document may write them in, with the place and the schema they belong to."""

from typing import Any

import pytest

from tests.contract.test_operations import operation
from upheld.model import Json

INTEGER = {"type": "integer"}
PAGE = {"name": "page", "in": "query"}
Told = tuple[tuple[str | int, ...], Json, str | None, str]


def answers(entry: dict[str, Any], media: str = "application/json") -> dict[str, Any]:
    return {"responses": {"200": {"description": "", "content": {media: entry}}}}


CASES: dict[str, tuple[dict[str, Any], list[Told]]] = {
    "none": ({"parameters": [PAGE]}, []),
    "a parameter's": ({"parameters": [{**PAGE, "example": 3}]}, [(("query", "page"), 3, None, "")]),
    "several by name": (
        {
            "parameters": [
                {**PAGE, "examples": {"a": {"value": 1}, "b": {"externalValue": "/b"}, "c": {"dataValue": 2}}}
            ]
        },
        [(("query", "page"), 1, None, "a"), (("query", "page"), 2, None, "c")],
    ),
    "its schema's": (
        {"parameters": [{**PAGE, "schema": {**INTEGER, "examples": [1, 2], "example": 3}}]},
        [(("query", "page"), value, None, "") for value in (1, 2, 3)],
    ),
    "a parameter that is described by its content": (
        {"parameters": [{**PAGE, "content": {"application/json": {"schema": INTEGER, "example": 1}}}]},
        [(("query", "page"), 1, "application/json", "")],
    ),
    "a body's": (
        {"requestBody": {"content": {"text/csv": {"example": "a,b"}}}},
        [(("body",), "a,b", "text/csv", "")],
    ),
    "an answer's": (answers({"example": None}), [(("200",), None, "application/json", "")]),
    "of members": (
        answers({"schema": {"properties": {"tags": {"items": {"examples": ["x"]}}}}}),
        [(("200", "tags", 0), "x", "application/json", "")],
    ),
    "in a union": (
        answers({"schema": {"anyOf": [{"example": 1}, {"type": "null"}]}}),
        [(("200",), 1, "application/json", "")],
    ),
    "names that are no examples": (
        answers({"schema": {"properties": {"examples": {"type": "string"}, "example": {}}}}),
        [],
    ),
    "a list is asked for": (answers({"schema": {"examples": {"a": {"value": 1}}}}), []),
    "a reference that leads nowhere": (answers({"schema": {"$ref": "other.json"}}), []),
    "an example that leads nowhere": (answers({"examples": {"a": {"$ref": "#/components/examples/A"}}}), []),
}


@pytest.mark.parametrize(("raw", "told"), CASES.values(), ids=CASES)
def test_examples(raw: dict[str, Any], told: list[Told]) -> None:
    found = operation({"responses": {}, **raw}).examples
    assert told == [(one.where, one.value, one.media_type, one.name) for one in found]


def test_of_a_schema_that_holds_itself() -> None:
    tree = {"example": {}, "properties": {"left": {"$ref": "#/components/schemas/Tree"}}}
    components = {"schemas": {"Tree": tree}}
    found = operation(answers({"schema": {"$ref": "#/components/schemas/Tree"}}), components=components).examples
    assert [(("200",), {})] == [(one.where, one.value) for one in found]


def test_requests_ask() -> None:
    raw = {"parameters": [{**PAGE, "example": 1}], **answers({"example": 1})}
    assert [True, False] == [one.asks for one in operation(raw).examples]
