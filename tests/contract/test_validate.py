"""Valid documents pass both judges; an invalid one is told by pointer, value and expectation, on one line."""

import subprocess
import sys
from typing import Any

import pytest

from tests.contract.conftest import Project
from upheld.contract import ContractError, validate, validate_quickly
from upheld.contract.validate import NEWER, pointer

JUDGES = {"in full": validate, "quickly": validate_quickly}
OK: dict[str, Any] = {"200": {"description": "ok"}}


def document(paths: dict[str, Any] | None = None, version: str = "3.1.0", **components: object) -> dict[str, Any]:
    whole = {"openapi": version, "info": {"title": "t", "version": "1"}, "paths": paths or {}}
    return {**whole, "components": components} if components else whole


def stream(schema: object, version: str = "3.1.0") -> dict[str, Any]:
    content = {"text/event-stream": {"itemSchema": schema}}
    return document({"/a": {"get": {"responses": {"200": {"description": "ok", "content": content}}}}}, version)


VALID = {
    "3.0": document({"/a": {"get": {"responses": OK}}}, "3.0.3", schemas={"A": {"type": "string", "nullable": True}}),
    "3.1": document({"/a": {"get": {"responses": OK}}}, schemas={"A": {"type": ["string", "null"]}, "B": True}),
    "3.2": stream({"type": "object"}, "3.2.0"),
    "items of a stream": stream({"type": "object", "properties": {"data": {"type": "string"}}}),
    "items of a stream in 3.0": stream({"type": "object"}, "3.0.3"),
    "any item": stream(schema=True),
    "a default that its schema rejects": document(schemas={"A": {"type": "integer", "default": "ten"}}),
    "a member named default": document(schemas={"A": {"properties": {"default": {"type": "string"}}}}),
    "required members of others": document(
        schemas={"A": {"allOf": [{"$ref": "#/components/schemas/B"}], "required": ["x"]}, "B": {"type": "object"}}
    ),
    "a server's variables": {
        **document(),
        "servers": [{"url": "/{v}", "variables": {"v": {"default": "1", "enum": ["1"]}}}],
    },
    "a reference in an example": document(schemas={"A": {"examples": [{"$ref": "#/nowhere"}]}}),
    "references below an $id": document(
        schemas={"A": {"$id": "https://a.example/a", "$defs": {"b": {}}, "$ref": "#/$defs/b"}}
    ),
    "a reference into a list": document(
        {
            "/a": {"get": {"parameters": [{"name": "q", "in": "query", "schema": {}}], "responses": OK}},
            "/b": {"parameters": [{"$ref": "#/paths/~1a/get/parameters/0"}], "get": {"responses": OK}},
        },
    ),
}


@pytest.mark.parametrize("judge", JUDGES.values(), ids=JUDGES)
@pytest.mark.parametrize("whole", VALID.values(), ids=VALID)
def test_valid(judge: Any, whole: dict[str, Any]) -> None:  # a function
    judge(whole, "a.json")


INVALID = {
    "no version": (document() | {"info": {"title": "t"}}, '"version" is a required property at #/info', "OpenAPI 3.1"),
    "a number for a text": (
        document({"/a": {"get": {"responses": {"200": {"description": 3}}}}}),
        '3 is not of type "string" at #/paths/~1a/get/responses/200/description',
        "OpenAPI 3.1",
    ),
    "an unknown type": (
        document(schemas={"A": {"type": "strin"}}),
        "\"strin\" is not valid under any of the schemas listed in the 'anyOf' keyword at #/components/schemas/A/type",
        "OpenAPI 3.1",
    ),
    "a bound that is a text": (
        document(schemas={"A": {"properties": {"x": {"minimum": "3"}}}}),
        '"3" is not of type "number" at #/components/schemas/A/properties/x/minimum',
        "OpenAPI 3.1",
    ),
    "a place that is none": (
        document({"/a": {"get": {"responses": OK, "parameters": [{"name": "q", "in": "qery", "schema": {}}]}}}),
        '"qery" is not one of "query", "header" or 2 other candidates at #/paths/~1a/get/parameters/0/in',
        "OpenAPI 3.1",
    ),
    "a dangling reference": (
        document(schemas={"A": {"$ref": "#/components/schemas/B"}}),
        '"$ref": "#/components/schemas/B" leads nowhere at #/components/schemas/A/$ref',
        "a part of the document",
    ),
    "a reference into a text": (
        document(schemas={"A": {"$ref": "#/info/title/x"}}),
        '"$ref": "#/info/title/x" leads nowhere at #/components/schemas/A/$ref',
        "a part of the document",
    ),
    "a reference elsewhere": (
        document(schemas={"A": {"$ref": "b.json#/B"}}),
        '"$ref": "b.json#/B" leads out of the document at #/components/schemas/A/$ref',
        "a part of the document",
    ),
    "items of a stream": (
        stream({"type": 3}),
        (
            "3 is not valid under any of the schemas listed in the 'anyOf' keyword "
            "at #/paths/~1a/get/responses/200/content/text~1event-stream/itemSchema/type"
        ),
        "a JSON Schema",
    ),
    "items of a stream that are no schema": (
        stream("object"),
        (
            '"object" is not of types "boolean", "object" '
            "at #/paths/~1a/get/responses/200/content/text~1event-stream/itemSchema"
        ),
        "a JSON Schema",
    ),
    "3.0": (
        document({"/a": {"get": {"responses": {"200": {}}}}}, "3.0.3"),
        "an empty object (oneOf) at #/paths/~1a/get/responses/200",
        "OpenAPI 3.0",
    ),
    "null in 3.0": (
        document(version="3.0.3", schemas={"A": {"example": {"type": "null"}, "anyOf": [{}, {"type": "null"}]}}),
        '"type": "null" at #/components/schemas/A/anyOf/1/type',
        NEWER,
    ),
    "two types in 3.0": (
        document(version="3.0.3", schemas={"A": {"type": ["string", "null"]}}),
        '"type": ["string", "null"] at #/components/schemas/A/type',
        NEWER,
    ),
    "a bound in 3.0": (
        document(version="3.0.3", schemas={"A": {"exclusiveMinimum": True}, "B": {"exclusiveMinimum": 0}}),
        '"exclusiveMinimum": 0 at #/components/schemas/B/exclusiveMinimum',
        NEWER,
    ),
}


@pytest.mark.parametrize("judge", JUDGES.values(), ids=JUDGES)
@pytest.mark.parametrize(("whole", "seen", "expected"), INVALID.values(), ids=INVALID)
def test_invalid(judge: Any, whole: dict[str, Any], seen: str, expected: str) -> None:  # a function
    with pytest.raises(ContractError) as caught:
        judge(whole, "a.json")
    assert f'a.json: {seen}, expected {expected}; mend it and run "upheld export"' == str(caught.value)


IN_FULL = {
    "an operation id twice": (
        document({"/a": {"get": {"operationId": "x", "responses": OK}, "put": {"operationId": "x", "responses": OK}}}),
        '"x" names GET /a and PUT /a at #/paths/~1a/put/operationId, expected an operation id for each',
    ),
    "a path parameter that is not documented": (
        document({"/a/{b}": {"get": {"responses": OK}}}),
        "Path parameter 'b' for 'get' operation in '/a/{b}' was not resolved at #, expected OpenAPI 3.1",
    ),
    "a parameter twice": (
        document({"/a": {"get": {"parameters": [{"name": "q", "in": "query", "schema": {}}] * 2, "responses": OK}}}),
        "Duplicate parameter 'q' at #, expected OpenAPI 3.1",
    ),
}


@pytest.mark.parametrize(("whole", "message"), IN_FULL.values(), ids=IN_FULL)
def test_in_full(whole: dict[str, Any], message: str) -> None:
    """What only the full judge refuses: a check can go on with it."""
    validate_quickly(whole, "a.json")
    with pytest.raises(ContractError) as caught:
        validate(whole, "a.json")
    assert f'a.json: {message}; mend it and run "upheld export"' == str(caught.value)


def test_unknown_version() -> None:
    message = (
        "OpenAPI 3.9 is not known to openapi-spec-validator, expected one of 3.0, 3.1, 3.2; "
        'run "pip install --upgrade openapi-spec-validator"'
    )
    with pytest.raises(ContractError) as caught:
        validate_quickly(document(version="3.9.0"), "a.json")
    assert message == str(caught.value)


def test_long_value() -> None:
    with pytest.raises(ContractError) as caught:
        validate_quickly(document(schemas={"A": {"minimum": "x" * 1000}}), "a.json")
    assert len(str(caught.value)) < 300


def test_untouched() -> None:
    """What is judged is a copy."""
    whole = stream({"type": "object"})
    validate(whole, "a.json")
    assert whole == stream({"type": "object"})


def test_pointer() -> None:
    assert pointer(["a/b", 0, "c~d"]) == "#/a~1b/0/c~0d"


def test_fastapi(project: Project) -> None:
    """FastAPI's streams, forms, uploads and callbacks pass both judges."""
    app = project.load(
        """
        from collections.abc import AsyncIterable
        from typing import Annotated
        from fastapi import APIRouter, Form, UploadFile
        from fastapi.sse import EventSourceResponse
        from pydantic import BaseModel
        class Book(BaseModel):
            title: str
            sequel: "Book | None" = None
        hooks = APIRouter()
        @hooks.post("{$callback_url}/done")
        def done(book: Book): ...
        app = FastAPI()
        @app.post("/books", callbacks=hooks.routes)
        def books(book: Book) -> Book: ...
        @app.get("/events", response_class=EventSourceResponse)
        async def events() -> AsyncIterable[Book]:
            yield Book(title="a")
        @app.get("/lines")
        async def lines() -> AsyncIterable[Book]:
            yield Book(title="a")
        @app.post("/form")
        def form(book: Annotated[Book, Form()], up: UploadFile): ...
        @app.webhooks.post("hook")
        def hook(book: Book): ...
        """
    )
    validate(app.contract.document, "shop:app")
    operations = {one.label: one for one in app.contract.operations}
    for label, media_type in {"GET /events": "text/event-stream", "GET /lines": "application/jsonl"}.items():
        assert operations[label].responses["200"].content[media_type].item_schema


@pytest.mark.slow
def test_quick() -> None:
    """Neither judge's library is imported by the quick one, nor FastAPI by reading a file."""
    script = (
        "import sys, upheld.contract as c\n"
        "c.validate_quickly({'openapi': '3.1.0', 'info': {'title': 't', 'version': '1'}, 'paths': {}}, 'a')\n"
        "print([name for name in ('openapi_spec_validator', 'fastapi') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
