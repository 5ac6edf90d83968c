"""Each mutant differs from the document in one place, and only below the operation that it is about."""

import json
from typing import Any

import jsonschema_rs
import pytest

from tests.mutants.edits import Json, changed, followed, schemas
from tests.mutants.statements import mutants

PET = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "maxLength": 9, "examples": ["Rex"]},
        "kind": {"enum": ["cat", "dog"]},
        "tag": {"type": "string", "pattern": "^[a-z]$"},
        "parent": {"$ref": "#/components/schemas/Pet"},
    },
}
REF = {"$ref": "#/components/schemas/Pet"}
JSON = "application/json"
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "1"},
    "components": {"schemas": {"Pet": PET}},
    "paths": {
        "/pets": {
            "post": {
                "parameters": [{"name": "n", "in": "query", "schema": {"type": "integer", "minimum": 1}}],
                "requestBody": {"required": True, "content": {JSON: {"schema": REF}}},
                "responses": {
                    "201": {"description": "", "content": {JSON: {"schema": REF}}},
                    "422": {"description": ""},
                },
            },
            "get": {"responses": {"200": {"description": "", "content": {JSON: {"schema": REF}}}}},
        }
    },
}
MADE = [mutant for mutant in mutants(DOCUMENT, 100) if mutant.operation == "POST /pets"]
KINDS = {
    "status dropped",
    "response header added",
    "response media type changed",
    "response type changed",
    "response member required",
    "response member dropped",
    "response bound tightened",
    "response pattern tightened",
    "response enum tightened",
    "response example broken",
    "request required dropped",
    "request required added",
    "request media type changed",
    "request type changed",
    "request bound tightened",
    "request bound dropped",
    "request pattern tightened",
    "request pattern dropped",
    "request enum tightened",
    "request enum dropped",
    "request example broken",
    "security requirement added",
}


def test_kinds() -> None:
    assert KINDS == {mutant.kind for mutant in MADE}


@pytest.mark.parametrize("mutant", MADE, ids=str)
def test_one_operation_is_wrong(mutant: Any) -> None:
    """Another operation, and the component both refer to, are as they were."""
    path = mutant.written(DOCUMENT)["paths"]["/pets"]
    assert DOCUMENT["paths"]["/pets"]["get"] == path["get"]
    assert DOCUMENT["paths"]["/pets"]["post"] != path["post"]
    assert PET == mutant.written(DOCUMENT)["components"]["schemas"]["Pet"]
    assert DOCUMENT["info"] == mutant.written(DOCUMENT)["info"]


def test_no_two_are_the_same() -> None:
    assert len(MADE) == len({json.dumps(mutant.written(DOCUMENT)) for mutant in MADE})


def test_so_many_of_a_kind_the_same_each_time() -> None:
    few = [mutant for mutant in mutants(DOCUMENT, 1) if mutant.operation == "POST /pets"]
    assert KINDS == {mutant.kind for mutant in few}
    assert len(KINDS) == len(few)
    assert [str(mutant) for mutant in few] == [str(m) for m in mutants(DOCUMENT, 1) if m.operation == "POST /pets"]


def test_broken_examples_break() -> None:
    """What is shown of a request no longer fits its schema, wherever it was put."""
    for mutant in (mutant for mutant in MADE if mutant.kind == "request example broken"):
        post = mutant.written(DOCUMENT)["paths"]["/pets"]["post"]
        holders = [post["parameters"][0], post["requestBody"]["content"][JSON]]
        shown = [(holder["schema"], holder["example"]) for holder in holders if "example" in holder]
        rooted = [{**followed(DOCUMENT, schema), "components": DOCUMENT["components"]} for schema, _ in shown]
        assert [False] == [
            jsonschema_rs.is_valid(schema, value) for schema, (_, value) in zip(rooted, shown, strict=True)
        ], str(mutant)


def test_a_component_is_changed_in_one_place() -> None:
    def less(node: Json) -> Json:
        return {**node, "type": "integer"}

    place = ("paths", "/pets", "get", "responses", "200", "content", JSON, "schema", "properties", "parent")
    made = changed(DOCUMENT, (*place, "properties", "name"), less)
    node = made["paths"]["/pets"]["get"]["responses"]["200"]["content"][JSON]["schema"]
    assert {**PET["properties"]["name"], "type": "integer"} == node["properties"]["parent"]["properties"]["name"]  # type: ignore[index]
    assert PET["properties"]["name"] == node["properties"]["name"]  # type: ignore[index]


def test_a_schema_that_holds_itself_ends() -> None:
    assert [(), ("properties", "name"), ("properties", "kind"), ("properties", "tag")] == [
        place for place, _ in schemas(DOCUMENT, REF)
    ]
