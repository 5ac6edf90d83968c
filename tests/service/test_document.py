"""The document: valid, without FastAPI's own error bodies, and with examples that its own schemas accept."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import validate

from service.app import create_app
from service.problem import MEDIA_TYPE
from service.settings import Settings

DOCUMENT = create_app(Settings()).openapi()
OPERATIONS = {told["operationId"]: told for item in DOCUMENT["paths"].values() for told in item.values()}


def test_it_is_openapi_and_always_the_same() -> None:
    validate(DOCUMENT)
    again = create_app(Settings())
    assert [again.openapi(), again.openapi()] == [DOCUMENT, DOCUMENT]


def test_nothing_of_the_framework_s_own_errors_is_left() -> None:
    assert "HTTPValidationError" not in json.dumps(DOCUMENT)


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation(name: str) -> None:
    told = OPERATIONS[name]
    assert told["summary"]
    assert told["description"]
    assert len(told["tags"]) == 1
    statuses = told["responses"].keys()
    media_types = told.get("requestBody", {}).get("content", {}).keys()
    assert ("422" in statuses) == bool("parameters" in told or media_types - {"application/x-ndjson"})
    assert ("413" in statuses) == ("requestBody" in told)
    assert ("400" in statuses) == ("requestBody" in told)
    assert ("security" not in told) or {"401", "403"} <= statuses
    for status, response in told["responses"].items():
        if status >= "400":
            assert list(response["content"]) == [MEDIA_TYPE]
            assert response["content"][MEDIA_TYPE]["schema"] == {"$ref": "#/components/schemas/Problem"}


def _examples(node: object, place: str) -> Iterator[tuple[str, dict[str, Any], object]]:
    """Yield place, schema and example, for schemas that hold examples and for media types and headers beside one."""
    if isinstance(node, dict):
        if "example" in node:
            yield place, node["schema"], node["example"]
        if isinstance(node.get("examples"), list):
            for example in node["examples"]:
                yield place, node, example
        for name, child in node.items():
            yield from _examples(child, f"{place}/{name}")
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from _examples(child, f"{place}/{index}")


def test_examples() -> None:
    found = list(_examples(DOCUMENT, ""))
    for place, schema, example in found:
        whole = {**schema, "components": DOCUMENT["components"]}
        assert jsonschema_rs.validator_for(whole, validate_formats=True).is_valid(example), place
    bodies = {place.removeprefix("/components/schemas/") for place, _, _ in found}
    parts = {
        *("BookPage", "DailyVisitsPage", "JobPage", "OrderPage", "ReportPage", "ReviewPage"),
        *("Genre", "JobStatus", "Kind", "OrderStatus", "Scope"),
        *("Body_upload_cover", "Fault", "NewLine", "OrderLine", "Problem", "SalesLine"),
        "Recommendation",
    }
    assert DOCUMENT["components"]["schemas"].keys() - bodies == parts
