"""Where no type can be asked, whatever some documented type may take counts as a conversion."""

import pytest

from upheld.drive.guess import may_be_bare, may_be_of_its_own, may_convert
from upheld.model import Json

UNION = {"anyOf": [{"type": "integer"}, {"type": "null"}]}
CONVERTS: dict[str, tuple[str, Json, list[dict[str, Json]], bool]] = {
    "a text that is a number": ("type", "5", [{"type": "integer"}], True),
    "a text that is none": ("type", "five", [{"type": "integer"}], False),
    "a truth for an integer": ("type", True, [{"type": "integer"}], True),
    "a text for a truth": ("type", "yes", [{"type": "boolean"}], True),
    "a text that is no truth": ("type", "perhaps", [{"type": "boolean"}], False),
    "a duration for a number": ("type", "PT5S", [{"type": "number"}], True),
    "a number for a text, as a date may be": ("type", 5, [{"type": "string"}], True),
    "nothing for a text": ("type", None, [{"type": "string"}], False),
    "an object for a text": ("type", {}, [{"type": "string"}], False),
    "a list for an object": ("type", [], [{"type": "object"}], False),
    "a text for a list": ("type", "a", [{"type": "array"}], False),
    "a part of a union": ("anyOf", "5", [UNION, {"type": "integer"}, {"type": "null"}], True),
    "no part of a union": ("anyOf", "x", [UNION, {"type": "integer"}, {"type": "null"}], False),
    "one of several models": ("oneOf", {"a": True}, [{"oneOf": [{"type": "object"}]}], True),
    "several types": ("type", "5", [{"type": ["integer", "null"]}], True),
    "a text beside an enumeration of texts": ("enum", "x", [{"enum": ["a", "b"]}], False),
    "a number beside an enumeration of texts": ("enum", 1, [{"enum": ["a", "b"]}], True),
    "a truth for an enumeration of numbers": ("enum", True, [{"enum": [1, 2]}], True),
    "a constant": ("const", "x", [{"const": "a"}], False),
    "a format": ("format", "x", [{"type": "string", "format": "uuid"}], True),
    "nothing is documented": ("type", "x", [], True),
}


@pytest.mark.parametrize(("keyword", "value", "parts", "expected"), CONVERTS.values(), ids=CONVERTS)
def test_may_convert(keyword: str, value: Json, parts: list[dict[str, Json]], expected: bool) -> None:
    assert expected == may_convert(keyword, value, parts)


BARE: dict[str, tuple[str, list[dict[str, Json]], bool]] = {
    "the documented type": ("int_parsing_size", [{"type": "integer"}], True),
    "another one": ("int_parsing", [{"type": "string"}], False),
    "one of a union": ("int_parsing", [{"type": "string"}, {"type": "integer"}], True),
    "of no documented type": ("int_parsing", [], True),
    "an error of no type": ("greater", [{"type": "string"}], True),
    "an enumeration": ("string_type", [{"enum": ["a"]}], True),
}


@pytest.mark.parametrize(("kind", "parts", "expected"), BARE.values(), ids=BARE)
def test_may_be_bare(kind: str, parts: list[dict[str, Json]], expected: bool) -> None:
    assert expected == may_be_bare(kind, parts)


def test_may_be_of_its_own() -> None:
    assert may_be_of_its_own([{"type": "string"}, {"format": "email"}])
    assert may_be_of_its_own([{"type": "string", "contentMediaType": "application/octet-stream"}])
    assert not may_be_of_its_own([{"type": "string"}])
