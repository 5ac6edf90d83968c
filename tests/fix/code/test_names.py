"""What a new parameter is called: what nothing else in the function is."""

import ast

import pytest

from upheld.fix.code.names import argument

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
