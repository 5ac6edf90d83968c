"""Drawn requests are the same in every process, fit their operation, and are what a client would put on the wire."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests

from tests.build import body, operation, parameter, request
from upheld.drive import generate
from upheld.drive.wire import violations
from upheld.model import Json, Operation, Request
from upheld.multipart import BOUNDARY, split
from upheld.schema import Judge

PET = {
    "type": "object",
    "properties": {"name": {"type": "string", "minLength": 2, "maxLength": 5}, "age": {"type": "integer"}},
    "required": ["name"],
}
UPLOAD = {"type": "object", "properties": {"up": {"type": "string", "format": "binary"}}, "required": ["up"]}
OK = {"200": {"description": "Fine"}}


def told(schema: Json, media: str = "application/json") -> Json:
    return {"required": True, "content": {media: {"schema": schema}}}


DOCUMENT: dict[str, Json] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "paths": {
        "/pets/{id}": {
            "get": {
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}},
                    {"name": "q", "in": "query", "schema": {"enum": ["a", "b"]}},
                ],
                "responses": OK,
            }
        },
        "/pets": {"post": {"requestBody": told({"$ref": "#/components/schemas/Pet"}), "responses": OK}},
        "/photos": {"post": {"requestBody": told(UPLOAD, "multipart/form-data"), "responses": OK}},
        "/broken": {"get": {"parameters": [{"$ref": "#/components/nowhere"}], "responses": OK}},
        "/unasked": {"get": {"responses": OK}},
    },
    "components": {"schemas": {"Pet": PET}},
}
LABELS = ["POST /photos", "GET /pets/{id}", "POST /pets", "GET /broken"]
OPERATIONS: dict[str, Operation] = {
    "GET /pets/{id}": operation(
        path="/pets/{id}",
        parameters=(parameter("id", {"type": "integer", "minimum": 1}, "path"), parameter("q", {"enum": ["a", "b"]})),
    ),
    "POST /pets": operation(method="POST", path="/pets", body=body(PET)),
    "POST /photos": operation(method="POST", path="/photos", body=body(UPLOAD, "multipart/form-data")),
}
Drawn = dict[str, list[Request]]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    generate.prepare(tmp_path_factory.mktemp("hypothesis"))
    return dict(generate.draw(DOCUMENT, LABELS, 0))


@pytest.mark.parametrize("label", OPERATIONS)
def test_enough_of_both_kinds(drawn: Drawn, label: str) -> None:
    judge = Judge(DOCUMENT)
    judged = [violations(sent, OPERATIONS[label], judge) for sent in drawn[label]]
    assert len([one for one in judged if one == ()]) >= 3
    assert len([one for one in judged if one]) >= 3


def test_only_what_was_asked_for(drawn: Drawn) -> None:
    assert "GET /unasked" not in drawn
    assert [] == drawn.get("GET /broken", [])


@pytest.mark.parametrize("label", OPERATIONS)
def test_as_on_the_wire(drawn: Drawn, label: str) -> None:
    """Of its method, each once, without what a server of another name or a tool would tell."""
    assert len(drawn[label]) == len(set(drawn[label]))
    for sent in drawn[label]:
        assert label.partition(" ")[0] == sent.method
        assert sent.target.startswith("/")
        assert sent.target.isascii()
        assert {"host", "user-agent", "x-schemathesis-testcaseid", "content-length"}.isdisjoint(dict(sent.headers))
        assert all(name == name.lower() for name, _ in sent.headers)


def test_uploads_have_a_boundary_that_stays(drawn: Drawn) -> None:
    types = {one.header("content-type") for one in drawn["POST /photos"]}
    whole = f"multipart/form-data; boundary={BOUNDARY}"
    assert {whole} == {media for media in types if "boundary" in (media or "")}
    assert 3 < len([one for one in drawn["POST /photos"] if split(one.body or b"", whole)])


def test_the_same_in_another_process(drawn: Drawn, tmp_path: Path) -> None:
    code = (
        "import json, sys; from pathlib import Path; from upheld.drive.generate import draw, prepare; "
        "prepare(Path('made')); document, labels = json.load(sys.stdin); "
        "found = dict(draw(document, labels, 0)); print(ascii(found))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps([DOCUMENT, LABELS]),
        cwd=tmp_path,
        env=os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ascii(drawn) == done.stdout.strip()
    assert ["made"] == [path.name for path in tmp_path.iterdir()]


def test_another_seed_draws_others(drawn: Drawn) -> None:
    other = dict(generate.draw(DOCUMENT, ["POST /pets"], 1))
    assert ["POST /pets"] == list(other)
    assert drawn["POST /pets"] != other["POST /pets"]


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "hypothesis").write_text("a file where the folder should be", encoding="utf-8")
    generate._know_codecs(tmp_path / "hypothesis")


ASKED_OF = """
import sys
from pathlib import Path
from hypothesis.internal import charmap
from upheld.drive import generate

if sys.argv[1:]:
    generate.prepare(Path(sys.argv[1]))
categories = sorted(charmap.categories())
print(categories, charmap.query(categories=set(categories) - {"Cs"}).intervals)
letters, others = charmap.as_general_categories(["L"]), charmap.as_general_categories(["N", "Z"])
for bounds in ({"min_codepoint": 65, "max_codepoint": 122}, {"max_codepoint": 700}, {"min_codepoint": 600}, {}):
    for wanted in (letters, others, (), None):
        for but in ({}, {"include_characters": "a1\u2603"}, {"exclude_characters": "bZ2"}):
            print(bounds, sorted(wanted or ()), but, charmap.query(categories=wanted, **bounds, **but).intervals)
"""


def test_what_hypothesis_is_told_is_what_it_would_find_out(tmp_path: Path) -> None:
    found, told = (
        subprocess.run(
            [sys.executable, "-c", ASKED_OF, *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for arguments in ((), ("made",))
    )
    assert found == told
    assert 49 == len(found.splitlines())


def test_cases_become_requests_without_the_internal_interface(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "schemathesis.transport.requests", None)
    case: Any = SimpleNamespace(as_transport_kwargs=lambda base_url: {"url": base_url})
    assert {"url": "http://upheld.invalid"} == generate._serialized()(case)


class Broken:
    """A schema whose internal interface is another one."""

    def iter_coverage_cases(self, **_: object) -> Iterator[object]:
        raise TypeError


def test_drawn_cases_stand_in_where_the_internal_interface_fails() -> None:
    assert [] == list(generate._coverage(Broken(), SimpleNamespace()))  # type: ignore[arg-type]


def test_what_hypothesis_cannot_draw_is_left_out() -> None:
    import hypothesis  # noqa: PLC0415 - a second

    def refuse(**_: object) -> object:
        raise ValueError

    unsatisfiable: Any = SimpleNamespace(as_strategy=refuse, label="GET /a")
    assert [] == list(generate._drawn(hypothesis, unsatisfiable, 0))


def prepared(method: str = "POST", url: str = "http://upheld.invalid/a", **arguments: Any) -> Any:
    return requests.Request(method, url, **arguments).prepare()


def with_body(raw: object) -> Any:
    made = prepared()
    made.body = raw
    return made


WIRED: dict[str, tuple[Any, Request | None]] = {
    "a path and a query": (prepared("GET", "http://upheld.invalid/a%2Fb?q=%20"), request(target="/a%2Fb?q=%20")),
    "no path": (prepared("GET", "http://upheld.invalid"), request(target="/")),
    "headers": (
        prepared("GET", headers={"X-A": "1", "User-Agent": "x"}),
        request(target="/a", headers=(("x-a", "1"),)),
    ),
    "a header in bytes": (prepared("GET", headers={"X-A": b"\xe4"}), request(target="/a", headers=(("x-a", "\xe4"),))),
    "a header beyond Latin-1": (prepared("GET", headers={"X-A": "\u2603"}), None),
    "bytes": (with_body(b"\xff"), request("POST", "/a", body=b"\xff")),
    "a text": (with_body("\xe4\ud800"), request("POST", "/a", body=b"\xc3\xa4\xed\xa0\x80")),
    "nothing": (with_body(b""), request("POST", "/a")),
    "a stream": (with_body(iter([b"x"])), None),
}


@pytest.mark.parametrize(("made", "sent"), WIRED.values(), ids=WIRED)
def test_wire_records(made: Any, sent: Request | None) -> None:
    assert sent == generate._request(made)


def test_a_boundary_of_chance_is_replaced() -> None:
    made = prepared(files={"up": ("f", b"x")})
    other = prepared(files={"up": ("f", b"x")})
    other.headers["Content-Type"] = "text/plain"
    for one, media in ((made, f"multipart/form-data; boundary={BOUNDARY}"), (other, "text/plain")):
        sent = generate._request(one)
        assert sent is not None
        assert media == sent.header("content-type")
        assert (sent.body or b"").startswith(f"--{BOUNDARY}\r\n".encode())
        assert (sent.body or b"").endswith(f"--{BOUNDARY}--\r\n".encode())


class Case:
    """Stands in for a drawn case."""

    def __init__(self, method: str, **arguments: Any) -> None:
        self.method = method
        self._arguments = arguments

    def as_transport_kwargs(self, base_url: str) -> dict[str, Any]:
        return {"method": self.method, "url": f"{base_url}/a", "timeout": 3, **self._arguments}


def test_cases_that_cannot_be_sent_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "schemathesis.transport.requests", None)
    cases: Any = [
        Case("post", data=b"1"),
        Case("POST", data=b"1"),
        Case("PUT", data=b"1"),
        Case("POST", headers={"x-a": "a\r\nb"}),
        Case("POST", data=iter([b"x"])),
        Case("POST", data=b"2"),
    ]
    assert [b"1", b"2"] == [sent.body for sent in generate._wired(iter(cases), "POST")]
