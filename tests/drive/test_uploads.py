"""A form's files are exchanged for well-formed ones, and what was uploaded is then downloaded."""

from pathlib import Path

import pytest

from tests.build import body, operation, request
from tests.live import live
from upheld.drive.uploads import file_parts, names_files, uploads
from upheld.media import FORMS
from upheld.model import Json, MediaType
from upheld.multipart import Part, join, split
from upheld.schema import Judge
from upheld.settings import Settings

FILE = {"type": "string", "format": "binary"}
OCTETS = {"type": "string", "contentMediaType": "application/octet-stream"}
DOCUMENT = {"components": {"schemas": {"Scan": FILE, "Form": {"properties": {"scan": FILE}}}}}
KINDS: dict[str, tuple[Json, dict[str, Json], dict[str, str]]] = {
    "none": ({"properties": {"a": {"type": "string"}, "b": True}}, {}, {}),
    "nothing said": (None, {}, {}),
    "anything": (True, {}, {}),
    "binary": ({"properties": {"a": FILE}}, {}, {"a": ""}),
    "by its media type": ({"properties": {"a": OCTETS}}, {}, {"a": "application/octet-stream"}),
    "a text that is encoded": ({"properties": {"a": {**OCTETS, "contentEncoding": "base64"}}}, {}, {}),
    "a text that is JSON": ({"properties": {"a": {**OCTETS, "contentSchema": {"type": "object"}}}}, {}, {}),
    "named": ({"properties": {"a": {"type": "string", "contentMediaType": "image/png"}}}, {}, {"a": "image/png"}),
    "several, one of which may be missing": (
        {"properties": {"a": {"type": "array", "items": OCTETS}, "b": {"anyOf": [FILE, {"type": "null"}]}}},
        {},
        {"a": "application/octet-stream", "b": ""},
    ),
    "encoded": (
        {"properties": {"a": FILE, "b": FILE}},
        {"a": {"contentType": "image/*"}, "b": {}},
        {"a": "image/*", "b": ""},
    ),
    "referred to": ({"properties": {"a": {"$ref": "#/components/schemas/Scan"}}}, {}, {"a": ""}),
    "composed": (
        {"allOf": [{"$ref": "#/components/schemas/Form"}, {"properties": {"b": FILE}}]},
        {},
        {"scan": "", "b": ""},
    ),
}


@pytest.mark.parametrize(("schema", "encoding", "expected"), KINDS.values(), ids=KINDS)
def test_file_parts(schema: Json, encoding: dict[str, Json], expected: dict[str, str]) -> None:
    assert expected == file_parts(MediaType(schema=schema, encoding=encoding), Judge(DOCUMENT))


NAMING = {"image/png": True, "image/*, application/pdf": True, "*/*": False, "application/octet-stream": False}


@pytest.mark.parametrize(("kind", "expected"), NAMING.items())
def test_names_files(kind: str, *, expected: bool) -> None:
    form = body({"properties": {"a": FILE}}, FORMS[1], encoding={"a": {"contentType": kind}})
    assert expected == names_files(operation(body=form), Judge({}))
    assert not names_files(operation(body=body({"properties": {"a": FILE}})), Judge({}))


FORM = {
    "properties": {"title": {"type": "string", "enum": ["Emma"]}, "n": {"const": 3}, "scan": FILE, "back": OCTETS},
    "required": ["title", "n", "scan"],
}


def sent(base: tuple[Part, ...], kind: str = "image/png, text/csv") -> list[list[tuple[str, str | None, str | None]]]:
    told = operation(method="POST", path="/", body=body(FORM, FORMS[1], encoding={"scan": {"contentType": kind}}))
    raw, content_type = join(base)
    start = request("POST", "/", headers=(("a", "b"), ("content-type", content_type)), body=raw if base else None)
    found = list(uploads(start, told, Judge({})))
    assert {"b"} == {one.header("a") for one in found}
    parts = [split(one.body or b"", one.header("content-type") or "") or [] for one in found]
    return [[(p.name, p.filename or p.data, p.media_type) for p in mine] for mine in parts]


def test_uploads() -> None:
    old = (Part(name="title", data="Mr"), Part(name="scan", data="", filename="x"), Part(name="new", data="1"))
    found = sent(old)
    title, new = ("title", "Mr", None), ("new", "1", None)
    assert [title, new, ("scan", "sample.png", "image/png"), ("back", "sample.png", "image/png")] == found[0]
    assert [title, new, ("scan", "sample.csv", "text/csv"), ("back", "sample.jpg", "image/jpeg")] == found[1]
    assert ["png", "csv", "jpg", "pdf", *"pncjp"][:4] == [(mine[2][1] or "")[-3:] for mine in found[:4]]
    assert 9 == len(found)


def test_a_form_of_its_own() -> None:
    assert [("title", "Emma", None), ("n", "3", None)] == sent(())[0][:2]


def test_no_files() -> None:
    for form in (body({"properties": {"a": {"type": "string"}}}, FORMS[1]), body(FORM, FORMS[0]), None):
        assert [] == list(uploads(request("POST"), operation(body=form), Judge({})))


GALLERY = """
import itertools
STARTS = {b"\\x89PNG\\r\\n\\x1a\\n": "image/png", b"\\xff\\xd8\\xff": "image/jpeg", b"GIF8": "image/gif"}
SUFFIXES = {".webp": b"RIFF", ".pdf": b"%PDF-", ".zip": b"PK\\x03\\x04", ".json": b"{", ".csv": b"id", ".txt": b"s"}
class New(BaseModel):
    title: str
class Work(New):
    id: uuid.UUID
works, pictures, papers = {}, {}, {}
@app.post("/works", status_code=201)
def make(new: New) -> Work:
    work = Work(id=uuid.uuid4(), **new.model_dump())
    works[work.id] = work
    return work
@app.get("/works/{work}")
def read(work: uuid.UUID) -> Work:
    if work not in works:
        raise HTTPException(404)
    return works[work]
@app.delete("/works/{work}", status_code=204)
def remove(work: uuid.UUID) -> None:
    if works.pop(work, None) is None:
        raise HTTPException(404)
    pictures.pop(work, None)
@app.get("/works/{work}/picture", response_class=Response)
def look(work: uuid.UUID) -> Response:
    if work not in pictures:
        raise HTTPException(404)
    return Response(pictures[work], media_type="image/png")
@app.put("/works/{work}/picture", status_code=204)
async def show(work: uuid.UUID, picture: UploadFile) -> None:
    content = await picture.read()
    kind = next((kind for start, kind in STARTS.items() if content.startswith(start)), None)
    if kind is None or picture.content_type != kind:
        raise HTTPException(415)
    if work not in works:
        raise HTTPException(404)
    pictures[work] = content
    taken.add(kind)
taken = set()
@app.post("/papers", status_code=201)
async def hand_in(paper: UploadFile, title: Annotated[str, Form(min_length=3)]) -> dict[str, str]:
    content, name = await paper.read(), paper.filename or ""
    start = next((start for suffix, start in SUFFIXES.items() if name.endswith(suffix)), None)
    if start is None or not content.startswith(start):
        raise HTTPException(415)
    taken.add(name)
    papers[key := str(uuid.uuid4())] = content
    return {"id": key}
@app.get("/papers/{paper}", response_class=Response)
def paper(paper: str) -> Response:
    if paper not in papers:
        raise HTTPException(404)
    return Response(papers[paper], media_type="text/plain")
@app.get("/taken")
def kinds() -> list[str]:
    return sorted(taken)
"""


def test_what_was_uploaded_is_downloaded(tmp_path: Path) -> None:
    with live(GALLERY, tmp_path, Settings(budget=80)) as app:
        seen = {f"{one.operation.label} {one.status}" for one in app.session.exchanges()}
        taken = app.ask("GET /taken").body.decode()
    assert {
        "PUT /works/{work}/picture 204",
        "PUT /works/{work}/picture 415",
        "GET /works/{work}/picture 200",
        "POST /papers 201",
        "POST /papers 415",
        "GET /papers/{paper} 200",
    } <= seen
    for kind in ("image/png", "image/jpeg", "image/gif", ".webp", ".pdf", ".zip", ".json", ".csv", ".txt"):
        assert kind in taken
