"""What was drawn is stored and read again, until something that it depends on is another."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import upheld
from tests.build import request
from upheld.drive import corpus
from upheld.model import Json, Request

REF = {"$ref": "#/components/schemas/Pet"}
DOCUMENT = {
    "openapi": "3.1.0",
    "paths": {
        "/pets": {
            "parameters": [{"name": "shared", "in": "query", "schema": {}}],
            "get": {"operationId": "list"},
            "post": {"requestBody": {"content": {"application/json": {"schema": REF}}}},
        },
        "/owners": {"get": {"operationId": "owners"}, "x-note": {"operationId": "none"}},
    },
    "components": {
        "schemas": {
            "Pet": {"properties": {"owner": {"$ref": "#/components/schemas/Owner"}}},
            "Owner": {"properties": {"pets": {"items": REF}}},
        }
    },
}
LABELS = ["GET /pets", "POST /pets", "GET /owners"]
NASTY = [
    request(
        "POST", "/pets?q=%00%FF", headers=(("content-type", "a/b"), ("x-a", "\xe4"), ("x-a", "")), body=b"\x00\xff"
    ),
    request("POST", "/pets", body=b""),
    request("POST", "/pets", body='{"a": "\U0001f600"}\n'.encode()),
    request("POST", "/pets"),
]


class Drawer:
    """Stands in for the drawing; remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def draw(
        self, document: Mapping[str, Json], labels: Sequence[str], seed: int
    ) -> Iterator[tuple[str, list[Request]]]:
        assert document
        self.asked.append(sorted(labels))
        for label in labels:
            method, path = label.split()
            yield label, [request(method, f"{path}?seed={seed}"), *NASTY]


def load(document: Json, folder: Path, seed: int = 0) -> tuple[list[str], dict[str, list[Request]]]:
    """Return which operations were drawn, and what was loaded."""
    drawer = Drawer()
    labels = [f"{method.upper()} {path}" for path, item in (document["paths"] or {}).items() for method in item]
    found = dict(corpus.load(document, labels, corpus.folder(folder), seed, drawer.draw))
    return [label for labels in drawer.asked for label in labels], found


def test_stored_and_reused(tmp_path: Path) -> None:
    drawn, first = load(DOCUMENT, tmp_path)
    assert (sorted(LABELS), LABELS) == (drawn, list(first))
    assert [request("GET", "/pets?seed=0"), *NASTY] == first["GET /pets"]
    assert ([], first) == load(DOCUMENT, tmp_path)
    assert 3 == len(list((tmp_path / ".upheld" / "corpus").glob("*.json")))
    assert "*\n" == (tmp_path / ".upheld" / ".gitignore").read_text(encoding="utf-8")


def edited(*path: str | int, value: Json = "edited") -> Json:
    copy = json.loads(json.dumps(DOCUMENT))
    node = copy
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return copy


CHANGED: dict[str, tuple[Json, list[str]]] = {
    "an operation": (edited("paths", "/pets", "get", "operationId"), ["GET /pets"]),
    "what a path's operations share": (edited("paths", "/pets", "parameters", 0, "name"), ["GET /pets", "POST /pets"]),
    "what it refers to": (edited("components", "schemas", "Pet", "title"), ["POST /pets"]),
    "what that refers to": (edited("components", "schemas", "Owner", "title"), ["POST /pets"]),
    "what nobody refers to": (edited("components", "schemas", "Other"), []),
    "the default security": (edited("security", value=[{"a": []}]), sorted(LABELS)),
    "the security schemes": (edited("components", "securitySchemes", value={}), sorted(LABELS)),
    "a new operation": (edited("paths", "/pets", "delete", value={}), ["DELETE /pets"]),
    "an operation elsewhere": (edited("paths", "/animals", value={"get": {"operationId": "list"}}), ["GET /animals"]),
    "the title": (edited("info", value={}), []),
    "no paths": (edited("paths", value=None), []),
}


@pytest.mark.parametrize(("document", "labels"), CHANGED.values(), ids=CHANGED)
def test_only_what_changed_is_drawn_again(document: Json, labels: list[str], tmp_path: Path) -> None:
    load(DOCUMENT, tmp_path)
    assert labels == load(document, tmp_path)[0]


def test_operations_that_look_alike_keep_apart(tmp_path: Path) -> None:
    """Where nobody gave them ids, only method and path tell two operations apart."""
    document: dict[str, Any] = {"paths": {"/a": {"get": {}, "put": {}}, "/b": {"get": {}}}}
    first = load(document, tmp_path)[1]
    assert ([], first) == load(document, tmp_path)
    assert ["/a?seed=0", "/a?seed=0", "/b?seed=0"] == [requests[0].target for requests in first.values()]


def test_other_seeds_and_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(DOCUMENT, tmp_path)
    assert sorted(LABELS) == load(DOCUMENT, tmp_path, seed=1)[0]
    assert [] == load(DOCUMENT, tmp_path, seed=0)[0]
    monkeypatch.setattr(upheld, "__version__", "99")
    assert sorted(LABELS) == load(DOCUMENT, tmp_path)[0]


BROKEN = {
    "empty": "",
    "no JSON": "[{",
    "no list": "7",
    "no requests": "[7]",
    "a member is missing": '[{"method": "GET"}]',
    "no base64": '[{"method": "GET", "target": "/", "headers": [], "base64": "x"}]',
    "no headers": '[{"method": "GET", "target": "/", "headers": [1]}]',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_drawn_again(text: str, tmp_path: Path) -> None:
    whole = load(DOCUMENT, tmp_path)[1]
    for path in (tmp_path / ".upheld" / "corpus").glob("*.json"):
        path.write_text(text, encoding="utf-8")
    assert (sorted(LABELS), whole) == load(DOCUMENT, tmp_path)
    assert ([], whole) == load(DOCUMENT, tmp_path)


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / ".upheld").write_text("a file where the folder should be", encoding="utf-8")
    for _ in range(2):
        drawn, found = load(DOCUMENT, tmp_path)
        assert (sorted(LABELS), LABELS) == (drawn, list(found))


def test_an_operation_that_cannot_be_drawn_has_no_requests(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    assert {label: [] for label in LABELS} == dict(corpus.load(DOCUMENT, LABELS, folder, 0, lambda *_: []))


def test_a_reference_to_nowhere(tmp_path: Path) -> None:
    document = {"paths": {"/a": {"get": {"x": {"$ref": "#/components/gone/A~1b"}, "y": [{"$ref": 7}]}}}}
    assert ["GET /a"] == load(document, tmp_path)[0]
