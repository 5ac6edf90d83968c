"""A pharmacy whose document is written by hand, in OpenAPI 3.0, for an app that reads its requests by itself."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI()
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Pharmacy", "version": "1"},
    "paths": {
        "/pills/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}}],
            "get": {
                "responses": {
                    "200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pill"}}}},
                    "4XX": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Oops"}}}},
                },
            },
            "put": {
                "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pill"}}}},
                "responses": {"204": {"description": ""}, "default": {"description": ""}},
            },
        },
        "/lost": {"get": {"responses": {"200": {"description": ""}}}},  # lie: phantom-operation GET /lost
    },
    "components": {
        "schemas": {
            "Pill": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {
                    "id": {"type": "integer", "readOnly": True},
                    "name": {"type": "string", "nullable": True},
                    "strength": {"type": "number", "minimum": 0, "exclusiveMinimum": True},
                },
            },
            "Oops": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}},
        }
    },
}
app.openapi = lambda: DOCUMENT


@app.get("/pills/{number}")
async def read_pill(number: str) -> JSONResponse:
    if not number.isascii() or not number.isdigit():
        return JSONResponse({"error": "not a number"}, 400)
    if number == "0":
        return JSONResponse({"id": 0, "name": None, "strength": 0})  # lie: response-schema-mismatch GET /pills/{id} 200
    return JSONResponse({"id": 1, "name": None})


@app.put("/pills/{number}")
async def put_pill(number: str, request: Request) -> JSONResponse:
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        return JSONResponse({"error": "no JSON"}, 400)
    if not (number.isascii() and number.isdigit() and isinstance(body, dict)):
        return JSONResponse({}, 400)
    name, strength = body.get("name", 0), body.get("strength", 1)
    if not isinstance(name, str | None) or isinstance(strength, bool) or not isinstance(strength, int | float):
        return JSONResponse({}, 422)
    if not strength > 0:
        return JSONResponse({}, 422)
    return JSONResponse(None, 204)
