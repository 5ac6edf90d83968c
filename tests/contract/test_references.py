"""References lead to what they mean, or say where they go wrong."""

from typing import Any

import pytest

from upheld.contract import ContractError
from upheld.contract.references import References

DOCUMENT: dict[str, Any] = {
    "a": {"$ref": "#/b"},
    "b": {"$ref": "#/c~1d/0", "summary": "b"},
    "c/d": [{"summary": "c", "x": 1}],
    "circle": {"$ref": "#/back"},
    "back": {"$ref": "#/circle"},
    "text": "no object",
    "e~f": {"y": 2},
}

FOUND = {
    "no reference": ({"x": 1}, {"x": 1}),
    "through a chain, the nearer words win": ({"$ref": "#/a"}, {"summary": "b", "x": 1}),
    "words beside it": ({"$ref": "#/a", "summary": "own"}, {"summary": "own", "x": 1}),
    "escapes": ({"$ref": "#/e~0f"}, {"y": 2}),
    "the document": ({"$ref": "#"}, DOCUMENT),
}


@pytest.mark.parametrize(("node", "expected"), FOUND.values(), ids=FOUND)
def test_found(node: dict[str, Any], expected: dict[str, Any]) -> None:
    assert expected == References(DOCUMENT, "a.json").follow(node)


REFUSED = {
    "nothing": ({"$ref": "#/no"}, "to nothing"),
    "beyond a list": ({"$ref": "#/c~1d/1"}, "to nothing"),
    "into a text": ({"$ref": "#/text/no"}, "to nothing"),
    "another document": ({"$ref": "b.json#/a"}, "out of the document"),
    "a circle": ({"$ref": "#/circle"}, "that refers to itself"),
}


@pytest.mark.parametrize(("node", "where"), REFUSED.values(), ids=REFUSED)
def test_refused(node: dict[str, Any], where: str) -> None:
    with pytest.raises(ContractError, match=f"^a.json: a reference {where}, .*; mend the document$"):
        References(DOCUMENT, "a.json").follow(node)


OBJECTS = {
    "a text": ("x", "a.json: 'x', expected an object; mend the document"),
    "a text behind a reference": (
        {"$ref": "#/text"},
        "a.json: 'no object' at #/text, expected an object; mend the document",
    ),
}


@pytest.mark.parametrize(("node", "message"), OBJECTS.values(), ids=OBJECTS)
def test_no_object(node: Any, message: str) -> None:  # what a document may hold
    with pytest.raises(ContractError) as caught:
        References(DOCUMENT, "a.json").follow(node)
    assert message == str(caught.value)
