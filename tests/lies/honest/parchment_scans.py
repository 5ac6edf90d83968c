"""Takes raw scans of parchments, and forgets them."""

import json
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel

app = FastAPI()
RAW = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
NOTE = {"type": "object", "required": ["page"], "properties": {"page": {"type": "string", "enum": ["recto", "verso"]}}}
REFUSED = {
    400: {"description": "Not JSON"},
    422: {"description": "No page", "content": {"application/json": {"schema": {"type": "object"}}}},
}


class Stored(BaseModel):
    octets: int


@app.put("/scans/current", openapi_extra={"requestBody": RAW})
async def scan(request: Request) -> Stored:
    return Stored(octets=sum([len(part) async for part in request.stream()]))


@app.post(
    "/notes",
    responses=REFUSED,
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": NOTE}}}},
)
async def note(request: Request) -> dict[str, str]:
    try:
        body: Any = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise HTTPException(400, "Not JSON") from None
    if not isinstance(body, dict) or body.get("page") not in ("recto", "verso"):
        raise HTTPException(422, "Which page?")
    return {"page": body["page"]}
