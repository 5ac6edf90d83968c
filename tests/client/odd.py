"""A document that says what FastAPI never would: by hand, of OpenAPI 3.0, with names that no Python file takes."""

from typing import Any

OK = {"200": {"description": "fine", "content": {"application/json": {"schema": {"type": "string"}}}}}
EMPTY = {"204": {"description": ""}}
PROBLEM = {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}


def answer(schema: Any, media: str = "application/json") -> dict[str, Any]:
    return {"description": "", "content": {media: {"schema": schema}}}


def query(name: str, schema: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **more}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": 'A "shop" \\ with """quotes"""', "version": "1"},
    "servers": [{"url": "https://shop.example/v1/"}],
    "paths": {
        "/names/{class}/{self}": {
            "parameters": [
                {"name": "class", "in": "path", "required": True, "schema": {"type": "string"}},
                {"name": "self", "in": "path", "required": True, "schema": {"type": "integer"}},
            ],
            "get": {
                "operationId": "import",
                "summary": 'Ends in a "quote"',
                "description": "A \\ backslash, \"\"\" and\n\n* a list\n* of two\n\n    code\n\x07",
                "parameters": [
                    query("class", {"type": "string", "nullable": True}),
                    query("a-b", {"type": "integer"}),
                    query("a_b", {"type": "integer"}),
                    query("größe", {"type": "number", "minimum": 0, "exclusiveMinimum": True}, required=True),
                    query("1st", {"type": "boolean"}),
                    query("$", {"type": "string"}),
                    query("operation", {"type": "string"}),
                    query("body", {"type": "string"}),
                    {"name": "Accept", "in": "header", "schema": {"type": "string"}},
                ],
                "requestBody": {"content": {"application/json": {"schema": {"type": "integer", "nullable": True}}}},
                "responses": OK,
            },
        },
        "/list": {"get": {"operationId": "list", "responses": OK}, "post": {"operationId": "list", "responses": OK}},
        "/close": {"get": {"operationId": "close", "responses": EMPTY}},
        "/models": {"get": {"operationId": "models", "responses": EMPTY}},
        "/uuid": {"get": {"operationId": "uuid", "responses": {"200": answer({"type": "string", "format": "uuid"})}}},
        "/date": {"get": {"operationId": "date", "responses": {"200": answer({"type": "string", "format": "date"})}}},
        "/": {"get": {"responses": EMPTY}},
        "/books/{id}": {
            "get": {"operationId": "get_book_books__id__get", "responses": OK},
            "put": {"operationId": "write_book_books__id__put", "responses": OK},
            "patch": {"operationId": "write_book_books__id__patch", "responses": OK},
            "head": {"operationId": "book_head", "responses": {"200": {"description": ""}}},
        },
        "/default": {"get": {"operationId": "only_default", "responses": {"default": answer(PROBLEM)}}},
        "/ranges": {
            "get": {
                "operationId": "ranges",
                "responses": {
                    "2XX": answer({"type": "integer"}), "4xx": answer(PROBLEM), "499": answer({"type": "array", "items": PROBLEM}),
                    "default": {"description": "whatever"},
                },
            }
        },
        "/both": {
            "get": {
                "operationId": "both",
                "responses": {
                    "200": {
                        "description": "",
                        "content": {
                            "application/json": {"schema": {"type": "integer"}},
                            "text/plain": {"schema": {"type": "string"}},
                            "image/*": {"schema": {"type": "string", "format": "binary"}},
                        },
                    },
                    "202": {"description": ""},
                },
            }
        },
        "/styles/{label}/{matrix}": {
            "get": {
                "operationId": "styles",
                "parameters": [
                    {"name": "label", "in": "path", "required": True, "style": "label", "schema": {"type": "array", "items": {"type": "integer"}}},
                    {"name": "matrix", "in": "path", "required": True, "style": "matrix", "explode": True, "schema": {"type": "array", "items": {"type": "integer"}}},
                    query("deep", {"type": "object", "properties": {"a": {"type": "integer"}}}, style="deepObject", explode=True),
                    query("pipes", {"type": "array", "items": {"type": "string"}}, style="pipeDelimited", explode=False),
                    query("commas", {"type": "array", "items": {"type": "string"}}, explode=False),
                    {"name": "doc", "in": "query", "content": {"application/json": {"schema": {"type": "array", "items": {"type": "integer"}}}}},
                ],
                "responses": EMPTY,
            }
        },
        "/linked": {
            "get": {
                "operationId": "linked",
                "parameters": [query("from", {"type": "string"}), query("size", {"type": "integer"})],
                "responses": {
                    "200": {
                        **answer({"type": "object", "required": ["rows"], "properties": {"rows": {"type": "array", "items": {"type": "integer"}}, "more": {"type": "object", "properties": {"from": {"type": "string"}}}}}),
                        "links": {"next": {"operationId": "linked", "parameters": {"from": "$response.body#/more/from"}}},
                    }
                },
            }
        },
        "/cursor": {
            "get": {
                "operationId": "cursor",
                "parameters": [query("pageToken", {"type": "string"})],
                "responses": {"200": answer({"type": "object", "properties": {"items": {"type": "array", "items": {"type": "string", "format": "date"}}, "nextPageToken": {"type": "string", "nullable": True}}})},
            }
        },
        "/headers": {
            "get": {
                "operationId": "headers",
                "parameters": [
                    {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
                    for name in ("Host", "User-Agent", "Content-Length", "X-Trace", "Authorization")
                ],
                "responses": EMPTY,
            }
        },
        "/text-form": {
            "post": {
                "operationId": "text_form",
                "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": {"type": "string"}}}},
                "responses": EMPTY,
            }
        },
        "/forms": {
            "post": {
                "operationId": "forms",
                "requestBody": {
                    "required": True,
                    "content": {
                        "multipart/form-data": {
                            "schema": {"type": "object", "required": ["for"], "properties": {"for": {"type": "string"}, "files": {"type": "array", "items": {"type": "string", "format": "binary"}}, "meta": {"type": "object", "properties": {"a": {"type": "integer"}}}}},
                            "encoding": {"files": {"contentType": "image/png"}},
                        }
                    },
                },
                "responses": EMPTY,
            }
        },
        "/anything": {
            "post": {"operationId": "anything", "requestBody": {"content": {"application/octet-stream": {}}}, "responses": {"200": {"description": "", "content": {"application/json": {}}}}}
        },
        "/没有": {"get": {"operationId": "没有", "responses": {"410": {"description": "gone"}}}},
    },
}  # fmt: skip
