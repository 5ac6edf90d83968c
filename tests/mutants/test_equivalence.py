"""Where no parameter can be refused, whatever is said of FastAPI's 422 is true."""

from typing import Any

import pytest

from tests.mutants.equivalence import reason
from tests.mutants.statements import mutants

ERROR = {
    "description": "",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/HTTPValidationError"}}},
}
TEXT = {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "title": "Name"}}
MAYBE = {"name": "q", "in": "query", "schema": {"anyOf": [{"type": "string"}, {"type": "null"}], "title": "Q"}}
BODY: dict[str, Any] = {"requestBody": {"content": {"application/json": {"schema": {}}}}}
CASES: dict[str, tuple[list[dict[str, Any]], dict[str, Any], bool]] = {
    "texts that may be anything": ([TEXT, MAYBE], {}, True),
    "a text that has to be there": ([{**TEXT, "in": "query"}], {}, False),
    "a bound": ([{**TEXT, "schema": {"type": "string", "maxLength": 3}}], {}, False),
    "a number": ([{**TEXT, "schema": {"type": "integer"}}], {}, False),
    "a bound in a union": (
        [{**MAYBE, "schema": {"anyOf": [{"type": "string", "pattern": "a"}, {"type": "null"}]}}],
        {},
        False,
    ),
    "a body": ([TEXT], BODY, False),
    "no parameter, so the author wrote it": ([], {}, False),
    "an answer of the author's": ([TEXT], {"responses": {"200": {}, "422": {"description": "", "content": {}}}}, False),
}


@pytest.mark.parametrize(("parameters", "more", "equivalent"), CASES.values(), ids=CASES)
def test_reason(parameters: list[dict[str, Any]], more: dict[str, Any], equivalent: bool) -> None:
    operation = {"parameters": parameters, "responses": {"200": {"description": ""}, "422": ERROR}, **more}
    schemas = {"HTTPValidationError": {"type": "object", "properties": {"detail": {"type": "array"}}}}
    document = {"paths": {"/names/{name}": {"get": operation}}, "components": {"schemas": schemas}}
    found = {str(mutant): reason(mutant, document) is not None for mutant in mutants(document, 9)}
    assert {f"{found[name]}" for name in found if "responses/422" in name or name.endswith("responses less 422")} == {
        f"{equivalent}"
    }
    assert not any(found[name] for name in found if "422" not in name)


CONTEXTS: dict[str, tuple[dict[str, Any], bool]] = {
    "a number": ({"type": "integer", "title": "N"}, True),
    "anything": ({"title": "N"}, True),
    "a number or nothing": ({"anyOf": [{"type": "number"}, {"type": "null"}]}, True),
    "a bound": ({"type": "integer", "minimum": 1}, False),
    "a format": ({"type": "string", "format": "date"}, False),
    "a list": ({"type": "array", "items": {"type": "integer"}}, False),
}


@pytest.mark.parametrize(("schema", "equivalent"), CONTEXTS.values(), ids=CONTEXTS)
def test_errors_of_bare_types_have_no_context(schema: dict[str, Any], equivalent: bool) -> None:
    operation = {"parameters": [{"name": "n", "in": "query", "schema": schema}], "responses": {"200": {}, "422": ERROR}}
    error = {"type": "object", "properties": {"detail": {"type": "string"}, "ctx": {"type": "object"}}}
    document = {"paths": {"/n": {"get": operation}}, "components": {"schemas": {"HTTPValidationError": error}}}
    (dropped,) = [mutant for mutant in mutants(document, 9) if mutant.what.endswith("less ctx")]
    assert equivalent == (reason(dropped, document) is not None)


def test_an_answer_to_head_has_no_body() -> None:
    operation = {"responses": {"200": {"content": {"text/plain": {"schema": {"type": "string"}}}}}}
    document = {"paths": {"/n": {"head": operation, "get": operation}}}
    told = {(mutant.operation, mutant.kind): reason(mutant, document) is not None for mutant in mutants(document, 9)}
    assert told["HEAD /n", "response type changed"]
    assert not told["HEAD /n", "response header added"]
    assert not told["GET /n", "response type changed"]


LISTS: dict[str, tuple[dict[str, Any], str, bool]] = {
    "texts": ({"type": "array", "items": {"type": "string"}}, "header", True),
    "texts or nothing": ({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]}, "query", True),
    "numbers": ({"type": "array", "items": {"type": "integer"}}, "query", False),
    "two texts at least": ({"type": "array", "items": {"type": "string"}, "minItems": 2}, "query", False),
    "anything": ({"type": "array"}, "query", False),
}


@pytest.mark.parametrize(("schema", "location", "equivalent"), LISTS.values(), ids=LISTS)
def test_a_text_is_a_list_of_one(schema: dict[str, Any], location: str, equivalent: bool) -> None:
    operation = {"parameters": [{"name": "n", "in": location, "schema": schema}], "responses": {"200": {}}}
    document = {"paths": {"/n": {"get": operation}}}
    (changed,) = [mutant for mutant in mutants(document, 9) if mutant.what.endswith("array to string")]
    assert equivalent == (reason(changed, document) is not None)
