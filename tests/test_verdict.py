"""A client is told what breaks it, operation by operation, and what cannot be decided."""

import json
from typing import Any

import pytest

from upheld.model import UpheldError
from upheld.verdict import Breaks, breaks


def document(**operation: Any) -> dict[str, Any]:
    answer = {"200": {"description": "", "content": {"application/json": {"schema": {"type": "integer"}}}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"responses": answer, **operation}}},
    }


NULLABLE = {"200": {"description": "", "content": {"application/json": {"schema": {"type": ["integer", "null"]}}}}}
CASES = {
    "the same": (document(), Breaks(breaking=(), undecided=())),
    "compatible": (document(summary="A"), Breaks(breaking=(), undecided=())),
    "breaking": (
        document(responses=NULLABLE),
        Breaks(breaking=("GET /a: null is now among the values",), undecided=()),
    ),
    "gone": ({**document(), "paths": {}}, Breaks(breaking=("GET /a: the operation is gone",), undecided=())),
}


@pytest.mark.parametrize(("theirs", "expected"), CASES.values(), ids=CASES)
def test_breaks(theirs: dict[str, Any], expected: Breaks) -> None:
    found = breaks(document(), json.dumps(theirs).encode())
    assert len(expected.breaking) == len(found.breaking)
    assert all(one.partition(": ")[0] == "GET /a" for one in found.breaking)
    assert expected.undecided == found.undecided


def test_unreadable() -> None:
    with pytest.raises(UpheldError, match=r"^openapi\.json:1: "):
        breaks(document(), b"<html>")
