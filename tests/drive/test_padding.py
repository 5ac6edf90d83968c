"""A body grows to its size and says the same; what documents 413 is asked so until it answers that, three times at most."""

import json
import pickle
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from tests.build import body, operation, request
from tests.live import live
from upheld.drive.padding import SIZES_BYTES, may_be_too_long, padded
from upheld.media import FORMS
from upheld.model import Exchange, Padding, Request
from upheld.multipart import Part, join, split
from upheld.settings import Settings

SIZE = 1000
TOLD = operation(method="POST", path="/")
URLENCODED, MULTIPART = FORMS


def grown(sent: str, raw: bytes) -> Request:
    base = request("POST", "/", headers=(("content-type", sent),), body=raw)
    made = padded(base, TOLD, SIZE)
    assert made is not None
    assert (SIZE, SIZE) == (made.body_bytes, len(made.sent or b""))
    return made


def test_json() -> None:
    raw = (grown("application/json", b'{"a": 1}').sent or b"").decode()
    assert {"a": 1} == json.loads(raw)
    assert raw == '{"a": 1}'.ljust(SIZE)


RAW = {
    "text": ("text/csv", b"a,b", b"\n"),
    "bytes": ("application/octet-stream", b"\xff", b"\0"),
    "no media type": ("", b"a", b"\n"),
}


@pytest.mark.parametrize(("sent", "raw", "byte"), RAW.values(), ids=RAW)
def test_raw(sent: str, raw: bytes, byte: bytes) -> None:
    assert raw + byte * (SIZE - len(raw)) == grown(sent, raw).sent


def test_a_form_grows_where_a_text_stands() -> None:
    pairs = parse_qsl((grown(URLENCODED, b"n=1&name=Rex&is=true").sent or b"").decode())
    assert [("n", "1"), ("is", "true")] == pairs[:2]
    assert ("name", "Rexa") == (pairs[2][0], pairs[2][1][:4])


FILE = Part(name="up", data="\udcff", filename="a.bin", media_type="a/b")
PARTS: dict[str, tuple[list[Part], str, str]] = {
    "a file": ([FILE, Part(name="a", data="b"), Part(name="n", data="1")], "up", "\0"),
    "a file of text": ([Part(name="up", data="x", filename="a.txt"), Part(name="a", data="b")], "up", "\n"),
    "no file": ([Part(name="a", data="b"), Part(name="n", data="1")], "a", "a"),
    "no text either": ([Part(name="n", data="1")], "n", "a"),
}


@pytest.mark.parametrize(("parts", "name", "fill"), PARTS.values(), ids=PARTS)
def test_parts(parts: list[Part], name: str, fill: str) -> None:
    raw, sent = join(parts)
    *others, last = split(grown(sent, raw).sent or b"", sent) or []
    assert {part.name: part.data for part in parts if part.name != name} == {part.name: part.data for part in others}
    old = next(part for part in parts if part.name == name)
    assert (name, old.data, fill) == (last.name, last.data.rstrip(fill) or old.data, last.data[-1])
    assert (old.filename, old.media_type) == (last.filename, last.media_type)


NONE = {
    "no body": request("POST", "/"),
    "an empty one": request("POST", "/", headers=(("content-type", "text/plain"),), body=b""),
    "a form that is none": request("POST", "/", headers=(("content-type", MULTIPART),), body=b"a"),
    "a form elsewhere": request("POST", "/b", headers=(("content-type", URLENCODED),), body=b"a=b"),
}


@pytest.mark.parametrize("sent", NONE.values(), ids=NONE)
def test_nothing_to_pad(sent: Request) -> None:
    assert padded(sent, TOLD, SIZE) is None


def test_what_is_longer_stays() -> None:
    long = request("POST", "/", headers=(("content-type", "application/json"),), body=b" " * SIZE + b"1")
    made = padded(long, TOLD, SIZE)
    assert made is not None
    assert long.body == made.sent


def test_a_long_body_takes_no_room() -> None:
    long = request("POST", body=b"a", padding=Padding(byte=b" ", length=2**24))
    assert len(pickle.dumps(long)) < 1000
    assert (None, 0) == (request(padding=long.padding).sent, request(padding=long.padding).body_bytes)


DOCUMENTED = {"200 413": True, "4XX": True, "200 422": False, "default": False}


@pytest.mark.parametrize(("told", "expected"), DOCUMENTED.items())
def test_may_be_too_long(told: str, *, expected: bool) -> None:
    assert expected == may_be_too_long(operation(told, body=body({})))
    assert not may_be_too_long(operation(told))


LIMITED = """
class Note(BaseModel):
    text: str = ""
LONG = {413: {"description": "Too long"}}
def limited(most):
    async def check(request: Request):
        if int(request.headers.get("content-length", "0")) > most:
            raise HTTPException(413)
    return [Depends(check)]
@app.post("/soon", responses=LONG, dependencies=limited(50_000))
def soon(note: Note) -> str:
    return note.text
@app.post("/later", responses={"4XX": {"description": "Refused"}}, dependencies=limited(10_000_000))
async def later(note: UploadFile, name: Annotated[str, Form()]) -> None: ...
@app.post("/never", responses=LONG)
def never(note: Note) -> str:
    return note.text
@app.post("/nowhere", dependencies=limited(50_000))
def nowhere(note: Note) -> str:
    return note.text
@app.post("/small", responses=LONG, dependencies=limited(100))
def small(note: Note) -> str:
    return note.text
@app.get("/bodiless", responses=LONG)
def bodiless() -> None: ...
"""


def test_what_documents_413(tmp_path: Path) -> None:
    with live(LIMITED, tmp_path, Settings(budget=60)) as app:
        found = [one for one in app.session.exchanges() if one.request.padding is not None]
    sizes: dict[str, list[tuple[int, int]]] = {}
    for one in found:
        sizes.setdefault(one.operation.path, []).append((one.request.body_bytes, one.status))
    small, middle, large = SIZES_BYTES
    assert {
        "/soon": [(small, 413)],
        "/later": [(small, 200), (middle, 200), (large, 413)],
        "/never": [(small, 200), (middle, 200), (large, 200)],
    } == sizes
    assert [()] * len(found) == [one.violations for one in found]


def test_a_long_text_is_judged_as_it_is_sent(tmp_path: Path) -> None:
    source = '@app.post("/")\ndef app_post(text: Annotated[str, Form(max_length=9)]) -> int:\n    return len(text)\n'
    with live(source, tmp_path) as app:
        told = app.operations["POST /"]
        base = request("POST", "/", headers=(("content-type", URLENCODED),), body=b"text=a")
        long = padded(base, told, SIZE)
        assert long is not None
        seen = app.session.replay(Exchange(operation=told, request=long, status=0))
    assert (422, ["maxLength"]) == (seen.status, [violation.keyword for violation in seen.violations or ()])
