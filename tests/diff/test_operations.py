"""The operations of a document as they are compared, and references within it that lead astray."""

import re
from typing import Any

import pytest

from upheld.diff import compare
from upheld.diff.operations import Document, shape
from upheld.model import UpheldError

RESPONSES = {"200": {"description": "It."}}


def document(paths: dict[str, Any], **components: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "info": {"title": "It", "version": "1"}, "paths": paths, "components": components}


def parameter(name: str, location: str = "query", **others: Any) -> dict[str, Any]:
    return {"name": name, "in": location, "required": location == "path", "schema": {}, **others}


SHAPES = {"/a": "/a", "/a/{id}": "/a/{}", "/{a}/{b}": "/{}/{}", "/a{x}b": "/a{}b", "/{file:path}": "/{}"}


@pytest.mark.parametrize(("path", "expected"), SHAPES.items())
def test_shape(path: str, expected: str) -> None:
    assert expected == shape(path)


def test_operations_stand_in_the_order_of_the_document() -> None:
    get = {"responses": RESPONSES}
    read = Document(
        "it", document({"/b": {"post": get, "get": get, "parameters": []}, "x-a": 5, "/a/{x}": {"put": get}})
    )
    assert [("post", "/b"), ("get", "/b"), ("put", "/a/{}")] == list(read.calls())
    assert ["POST /b", "GET /b", "PUT /a/{x}"] == [call.label for call in read.calls().values()]


def test_parameters_of_the_operation_hide_those_of_the_path() -> None:
    item = {
        "parameters": [parameter("id", "path"), parameter("q"), parameter("X-Trace", "header"), {"$ref": "#/components/parameters/Page"}],
        "get": {
            "parameters": [parameter("q", description="its own"), parameter("Authorization", "header"), parameter("session", "cookie")],
            "responses": RESPONSES,
        },
    }  # fmt: skip
    read = Document("it", document({"/{shelf}/{id}": item}, parameters={"Page": parameter("page")}))
    (call,) = read.calls().values()
    found = read.parameters(call)
    assert [("path", "1"), ("query", "q"), ("header", "x-trace"), ("query", "page"), ("cookie", "session")] == list(
        found
    )
    assert "its own" == found["query", "q"].raw["description"]
    assert "/components/parameters/Page" == found["query", "page"].pointer


def test_statuses_and_media_types_are_known_by_what_they_mean() -> None:
    answers = {
        "4xx": {"description": "No.", "content": {"Application/JSON; charset=utf-8": {}}},
        "default": {"description": "It."},
    }
    read = Document("it", document({"/a": {"get": {"responses": {**answers, "x-a": 5}}}}))
    (call,) = read.calls().values()
    assert ["4XX", "default"] == list(read.answers(call))
    assert ["application/json"] == list(read.content(read.answers(call)["4XX"]))


def answered(answer: Any, **responses: Any) -> dict[str, Any]:
    return document({"/a": {"get": {"responses": {"200": answer}}}}, responses=responses)


def refers(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{name}"}


ERRORS: dict[str, tuple[dict[str, Any], str]] = {
    "to nothing": (answered(refers("A")), 'a reference to nothing, "$ref": "#/components/responses/A" at /paths/~1a/get/responses/200'),
    "out of the document": (answered({"$ref": "b.json"}), 'a reference out of the document, "$ref": "b.json"'),
    "to itself": (answered(refers("A"), A=refers("A")), "a reference round in a circle"),
    "round in a circle": (answered(refers("A"), A=refers("B"), B=refers("A")), "a reference round in a circle"),
    "to what is no object": (answered(refers("A"), A=[]), "[] at /paths/~1a/get/responses/200, expected an object"),
    "to a scheme that is nowhere": (
        {**answered({"description": "It."}), "security": [{"token": []}]},
        "security names 'token', expected one of components.securitySchemes (there are none)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("broken", "expected"), ERRORS.values(), ids=ERRORS)
def test_error(broken: dict[str, Any], expected: str) -> None:
    sound = answered({"description": "It."})
    for pair, name in (((broken, sound), "the old contract"), ((sound, broken), "the new contract")):
        with pytest.raises(UpheldError, match=re.escape(f"{name}: {expected}")):
            compare(*pair)


CREDENTIALS: dict[str, tuple[list[dict[str, list[str]]], list[dict[str, list[str]]], str]] = {
    "the same": ([{"key": []}], [{"key": []}], ""),
    "by another name": ([{"key": []}], [{"same": []}], ""),
    "added": ([], [{"key": []}], "breaking security-added"),
    "removed": ([{"key": []}], [], "compatible security-removed"),
    "may be left out": ([{"key": []}], [{"key": []}, {}], "compatible security-removed"),
    "must no longer be left out": ([{}, {"key": []}], [{"key": []}], "breaking security-added"),
    "one of two instead of one": ([{"key": []}], [{"key": []}, {"token": []}], "compatible security-changed"),
    "one instead of one of two": ([{"key": []}, {"token": []}], [{"key": []}], "breaking security-changed"),
    "both instead of one": ([{"key": []}], [{"key": [], "token": []}], "breaking security-added"),
    "one instead of both": ([{"key": [], "token": []}], [{"key": []}], "compatible security-removed"),
    "another": ([{"key": []}], [{"token": []}], "breaking security-changed"),
    "a scope more": ([{"token": ["read"]}], [{"token": ["read", "write"]}], "breaking scope-added"),
    "a scope less": ([{"token": ["read", "write"]}], [{"token": ["read"]}], "compatible scope-removed"),
    "scopes in another order": ([{"token": ["a", "b"]}], [{"token": ["b", "a"]}], ""),
}  # fmt: skip
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
SCHEMES = {
    "key": KEY,
    "same": {**KEY, "name": "x-key", "description": "It."},
    "token": {"type": "http", "scheme": "Bearer"},
}


@pytest.mark.parametrize(("before", "after", "expected"), CREDENTIALS.values(), ids=CREDENTIALS)
def test_credentials(before: list[dict[str, list[str]]], after: list[dict[str, list[str]]], expected: str) -> None:
    old, new = (
        document({"/a": {"get": {"responses": RESPONSES, "security": asked}}}, securitySchemes=SCHEMES)
        for asked in (before, after)
    )
    assert expected == " ".join(f"{change.verdict} {change.rule}" for change in compare(old, new))
