"""What a new parameter is called, which nothing else in the function is, and what a file calls what it imports."""

import ast
from pathlib import Path

import pytest

from tests.fix.projects import loaded
from upheld.fix.code.names import argument, bound
from upheld.fix.edits import Import

CASES = {
    "as it is": ("size", "return 1", "size"),
    "a header's": ("X-Dry-Run", "return 1", "x_dry_run"),
    "no identifier": ("größe[]", "return 1", "gr__e"),
    "nothing of one": ("$", "return 1", "value"),
    "a number": ("1st", "return 1", "value_1st"),
    "a keyword": ("class", "return 1", "class_"),
    "another parameter": ("request", "return 1", "request_"),
    "a parameter of any name": ("rest", "return 1", "rest_"),
    "a name of the module": ("size", "return size(request)", "size_"),
    "what it reads itself": ("size", "size = request.query_params.get('size')\nreturn size", "size"),
    "likewise, or a text": ("size", "size = request.headers.get('size') or 'small'\nreturn size", "size"),
    "likewise, in a condition": ("size", "if size := request.cookies['size']:\n    return size", "size"),
    "one or the other": ("size", "size = request.cookies['s'] if request else None\nreturn size", "size"),
    "what it makes of it": ("size", "size = int(request.query_params.get('size', '5'))\nreturn size", "size_"),
    "also what it makes of it": ("size", "size = request.cookies['size']\nsize = len(size)\nreturn size", "size_"),
    "a loop's": ("size", "for size in request:\n    return size", "size_"),
    "both are taken": ("size", "size = len(request)\nsize_ = 1\nreturn size_", "size__"),
}


@pytest.mark.parametrize(("wire", "body", "name"), CASES.values(), ids=CASES)
def test_argument(wire: str, body: str, name: str) -> None:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    (function,) = ast.parse(f"def read(request, *rest):\n{lines}\n").body
    assert isinstance(function, ast.FunctionDef)
    assert name == argument(wire, function)


BASE = Import("pydantic", "BaseModel")

BOUND: dict[str, tuple[str, str, tuple[Import, ...]]] = {
    "nothing of it": ("", "BaseModel", (BASE,)),
    "the name": ("from pydantic import BaseModel", "BaseModel", (BASE,)),
    "another name": ("from pydantic import BaseModel as Model", "Model", ()),
    "the name from elsewhere": ("from pydantic.main import BaseModel", "BaseModel", ()),
    "another name of the module": ("import pydantic as p", "p.BaseModel", ()),
    "the module": ("import pydantic", "pydantic.BaseModel", ()),
    "the module, and other names": ("import pydantic\nfrom pydantic import Field", "BaseModel", (BASE,)),
    "a part of the module": ("import pydantic.fields", "BaseModel", (BASE,)),
    "the name for something else": (
        "class BaseModel: ...",
        "PydanticBaseModel",
        (Import("pydantic", "BaseModel", "PydanticBaseModel"),),
    ),
    "both for something else": (
        "class BaseModel: ...\nPydanticBaseModel = 1",
        "PydanticBaseModel_",
        (Import("pydantic", "BaseModel", "PydanticBaseModel_"),),
    ),
}


@pytest.mark.parametrize(("text", "name", "imports"), BOUND.values(), ids=BOUND)
def test_bound(text: str, name: str, imports: tuple[Import, ...], tmp_path: Path) -> None:
    source = f"{text}\nfrom fastapi import FastAPI\napp = FastAPI()\n"
    with loaded(tmp_path, {"shop/main.py": source}) as project:
        file = project.files.at("shop/main.py")
        assert file is not None
        assert (name, imports) == bound(file, "pydantic", "BaseModel")
