"""A quarry's drill cores: logs come in line by line, with a picture and a report of each core."""
# ruff: noqa: E501

import json
from itertools import count
from typing import Annotated

from fastapi import FastAPI, File, HTTPException, Request, Response, UploadFile
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

KINDS = {b"\x89PNG\r\n": "image/png", b"GIF8": "image/gif"}
LOG = '{"depth": 1, "rock": "chalk"}\n{"depth": 12, "rock": "flint"}\n'
LOGS = {"application/x-ndjson": {"schema": {"type": "string"}, "example": LOG}}
REFUSED = {400: {"description": "No such lines"}, 413: {"description": "Too long", "content": {"application/json": {"schema": {"type": "object"}}}}}


class NewCore(BaseModel):
    site: str


class Core(NewCore):
    id: int


app = FastAPI()
numbers = count(7001)
cores: dict[int, Core] = {}
pictures: dict[int, tuple[bytes, str]] = {}


@app.post("/cores", status_code=201)
async def drill(new: NewCore) -> Core:
    core = Core(id=next(numbers), site=new.site)
    cores[core.id] = core
    return core


@app.put("/cores/{core}/picture", status_code=204, responses={404: {"description": "No such core"}, 415: {"description": "No picture"}})
async def show(core: int, picture: Annotated[UploadFile, File()]) -> None:
    content = await picture.read()
    kind = next((kind for start, kind in KINDS.items() if content.startswith(start)), None)
    if kind is None:
        raise HTTPException(415, "No PNG or GIF")
    if core not in cores:
        raise HTTPException(404, "No such core")
    pictures[core] = (content, kind)


@app.get("/cores/{core}/picture", response_class=Response, responses={200: {"content": {"image/png": {}}}, 404: {"description": "No picture"}})
async def look(core: int) -> Response:
    if core not in pictures:
        raise HTTPException(404, "No picture")
    content, kind = pictures[core]
    return Response(content, media_type=kind)  # lie: undocumented-media-type GET /cores/{core}/picture 200


@app.post("/logs", status_code=202, openapi_extra={"requestBody": {"required": True, "content": LOGS}}, responses=REFUSED)
async def log(request: Request) -> Response:
    body = await request.body()
    if len(body) > 1_000_000:
        return PlainTextResponse("Too long", 413)  # lie: undocumented-media-type POST /logs 413
    try:
        lines = [json.loads(line) for line in body.splitlines() if line.strip()]
        deepest = max(line["depth"] for line in lines)
    except (ValueError, TypeError, LookupError, RecursionError):
        raise HTTPException(400, "No such lines") from None
    if deepest > 10:
        raise HTTPException(409, "Deeper than anybody drilled")  # lie: undocumented-status POST /logs 409
    return Response(status_code=202)


@app.post("/reports", status_code=201, responses={415: {"description": "No PDF"}})
async def report(file: UploadFile) -> dict[str, int]:
    if not (file.filename or "").endswith(".pdf") or not (content := await file.read()).startswith(b"%PDF-"):
        raise HTTPException(415, "No PDF")
    return {"pages": content.count(b"/Page ") + 1, "id": f"{file.filename}"}  # lie: server-error POST /reports 500
