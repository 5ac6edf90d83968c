"""A contract is read from JSON or YAML; what cannot be is told with its file and line."""

from pathlib import Path

import pytest

from upheld.contract import ContractError, document, read

JSON = (
    '{"openapi": "3.1.0", "info": {"title": "té", "version": "1"}, '
    '"paths": {"/a": {"get": {"responses": {"200": {"description": "ok"}}}}}}'
)
YAML = """
openapi: 3.1.0
info: {title: té, version: "1"}
paths:
  /a:
    get:
      responses:
        200: {description: ok}
"""

WRITTEN = {"a.json": JSON, "a.yaml": YAML, "a.YML": YAML, "marked.json": "\ufeff" + JSON}


@pytest.mark.parametrize("name", WRITTEN)
def test_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(WRITTEN[name], encoding="utf-8")
    found = read(path)
    assert [("GET /a", ["200"])] == [(one.label, list(one.responses)) for one in found.operations]
    assert (path.as_posix(), "té") == (found.app, found.document["info"]["title"])
    assert document(path) == found.document


RUN = '; run "upheld export"'
ANEW = f"{RUN} to write it anew"
NEW = '; write a new one with "upheld export"'
MEND = ' run "upheld export"'
WRITE = '; write one with "upheld export"'

REFUSED = {
    "no JSON": (
        "a.json",
        b'{\n "openapi": "3.1.0",\n}',
        ":3: Illegal trailing comma before end of object in column 1, expected JSON" + RUN,
    ),
    "no YAML": ("a.yaml", b"a: 1\nb: [\n", ":3: did not find expected node content, expected YAML" + ANEW),
    "no UTF-8": ("a.json", b'{\n"a": "\xe9"}', ":2: byte 0xe9, expected UTF-8" + RUN),
    "another version": ("a.json", b'{\n "info": {},\n "openapi": "2.0"}', ":3: openapi='2.0', expected 3.x" + NEW),
    "Swagger": ("a.yaml", b"swagger: '2.0'\n", ":1: swagger='2.0', expected 3.x" + NEW),
    "no document": ("a.json", b"[]", ":1: the document is list, expected an OpenAPI object" + WRITE),
    "nothing": ("a.yaml", b"", ":1: the document is NoneType, expected an OpenAPI object" + WRITE),
    "not valid": (
        "a.json",
        b'{"openapi": "3.1.0", "paths": {}}',
        ': "info" is a required property at #, expected OpenAPI 3.1; mend it and' + MEND,
    ),
}


@pytest.mark.parametrize(("name", "content", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ContractError) as caught:
        read(path)
    # How a trailing comma is told depends on Python's release.
    seen = str(caught.value).replace(
        "Expecting property name enclosed in double quotes", "Illegal trailing comma before end of object"
    )
    assert f"{path.as_posix()}{message}" == seen


def test_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with pytest.raises(ContractError) as caught:
        document(path)
    assert f"{path.as_posix()}: no such file, expected an OpenAPI document" + RUN == str(caught.value)


def test_folder(tmp_path: Path) -> None:
    message = f"{tmp_path.as_posix()}: cannot be read (Is a directory), expected an OpenAPI document" + RUN
    with pytest.raises(ContractError) as caught:
        document(tmp_path)
    assert message == str(caught.value)
