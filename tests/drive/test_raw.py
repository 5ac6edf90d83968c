"""Bodies that are neither JSON nor a form: examples as they stand, else a file or texts of the schema, then mutations."""

from pathlib import Path
from typing import TypeAlias

import pytest

from tests.build import body, exchange, operation, request
from tests.live import faults, live
from upheld.drive.anew import Keys
from upheld.drive.asker import Asker
from upheld.drive.raw import carries_other, raw
from upheld.drive.specimens import SPECIMENS, XML
from upheld.model import Body, Example, Json, MediaType, Operation, Request
from upheld.schema import Judge
from upheld.settings import Settings

Sent: TypeAlias = list[tuple[str, bytes]]
NDJSON, CSV, TEXT, OCTETS = "application/x-ndjson", "text/csv", "text/plain", "application/octet-stream"
STRING = {"type": "string"}
PNG, PDF = SPECIMENS[0].data, SPECIMENS[2].data


def shown(value: Json, media: str, where: tuple[str, ...] = ("body",), name: str = "") -> Example:
    return Example(where=where, value=value, schema=True, media_type=media, name=name)


def mutated(media: str, whole: bytes) -> Sent:
    return [(media, whole[: len(whole) // 2]), (media, whole * 2), (media, b"")]


CASES: dict[str, tuple[dict[str, Json], tuple[Example, ...], Sent]] = {
    "nothing but JSON and forms": (
        {
            "application/json": STRING,
            "application/x-www-form-urlencoded": {},
            "a/b+json": {},
            "multipart/form-data": {},
        },
        (shown("a", "application/json"),),
        [],
    ),
    "an example": ({CSV: STRING}, (shown("a,b\n", CSV),), [(CSV, b"a,b\n"), *mutated(CSV, b"a,b\n")]),
    "two, of which the first is mutated": (
        {CSV: STRING},
        (shown("a\n", CSV), shown("bc", CSV), shown("a\n", CSV)),
        [(CSV, b"a\n"), (CSV, b"bc"), *mutated(CSV, b"a\n")],
    ),
    "a default": ({TEXT: {"type": "string", "default": "é"}}, (), [(TEXT, b"\xc3\xa9"), *mutated(TEXT, b"\xc3\xa9")]),
    "the media type as it is written": (
        {"text/CSV; charset=utf-8": STRING},
        (shown("a", "text/CSV; charset=utf-8"),),
        [("text/CSV; charset=utf-8", b"a"), *mutated("text/CSV; charset=utf-8", b"a")],
    ),
    "of a member, or of another media type": (
        {"application/pdf": {}},
        (shown("a", "application/pdf", ("body", "b")), shown("a", TEXT)),
        [("application/pdf", PDF), *mutated("application/pdf", PDF)],
    ),
    "lines that are shown as objects": (
        {NDJSON: {}},
        (shown([{"a": 11}, {"a": 2}], NDJSON), shown({"a": 3}, NDJSON)),
        [(NDJSON, b'{"a": 11}\n{"a": 2}\n'), (NDJSON, b'{"a": 3}\n'), *mutated(NDJSON, b'{"a": 11}\n{"a": 2}\n')],
    ),
    "an object that is no text": (
        {"application/xml": {}},
        (shown({"a": 1}, "application/xml"),),
        [
            ("application/xml", XML.data),
            *mutated("application/xml", XML.data),
        ],
    ),
    "lines of a schema": (
        {NDJSON: {"type": "object", "properties": {"a": {"const": 1}}, "required": ["a"]}},
        (),
        [(NDJSON, b'{"a": 1}\n'), *mutated(NDJSON, b'{"a": 1}\n')],
    ),
    "lines that nothing is said of": (
        {NDJSON: STRING},
        (),
        [
            (NDJSON, b'{"id": 1}\n'),
            (NDJSON, b"{}\n[]\n"),
            (NDJSON, b"-1"),
            *mutated(NDJSON, b'{"id": 1}\n'),
        ],
    ),
    "texts of a schema": (
        {"text/x-sku": {"type": "string", "enum": ["ab"]}},
        (),
        [("text/x-sku", b"ab"), *mutated("text/x-sku", b"ab")],
    ),
    "nothing is said": ({"a/b": None}, (), [("a/b", b"sample\n"), *mutated("a/b", b"sample\n")]),
    "a file": ({"application/pdf": {}}, (), [("application/pdf", PDF), *mutated("application/pdf", PDF)]),
    "anything": ({"*/*": None}, (), [(OCTETS, b"sample\n"), *mutated(OCTETS, b"sample\n")]),
    "any text": ({"text/*": STRING}, (shown("a", "text/*"),), [(TEXT, b"a"), *mutated(TEXT, b"a")]),
    "a range of files": (
        {"image/*": {}},
        (),
        [
            ("image/png", PNG),
            ("image/jpeg", SPECIMENS[1].data),
            ("image/gif", SPECIMENS[6].data),
            *mutated("image/png", PNG),
        ],
    ),
    "a range with an example": (
        {"image/*": {}},
        (shown("<svg/>", "image/*"),),
        [("image/x-sample", b"<svg/>"), *mutated("image/x-sample", b"<svg/>")],
    ),
}


@pytest.mark.parametrize(("content", "examples", "expected"), CASES.values(), ids=CASES)
def test_raw(content: dict[str, Json], examples: tuple[Example, ...], expected: Sent) -> None:
    entries = {name: MediaType(schema=schema) for name, schema in content.items()}
    told = operation(method="POST", path="/", body=Body(required=True, content=entries), examples=examples)
    base = request("POST", "/", headers=(("a", "b"), ("content-type", "x/y")), body=b"old")
    found = list(raw(base, told, Judge({}), []))
    assert expected == [(one.header("content-type"), one.body) for one in found]
    assert {"b"} >= {one.header("a") for one in found}


def test_nothing_is_made_beside_what_was_drawn() -> None:
    told = operation(method="POST", path="/", body=body({"type": "string"}, "text/x-sku"))
    drawn = request("POST", "/", headers=(("content-type", "text/x-sku"),), body=b"a")
    assert [] == list(raw(drawn, told, Judge({}), [drawn]))
    assert [] == list(raw(drawn, operation(), Judge({}), [drawn]))


CARRIED: dict[str, tuple[Request, Operation, bool]] = {
    "as documented": (request(headers=(("content-type", CSV),), body=b"a"), operation(body=body({}, CSV)), True),
    "within a range": (request(headers=(("content-type", CSV),), body=b"a"), operation(body=body({}, "text/*")), True),
    "empty": (request(headers=(("content-type", CSV),), body=b""), operation(body=body({}, CSV)), False),
    "of no media type": (request(body=b"a"), operation(body=body({}, CSV)), False),
    "of another one": (request(headers=(("content-type", TEXT),), body=b"a"), operation(body=body({}, CSV)), False),
    "JSON": (request(headers=(("content-type", "a/b+json"),), body=b"1"), operation(body=body({}, "a/b+json")), False),
    "no body is documented": (request(headers=(("content-type", CSV),), body=b"a"), operation(), False),
}


@pytest.mark.parametrize(("sent", "told", "expected"), CARRIED.values(), ids=CARRIED)
def test_carries_other(sent: Request, told: Operation, *, expected: bool) -> None:
    assert expected == carries_other(sent, told)


LINES = """
def documented(media, schema, **shown):
    return {"requestBody": {"required": True, "content": {media: {"schema": schema, **shown}}}}
@app.post("/visits", status_code=202, openapi_extra=documented(
    "application/x-ndjson", {"type": "string"}, example='{"n": 1}\\n{"n": 2}\\n'))
async def visits(request: Request) -> int:
    try:
        return sum(json.loads(line)["n"] for line in (await request.body()).splitlines() if line.strip())
    except (ValueError, LookupError, TypeError, RecursionError):
        raise HTTPException(400)
@app.put("/skus", openapi_extra=documented("text/x-sku", {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{2}$"}))
async def skus(request: Request) -> int:
    import re
    if not re.fullmatch(rb"[A-Z]{3}-[0-9]{2}", await request.body()):
        raise HTTPException(400)
    return 1
@app.put("/plates/{plate}/picture", status_code=204, openapi_extra=documented("image/png", {}))
async def picture(plate: int, request: Request) -> None:
    found[plate] = b""
    async for part in request.stream():
        found[plate] += part
    if not found[plate].startswith(b"\\x89PNG\\r\\n"):
        del found[plate]
        raise HTTPException(422)
@app.get("/plates/{plate}/picture", response_class=Response)
def look(plate: int) -> Response:
    if plate not in found:
        raise HTTPException(404)
    return Response(found[plate], media_type="image/png")
found = {}
"""


def test_handlers_that_read_the_body_themselves(tmp_path: Path) -> None:
    with live(LINES, tmp_path, Settings(budget=40)) as app:
        found = list(app.session.exchanges())
    seen = {f"{one.operation.label} {one.status}" for one in found}
    assert {
        "POST /visits 202",
        "POST /visits 400",
        "PUT /skus 200",
        "PUT /skus 400",
        "PUT /plates/{plate}/picture 204",
        "PUT /plates/{plate}/picture 422",
        "GET /plates/{plate}/picture 200",
    } <= seen
    rules = {rule for one in found for rule in faults(one)}
    assert rules.isdisjoint({"rejects-valid-request", "accepts-invalid-request"})


BOTH = """
class New(BaseModel):
    n: Annotated[int, Field(ge=1)]
CSV = {"text/csv": {"schema": {"type": "string"}, "example": "n\\n1\\n"}}
@app.post("/both", openapi_extra={"requestBody": {"content": CSV}})
def both(new: New) -> int:
    return new.n
"""


def test_json_comes_before_what_less_is_known_of(tmp_path: Path) -> None:
    with live(BOTH, tmp_path, Settings(budget=60)) as app:
        found = [one for one in app.session.exchanges() if one.request.body]
    first, *others = [one.request.header("content-type") for one in found if one.violations in ((), None)]
    assert "application/json" == first
    assert CSV in others
    assert {"1"} <= {one.body.decode() for one in found}


def test_what_was_accepted_is_kept_though_nobody_can_judge_it() -> None:
    told = operation("200", method="POST", body=body({}, CSV))
    asker = Asker([told], 10, Keys([told], Judge({"openapi": "3.1.0"})))
    good = request("POST", headers=(("content-type", CSV),), body=b"a")
    bare = request("POST", body=b"a")
    for one in (good, bare):
        asker.take(exchange(operation=told, request=one, violations=None))
    assert [good] == asker.accepted[told.label]
