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
