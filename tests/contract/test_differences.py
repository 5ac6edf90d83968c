"""Every difference between two contracts is told in words, at its place."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from upheld.contract import canonical, compare, parse
from upheld.model import Contract, Difference, Kind

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "1"},
    "paths": {
        "/books": {
            "get": {
                "summary": "List",
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}},
                    {"$ref": "#/components/parameters/Page"},
                ],
                "responses": {
                    "200": {
                        "description": "ok",
                        "headers": {"X-Left": {"schema": {"type": "integer"}}},
                        "content": {"application/json": {"schema": {"items": {"$ref": "#/components/schemas/Book"}}}},
                    }
                },
                "security": [{"key": []}],
            },
            "post": {
                "summary": "Add",
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Book"}}}},
                "responses": {"201": {"description": "made"}},
            },
        },
    },
    "components": {
        "schemas": {
            "Book": {
                "properties": {
                    "price": {"type": "integer", "maximum": 100},
                    "tags": {"items": {"enum": ["a", "b"]}},
                    "title": {"type": "string"},
                },
                "required": ["price"],
            },
        },
        "parameters": {"Page": {"name": "page", "in": "query", "schema": {}}},
        "securitySchemes": {"key": {"type": "apiKey", "name": "k", "in": "header"}},
    },
}


def contract(document: dict[str, Any]) -> Contract:
    return parse(document, app="a.json")


def get(document: dict[str, Any]) -> dict[str, Any]:
    return document["paths"]["/books"]["get"]  # type: ignore[no-any-return]


def book(document: dict[str, Any]) -> dict[str, Any]:
    return document["components"]["schemas"]["Book"]  # type: ignore[no-any-return]


def properties_reordered(document: dict[str, Any]) -> None:
    members = book(document)["properties"]
    members["price"] = members.pop("price")


Edit = Callable[[dict[str, Any]], object]
BOOKS = "/paths/~1books"
BOOK = "/components/schemas/Book"

CASES: dict[str, tuple[Edit, list[tuple[str, str | None, str, str]]]] = {
    "an operation": (
        lambda d: d["paths"]["/books"].update(put={"summary": "Set", "responses": {"200": {"description": "ok"}}}),
        [("added", "PUT /books", f"{BOOKS}/put", "added: Set")],
    ),
    "a path with two": (
        lambda d: d["paths"].update({"/z": {"get": {"responses": {}}, "put": {"responses": {}}}}),
        [("added", "GET /z", "/paths/~1z/get", "added"), ("added", "PUT /z", "/paths/~1z/put", "added")],
    ),
    "a path gone": (
        lambda d: d["paths"].pop("/books"),
        [
            ("removed", "GET /books", f"{BOOKS}/get", "removed: List"),
            ("removed", "POST /books", f"{BOOKS}/post", "removed: Add"),
        ],
    ),
    "a path without operations": (
        lambda d: d["paths"].update({"/z": {}}),
        [("added", None, "/paths/~1z", "/z added")],
    ),
    "a path's own words": (
        lambda d: d["paths"]["/books"].update(description="all"),
        [("added", None, f"{BOOKS}/description", '/books description added ("all")')],
    ),
    "a parameter": (
        lambda d: get(d)["parameters"].insert(0, {"name": "q", "in": "query"}),
        [("added", "GET /books", f"{BOOKS}/get/parameters/0", "query parameter q added")],
    ),
    "a parameter gone": (
        lambda d: get(d)["parameters"].pop(1),
        [("removed", "GET /books", f"{BOOKS}/get/parameters/1", "parameter Page removed")],
    ),
    "parameters in another order": (
        lambda d: get(d)["parameters"].reverse(),
        [
            (
                "changed",
                "GET /books",
                f"{BOOKS}/get/parameters",
                'parameters ["query limit", "Page"] → ["Page", "query limit"] (the order or how often)',
            )
        ],
    ),
    "a parameter's bound": (
        lambda d: get(d)["parameters"][0]["schema"].update(maximum=200),
        [
            (
                "changed",
                "GET /books",
                f"{BOOKS}/get/parameters/0/schema/maximum",
                "query parameter limit: maximum 100 → 200",
            )
        ],
    ),
    "a parameter twice": (
        lambda d: get(d)["parameters"].append({"$ref": "#/components/parameters/Page"}),
        [
            (
                "changed",
                "GET /books",
                f"{BOOKS}/get/parameters",
                (
                    'parameters [{"name": "limit", "in": "query", "schema": {"maximum": 100,…'
                    ' → [{"name": "limit", "in": "query", "schema": {"maximum": 100,… (the order or how often)'
                ),
            )
        ],
    ),
    "an answer": (
        lambda d: get(d)["responses"].update({"404": {"description": "no"}}),
        [("added", "GET /books", f"{BOOKS}/get/responses/404", "answer 404 added")],
    ),
    "an answer's media type": (
        lambda d: get(d)["responses"]["200"]["content"].update({"text/csv": {}}),
        [("added", "GET /books", f"{BOOKS}/get/responses/200/content/text~1csv", "answer 200 as text/csv added")],
    ),
    "an answer's schema": (
        lambda d: get(d)["responses"]["200"]["content"]["application/json"]["schema"].update(items=True),
        [
            (
                "changed",
                "GET /books",
                f"{BOOKS}/get/responses/200/content/application~1json/schema/items",
                'answer 200 as application/json: items {"$ref": "#/components/schemas/Book"} → true',
            )
        ],
    ),
    "an answer's header": (
        lambda d: get(d)["responses"]["200"]["headers"]["X-Left"].update(required=True),
        [
            (
                "added",
                "GET /books",
                f"{BOOKS}/get/responses/200/headers/X-Left/required",
                "answer 200 header X-Left: required added (true)",
            )
        ],
    ),
    "a body": (
        lambda d: d["paths"]["/books"]["post"].pop("requestBody"),
        [("removed", "POST /books", f"{BOOKS}/post/requestBody", "body removed")],
    ),
    "security": (
        lambda d: get(d).update(security=[]),
        [("changed", "GET /books", f"{BOOKS}/get/security", 'security -{"key": []}')],
    ),
    "a description": (
        lambda d: get(d).update(summary="All"),
        [("changed", "GET /books", f"{BOOKS}/get/summary", 'summary "List" → "All"')],
    ),
    "a member's bound": (
        lambda d: book(d)["properties"]["price"].update(maximum=200),
        [("changed", None, f"{BOOK}/properties/price/maximum", "Book.price: maximum 100 → 200")],
    ),
    "a truth for a number": (
        lambda d: book(d)["properties"]["price"].update(maximum=True),
        [("changed", None, f"{BOOK}/properties/price/maximum", "Book.price: maximum 100 → true")],
    ),
    "a member": (
        lambda d: book(d)["properties"].pop("title"),
        [("removed", None, f"{BOOK}/properties/title", "Book.title removed")],
    ),
    "what is required": (
        lambda d: book(d).update(required=["title"]),
        [("changed", None, f"{BOOK}/required", 'Book: required -"price" +"title"')],
    ),
    "an enum": (
        lambda d: book(d)["properties"]["tags"]["items"]["enum"].append("c"),
        [("changed", None, f"{BOOK}/properties/tags/items/enum", 'Book.tags[]: enum +"c"')],
    ),
    "members in another order": (
        properties_reordered,
        [
            (
                "changed",
                None,
                f"{BOOK}/properties",
                'Book: properties ["price", "tags", "title"] → ["tags", "title", "price"] (the order or how often)',
            )
        ],
    ),
    "a schema": (
        lambda d: d["components"]["schemas"].update(New={}),
        [("added", None, "/components/schemas/New", "New added")],
    ),
    "another component": (
        lambda d: d["components"]["securitySchemes"]["key"].update(name="x"),
        [("changed", None, "/components/securitySchemes/key/name", 'security scheme key: name "k" → "x"')],
    ),
    "the title": (
        lambda d: d["info"].update(title="é" * 100),
        [("changed", None, "/info/title", f'info.title "t" → "{"é" * 59}…')],
    ),
}


@pytest.mark.parametrize(("edit", "expected"), CASES.values(), ids=CASES)
def test_compare(edit: Edit, expected: list[tuple[str, str | None, str, str]]) -> None:
    document = copy.deepcopy(DOCUMENT)
    edit(document)
    seen = compare(contract(DOCUMENT), contract(document))
    changes = [
        Difference(kind=Kind(kind), operation=label, pointer=at, message=say) for kind, label, at, say in expected
    ]
    assert changes == seen


OPPOSITE = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED, Kind.CHANGED: Kind.CHANGED}


@pytest.mark.parametrize("edit", [edit for edit, _ in CASES.values()], ids=CASES)
def test_backwards(edit: Edit) -> None:
    """What was added one way is removed the other way; a difference of the texts is never silent."""
    document = copy.deepcopy(DOCUMENT)
    edit(document)
    old, new = contract(DOCUMENT), contract(document)
    assert canonical(DOCUMENT) != canonical(document)
    there, back = compare(old, new), compare(new, old)
    assert sorted(OPPOSITE[one.kind] for one in there) == sorted(one.kind for one in back)
    assert sorted(one.pointer for one in there if one.kind is not Kind.CHANGED) == sorted(
        one.pointer for one in back if one.kind is not Kind.CHANGED
    )


def test_equal() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["paths"] = dict(reversed(document["paths"].items()))
    document["components"]["schemas"]["Book"]["properties"]["price"]["maximum"] = 100.0
    assert compare(contract(DOCUMENT), contract(document)) == []
