"""A generated package, as it is found: the method of each operation, and the keyword of each scheme."""

from pathlib import Path

import pytest

from tests.client.packages import files
from tests.roundtrip.trips import fresh
from upheld.client import write
from upheld.model import Json, UpheldError
from upheld.roundtrip.shipped import Shipped

PAGE: Json = {
    "type": "object",
    "required": ["items", "next_cursor"],
    "properties": {
        "items": {"type": "array", "items": {"type": "string"}},
        "next_cursor": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    },
}


def _answer(schema: Json, media: str = "application/json") -> Json:
    return {"200": {"description": "", "content": {media: {"schema": schema}}}}


TOKEN_FORM: Json = {"type": "object", "properties": {"username": {"type": "string"}, "password": {"type": "string"}}}
FLOWS: Json = {"password": {"tokenUrl": "token", "scopes": {}}}
DOCUMENT: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "components": {
        "securitySchemes": {
            "Password": {"type": "oauth2", "flows": FLOWS},
            "Basic": {"type": "http", "scheme": "basic"},
            "Key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        }
    },
    "paths": {
        "/token": {
            "post": {
                "operationId": "sign_in",
                "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": TOKEN_FORM}}},
                "responses": _answer({"type": "object"}),
            }
        },
        "/books": {
            "get": {
                "operationId": "list_books",
                "parameters": [{"name": "cursor", "in": "query", "schema": {"type": "string"}}],
                "responses": _answer(PAGE),
            }
        },
        "/books.csv": {"get": {"operationId": "export_books", "responses": _answer({"type": "string"}, "text/csv")}},
    },
}


def test_methods(tmp_path: Path) -> None:
    with fresh(tmp_path) as folder:
        write(folder, files(DOCUMENT, folder.name))
        shipped = Shipped(folder)
        methods = shipped.methods
        assert ["GET /books", "GET /books.csv", "POST /token"] == sorted(methods)
        assert ["list_books", "export_books"] == [methods[label].name for label in ("GET /books", "GET /books.csv")]
        assert methods["POST /token"].name.startswith("sign_in_")
        path, line, code = methods["GET /books.csv"].place
        assert (str(folder / "client.py"), "def export_books(self) -> str:") == (path, code)
        assert code == Path(path).read_text("utf-8").splitlines()[line - 1].strip()
        assert (str, str) == methods["GET /books.csv"].returns


def test_keywords(tmp_path: Path) -> None:
    with fresh(tmp_path) as folder:
        write(folder, files(DOCUMENT, folder.name))
        assert {"Password": "bearer", "Basic": "basic", "Key": "key"} == Shipped(folder).keywords


BROKEN = {
    "missing library": (
        "import no_such_library\n",
        'raised ModuleNotFoundError: .*; install it: "pip install no_such_l',
    ),
    "no client": ("", 'raised .*, expected a client that imports; write it anew with "upheld client"$'),
    "raises": ("1 / 0\n", 'raised ZeroDivisionError: division by zero, .*; write it anew with "upheld client"$'),
}


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN)
def test_broken(tmp_path: Path, text: str, message: str) -> None:
    with fresh(tmp_path) as folder:
        folder.mkdir()
        (folder / "__init__.py").write_text(text, encoding="utf-8")
        with pytest.raises(UpheldError, match=message):
            Shipped(folder)
