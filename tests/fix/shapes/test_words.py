"""What is said of a status: the text that the code has for it, and nothing that the request said."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests import build
from upheld.fix.code import Files
from upheld.fix.shapes.words import description

CODE = """\
import sys

from fastapi import HTTPException
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse

MESSAGE = "Not in the library"


def get(book: int, why: str):
    if book == 1:
        raise HTTPException(404, "No such book")
    if book == 2:
        raise HTTPException(404, detail={"reason": "lent"})
    if book == 3:
        return JSONResponse({"message": "Gone for good"}, 410)
    raise HTTPException(409, f"{why} again")


def go(book: int):
    if book == 1:
        return RedirectResponse("/books")
    if book == 2:
        return RedirectResponse("https://books.example")
    if book == 3:
        return HTMLResponse("<p>No such book", status_code=404)
    return PlainTextResponse("0", status_code=404)
"""

Body = dict[str, Any]

CASES: dict[str, tuple[int, list[Body], list[int], str]] = {
    "a text of the code's": (404, [{"detail": "No such book"}] * 2, [11], "No such book"),
    "a constant": (404, [{"detail": "Not in the library"}], [11], "Not in the library"),
    "two texts": (404, [{"detail": "No such book"}, {"detail": "Gone for good"}], [11], "No such book; Gone for good"),
    "a text that the request had a part in": (409, [{"detail": "you again"}], [16], "Conflict"),
    "one of two is the request's": (409, [{"detail": "you again"}, {"detail": "No such book"}], [16], "Conflict"),
    "not seen, a raise": (404, [], [11], "No such book"),
    "not seen, a table": (404, [], [13], "lent"),
    "not seen, a response": (410, [], [15], "Gone for good"),
    "not seen, put together": (409, [], [16], "Conflict"),
    "a path": (307, [], [21], "Temporary Redirect"),
    "an address": (307, [], [23], "Temporary Redirect"),
    "markup": (404, [], [25], "Not Found"),
    "a number": (404, [], [26], "Not Found"),
    "nothing to read": (404, [{"code": 7}], [], "Not Found"),
    "a status without a name": (499, [], [], "Status 499"),
    "a line that is not there": (404, [], [900], "Not Found"),
}


@pytest.mark.parametrize(("status", "bodies", "lines", "expected"), CASES.values(), ids=CASES)
def test_description(
    status: int, bodies: list[Body], lines: list[int], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lending.py").write_text(CODE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    import lending  # type: ignore[import-not-found]  # noqa: PLC0415  # written above

    headers = (("content-type", "application/json"),)
    seen = [build.exchange(status=status, body=json.dumps(one).encode(), headers=headers) for one in bodies]
    places = [build.location(path="lending.py", line=line) for line in lines]
    try:
        assert expected == description(status, seen, places, Files(tmp_path))
    finally:
        import sys  # noqa: PLC0415

        del sys.modules[lending.__name__]
