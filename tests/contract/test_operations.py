"""A document's operations, with everything inherited and filled in; what is no OpenAPI is told on one line."""

from typing import Any

import pytest

from upheld.contract import ContractError, parse
from upheld.model import Contract, Operation

SHARED: dict[str, Any] = {
    "parameters": {"Page": {"name": "page", "in": "query", "schema": {"$ref": "#/components/schemas/Page"}}},
    "schemas": {"Page": {"type": "integer"}},
    "headers": {"Left": {"required": True, "schema": {"type": "integer"}}},
    "responses": {"Gone": {"description": "gone", "headers": {"Left": {"$ref": "#/components/headers/Left"}}}},
    "requestBodies": {"Book": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}},
    "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "x-key"}},
    "pathItems": {"Books": {"get": {"operationId": "books", "responses": {}}}},
}


def contract(paths: dict[str, Any], **more: Any) -> Contract:  # parts of a document
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths, "components": SHARED}
    return parse({**document, **more}, app="a.json")


def operation(raw: dict[str, Any], item: dict[str, Any] | None = None, **more: Any) -> Operation:
    return contract({"/books/{id}": {**(item or {}), "get": raw}}, **more).operations[0]


PARAMETERS = {
    "path": ({"name": "id", "in": "path"}, ("id", "path", True, True, "simple", False, None)),
    "query": ({"name": "q", "in": "query", "schema": {}}, ("q", "query", False, {}, "form", True, None)),
    "header": ({"name": "X-A", "in": "header", "required": True}, ("X-A", "header", True, True, "simple", False, None)),
    "cookie": ({"name": "c", "in": "cookie"}, ("c", "cookie", False, True, "form", True, None)),
    "style": (
        {"name": "q", "in": "query", "style": "deepObject", "explode": True},
        ("q", "query", False, True, "deepObject", True, None),
    ),
    "style without explode": (
        {"name": "q", "in": "query", "style": "pipeDelimited"},
        ("q", "query", False, True, "pipeDelimited", False, None),
    ),
    "content": (
        {"name": "q", "in": "query", "content": {"application/json": {"schema": {"type": "array"}}}},
        ("q", "query", False, {"type": "array"}, "form", True, "application/json"),
    ),
    "a reference": (
        {"$ref": "#/components/parameters/Page"},
        ("page", "query", False, {"$ref": "#/components/schemas/Page"}, "form", True, None),
    ),
    "what OpenAPI ignores and FastAPI asks for": (
        {"name": "Authorization", "in": "header"},
        ("Authorization", "header", False, True, "simple", False, None),
    ),
    "Accept as a query parameter": (
        {"name": "Accept", "in": "query"},
        ("Accept", "query", False, True, "form", True, None),
    ),
    "an unknown place": ({"name": "q", "in": "querystring"}, None),
}


@pytest.mark.parametrize(("raw", "expected"), PARAMETERS.values(), ids=PARAMETERS)
def test_parameters(raw: dict[str, Any], expected: tuple[Any, ...] | None) -> None:
    seen = [
        (one.name, one.location, one.required, one.schema, one.style, one.explode, one.media_type)
        for one in operation({"parameters": [raw], "responses": {}}).parameters
    ]
    assert ([] if expected is None else [expected]) == seen


def test_inherited_parameters() -> None:
    """An operation's own parameter takes the place of its path's."""
    item = {"parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}, {"name": "v", "in": "query"}]}
    own = [{"name": "id", "in": "path", "schema": {"type": "integer"}}, {"name": "id", "in": "query"}]
    seen = operation({"parameters": own, "responses": {}}, item).parameters
    assert [("id", "path"), ("v", "query"), ("id", "query")] == [(one.name, one.location) for one in seen]
    assert seen[0].schema == {"type": "integer"}


SECURITY: dict[str, tuple[Any, ...]] = {
    "none": ({}, {}, (), False),
    "the document's": ({}, {"security": [{"key": []}]}, (frozenset({"key"}),), True),
    "cleared": ({"security": []}, {"security": [{"key": []}]}, (), False),
    "its own": ({"security": [{"a": [], "b": []}, {"c": ["x"]}]}, {}, (frozenset("ab"), frozenset("c")), True),
    "optional": ({"security": [{"a": []}, {}]}, {}, (frozenset("a"), frozenset()), False),
}


@pytest.mark.parametrize(("raw", "more", "expected", "secured"), SECURITY.values(), ids=SECURITY)
def test_security(raw: dict[str, Any], more: dict[str, Any], expected: tuple[Any, ...], *, secured: bool) -> None:
    found = operation({**raw, "responses": {}}, **more)
    assert (expected, secured) == (found.security, found.secured)


def test_body() -> None:
    body = operation({"requestBody": {"$ref": "#/components/requestBodies/Book"}, "responses": {}}).body
    assert body is not None
    assert (True, ["application/json"]) == (body.required, list(body.content))
    loose = operation({"requestBody": {"content": {"a/b": {"encoding": {"x": {}}}}}, "responses": {}}).body
    assert loose is not None
    assert (False, None, {"x": {}}) == (loose.required, loose.content["a/b"].schema, loose.content["a/b"].encoding)


def test_responses() -> None:
    raw = {
        200: {"description": "ok", "content": {"text/event-stream": {"itemSchema": {"type": "object"}}}},
        "4XX": {"$ref": "#/components/responses/Gone"},
        "default": {"description": "else", "headers": {"Content-Type": {"schema": {}}, "X-A": {"explode": True}}},
        "x-note": "no response",
    }
    found = operation({"responses": raw})
    assert ["200", "4XX", "default"] == list(found.responses)
    stream = found.responses["200"].content["text/event-stream"]
    assert (None, {"type": "object"}) == (stream.schema, stream.item_schema)
    assert found.responses["4XX"].headers["Left"].required
    extra = found.responses["default"].headers
    assert [("X-A", False, True, True)] == [(key, one.required, one.schema, one.explode) for key, one in extra.items()]


def test_contract() -> None:
    paths = {
        "/z": {"summary": "z", "post": {"responses": {}}, "get": {"responses": {}, "operationId": "z"}},
        "/a": {"$ref": "#/components/pathItems/Books"},
        "x-note": {"get": {}},
    }
    found = contract(paths)
    assert ["POST /z", "GET /z", "GET /a"] == [one.label for one in found.operations]
    assert [None, "z", "books"] == [one.operation_id for one in found.operations]
    assert all(one.handler is None and one.generated is None for one in found.operations)
    assert ("3.1.0", "a.json", SHARED["securitySchemes"]) == (found.openapi, found.app, found.security_schemes)


def test_sha256() -> None:
    """It stands for what the document says, not for the order of its keys."""
    one = contract({"/a": {}, "/b": {}})
    assert one.sha256 == contract({"/b": {}, "/a": {}}).sha256
    assert one.sha256 != contract({"/a": {}}).sha256
    assert len(one.sha256) == 64


def test_no_paths() -> None:
    assert parse({"openapi": "3.1.0", "components": {}}, app="a.json").operations == ()


REFUSED = {
    "Swagger": ({"swagger": "2.0"}, "a.json: swagger='2.0', expected 3.x; write a new one with \"upheld export\""),
    "OpenAPI 4": ({"openapi": "4.0"}, "a.json: openapi='4.0', expected 3.x; write a new one with \"upheld export\""),
    "a number": ({"openapi": 3.1}, 'a.json: openapi=3.1, expected 3.x; write a new one with "upheld export"'),
    "nothing": ({}, 'a.json: no openapi version, expected 3.x; write a new one with "upheld export"'),
    "paths": (
        {"openapi": "3.1.0", "paths": [1]},
        "a.json: paths is [1], expected an object; mend the document",
    ),
    "a reference to nothing": (
        {"openapi": "3.1.0", "paths": {"/a": {"$ref": "#/components/pathItems/No"}}},
        (
            'a.json: a reference to nothing, "$ref": "#/components/pathItems/No"; '
            "expected one to something that the document holds; mend the document"
        ),
    ),
}


@pytest.mark.parametrize(("document", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(document: dict[str, Any], message: str) -> None:
    with pytest.raises(ContractError) as caught:
        parse(document, app="a.json")
    assert message == str(caught.value)


def test_no_object() -> None:
    with pytest.raises(ContractError, match="the document is list, expected an OpenAPI object"):
        parse([], app="a.json")  # type: ignore[arg-type]  # what a file may hold
