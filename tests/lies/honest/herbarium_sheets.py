"""A herbarium: sheets, the pictures of them, and lists of finds that collectors hand in."""

import csv
import io
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import FastAPI, File, Form, HTTPException, Request, Response, UploadFile
from pydantic import BaseModel, Field

MOST_BYTES = 2_000_000
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
CSV = {"schema": {"type": "string", "maxLength": MOST_BYTES}, "example": "genus,species\nPrimula,veris\nFicaria,verna\n"}
FINDS = {"requestBody": {"required": True, "content": {"text/csv": CSV}}}
LONG = {413: {"description": "Longer than two megabytes"}}
MISSING = {404: {"description": "No such sheet, or no picture of it"}}


class NewSheet(BaseModel):
    genus: Annotated[str, Field(max_length=40)]


class Sheet(NewSheet):
    id: UUID


app = FastAPI()
sheets: dict[UUID, Sheet] = {}
pictures: dict[UUID, tuple[bytes, str]] = {}


@app.post("/sheets", status_code=201)
async def mount(new: NewSheet) -> Sheet:
    sheet = Sheet(id=uuid4(), genus=new.genus)
    sheets[sheet.id] = sheet
    return sheet


@app.put(
    "/sheets/{sheet}/picture",
    status_code=204,
    responses={**MISSING, **LONG, 415: {"description": "No PNG or JPEG, whatever it says"}},
)
async def photograph(
    sheet: UUID, picture: Annotated[UploadFile, File()], taken_by: Annotated[str, Form(max_length=9)] = ""
) -> None:
    if (picture.size or 0) > MOST_BYTES:
        raise HTTPException(413, f"{taken_by}, this is too long")
    content = await picture.read()
    kind = next((kind for start, kind in PICTURES.items() if content.startswith(start)), None)
    if kind is None or picture.content_type != kind:
        raise HTTPException(415, "No picture")
    if sheet not in sheets:
        raise HTTPException(404, "No such sheet")
    pictures[sheet] = (content, kind)


@app.get(
    "/sheets/{sheet}/picture",
    response_class=Response,
    responses={200: {"content": {"image/png": {}, "image/jpeg": {}}}, **MISSING},
)
async def look(sheet: UUID) -> Response:
    if sheet not in pictures:
        raise HTTPException(404, "No picture")
    content, kind = pictures[sheet]
    return Response(content, media_type=kind)


@app.post("/finds", openapi_extra=FINDS, responses={400: {"description": "Not such a list"}, **LONG})
async def hand_in(request: Request) -> dict[str, int]:
    body = await request.body()
    if len(body) > MOST_BYTES:
        raise HTTPException(413, "Too long")
    try:
        rows = list(csv.DictReader(io.StringIO(body.decode()), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise HTTPException(400, "Not CSV") from None
    if not rows or any(set(row) != {"genus", "species"} or None in row.values() for row in rows):
        raise HTTPException(400, "A genus and a species each")
    return {"finds": len(rows)}
