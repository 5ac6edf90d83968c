"""What conditions ask is put into a request, and the rest of the request stays as it was."""

import json
from urllib.parse import parse_qsl

import pytest

from tests.build import body, operation, parameter, request
from upheld.drive.assign import Assigner
from upheld.media import FORMS
from upheld.model import Assignment, Exactly, Json, Presence, Request, Shaped
from upheld.multipart import Part, join, split
from upheld.schema import Judge

LINE = {"type": "object", "properties": {"sku": {"type": "string"}}, "required": ["sku"]}
SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "note": {"type": "string"},
        "lines": {"type": "array", "items": LINE},
    },
}
TOLD = operation(
    method="POST",
    path="/shelves/{shelf}",
    parameters=(
        parameter("shelf", {"type": "string"}, "path"),
        parameter("size", {"type": "integer"}),
        parameter("x-mode", {"type": "string"}, "header"),
        parameter("beta", {"type": "string"}, "cookie"),
    ),
    body=body(SCHEMA),
)
BASE = request(
    "POST",
    "/shelves/a?size=3",
    headers=(("content-type", "application/json"), ("x-mode", "old")),
    body=json.dumps({"name": "Ada", "note": "n"}).encode(),
)


def assigned(assignment: Assignment) -> Request:
    (made,) = Assigner(TOLD, Judge({"openapi": "3.1.0"})).requests([assignment], BASE)
    return made


TARGETS: dict[str, tuple[Assignment, str]] = {
    "a path value": ({("path", "shelf"): Exactly(value="b/c")}, "/shelves/b%2Fc?size=3"),
    "a query value": ({("query", "size"): Exactly(value=64)}, "/shelves/a?size=64"),
    "one that the docs do not name": ({("query", "trace"): Exactly(value=True)}, "/shelves/a?size=3&trace=true"),
    "one that is not to be there": ({("query", "size"): Presence.ABSENT}, "/shelves/a"),
    "one that is there already": ({("query", "size"): Presence.PRESENT}, "/shelves/a?size=3"),
}


@pytest.mark.parametrize(("assignment", "target"), TARGETS.values(), ids=TARGETS)
def test_target(assignment: Assignment, target: str) -> None:
    made = assigned(assignment)
    assert target == made.target
    assert BASE.body is not None
    assert made.body is not None
    assert json.loads(BASE.body) == json.loads(made.body)


BODIES: dict[str, tuple[Assignment, Json]] = {
    "a member": ({("body", "name"): Exactly(value="Eve")}, {"name": "Eve", "note": "n"}),
    "one that is not to be there": ({("body", "note"): Presence.ABSENT}, {"name": "Ada"}),
    "an item of a list that is not there": (
        {("body", "lines", 0, "sku"): Exactly(value="S-1")},
        {"name": "Ada", "note": "n", "lines": [{"sku": "S-1"}]},
    ),
    "a whole before its parts": (
        {("body", "lines", 0, "sku"): Exactly(value="S"), ("body", "lines"): Exactly(value=[{"sku": "x"}])},
        {"name": "Ada", "note": "n", "lines": [{"sku": "S"}]},
    ),
}


@pytest.mark.parametrize(("assignment", "value"), BODIES.values(), ids=BODIES)
def test_body(assignment: Assignment, value: Json) -> None:
    made = assigned(assignment)
    assert made.body is not None
    assert value == json.loads(made.body)


def test_headers() -> None:
    made = assigned({("header", "x-mode"): Exactly(value="debug"), ("cookie", "beta"): Exactly(value="on")})
    assert ("debug", "beta=on") == (made.header("x-mode"), made.header("cookie"))


def test_no_body() -> None:
    made = assigned({("body",): Presence.ABSENT})
    assert (None, None) == (made.body, made.header("content-type"))


def test_shaped() -> None:
    """A list of a length is made of what the docs say of its items."""
    made = assigned({("body", "lines"): Shaped(schema={"minItems": 2, "maxItems": 2})})
    assert made.body is not None
    lines = json.loads(made.body)["lines"]
    assert 2 == len(lines)
    assert all(isinstance(line["sku"], str) for line in lines)


def test_bodiless() -> None:
    """A GET without a documented body gets none."""
    told = operation(method="GET", path="/shelves/{shelf}")
    made = Assigner(told, Judge({})).requests([{("body", "a"): Exactly(value=1)}], request("GET", "/shelves/a"))
    assert [] == list(made)


FORM = operation(
    method="POST",
    path="/",
    body=body({"properties": {"sheet": {"type": "string"}, "note": {"type": "string"}}}, "multipart/form-data"),
)
PARTS = (
    Part(name="note", data="n"),
    Part(name="sheet", data="x", filename="a.txt", media_type="text/plain"),
)
FILES: dict[str, tuple[Assignment, Part | None]] = {
    "its name": (
        {("body", "sheet", "filename"): Exactly(value="b.cdr")},
        Part(name="sheet", data="x", filename="b.cdr", media_type="text/plain"),
    ),
    "its type": (
        {("body", "sheet", "content_type"): Exactly(value="video/mp4")},
        Part(name="sheet", data="x", filename="a.txt", media_type="video/mp4"),
    ),
    "no type": (
        {("body", "sheet", "content_type"): Presence.ABSENT},
        Part(name="sheet", data="x", filename="a.txt"),
    ),
    "what is in it": (
        {("body", "sheet", "data"): Exactly(value="%PDF")},
        Part(name="sheet", data="%PDF", filename="a.txt", media_type="text/plain"),
    ),
    "no name": ({("body", "sheet", "filename"): Presence.ABSENT}, None),
    "of what is no file": ({("body", "note", "filename"): Exactly(value="b.cdr")}, None),
}


@pytest.mark.parametrize(("assignment", "expected"), FILES.values(), ids=FILES)
def test_files(assignment: Assignment, expected: Part | None) -> None:
    content, content_type = join(PARTS)
    base = request("POST", "/", headers=(("content-type", content_type),), body=content)
    made = [*Assigner(FORM, Judge({"openapi": "3.1.0"})).requests([assignment], base)]
    found = [split(one.body or b"", content_type) for one in made]
    assert ([[PARTS[0], expected]] if expected is not None else []) == found


def test_turns() -> None:
    """Each turn takes another of the values that would do; what has no other stays."""
    assigner = Assigner(TOLD, Judge({"openapi": "3.1.0"}))
    assignment: Assignment = {
        ("path", "shelf"): Exactly(value="a", others=("b", "c")),
        ("query", "size"): Exactly(value=1),
    }
    made = [request for turn in range(4) for request in assigner.requests([assignment], BASE, turn)]
    assert [f"/shelves/{name}?size=1" for name in "abca"] == [one.target for one in made]


def told_in_form(note: str) -> list[tuple[str, str]]:
    """Put what is asked of a sheet into a form whose required note says something."""
    schema = {"properties": {"sheet": {"type": "string"}, "note": {"type": "string"}}, "required": ["note"]}
    told = operation(method="POST", path="/", body=body(schema, FORMS[0]))
    sent = request("POST", "/", headers=(("content-type", FORMS[0]),), body=f"sheet=&note={note}&other=".encode())
    (made,) = Assigner(told, Judge({"openapi": "3.1.0"})).requests([{("body", "sheet"): Exactly(value="A")}], sent)
    return parse_qsl((made.body or b"").decode(), keep_blank_values=True)


NOTES = {"nothing": ("", "upheld"), "something": ("n", "n")}


@pytest.mark.parametrize(("note", "expected"), NOTES.values(), ids=NOTES)
def test_a_form_says_what_it_has_to(note: str, expected: str) -> None:
    """FastAPI takes an empty text of a form for none."""
    assert [("note", expected), ("other", ""), ("sheet", "A")] == sorted(told_in_form(note))


def test_many_items_are_alike() -> None:
    """A list that is long enough holds the plainest item that the docs allow, a number before a text."""
    price = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]}
    item = {"type": "object", "properties": {"price": price}, "required": ["price"]}
    told = operation(method="POST", path="/", body=body({"type": "array", "items": item}))
    sent = request("POST", "/", headers=(("content-type", "application/json"),), body=b"[]")
    many: Assignment = {("body",): Shaped(schema={"minItems": 21, "maxItems": 21})}
    (made,) = Assigner(told, Judge({"openapi": "3.1.0"})).requests([many], sent)
    items = json.loads(made.body or b"")
    assert [items[0]] * 21 == items
    assert isinstance(items[0]["price"], int | float)
