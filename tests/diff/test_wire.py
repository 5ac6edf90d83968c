"""Values as texts: null is nothing, a number is a text, and one item of a list is the item."""

import pytest

from tests.diff.asked import Side, document
from upheld.diff.answer import Included
from upheld.diff.include import Inclusion
from upheld.diff.instances import Instances
from upheld.diff.nodes import Nodes
from upheld.diff.normal import Forms
from upheld.diff.wire import is_written, readings
from upheld.model import Json

TEXT: dict[str, Json] = {"type": "string"}
INTEGER: dict[str, Json] = {"type": "integer"}
BOOLEAN: dict[str, Json] = {"type": "boolean"}
NULL: dict[str, Json] = {"type": "null"}


def items(schema: Json, **others: Json) -> dict[str, Json]:
    return {"type": "array", "items": schema, **others}


CASES: dict[str, tuple[Json, Json, bool, bool]] = {
    "null is nothing": ({"anyOf": [TEXT, NULL]}, TEXT, True, True),
    "a number is a text": (INTEGER, TEXT, True, False),
    "a boolean is a text": (BOOLEAN, TEXT, True, False),
    "a boolean is one of two texts": (BOOLEAN, {"enum": ["true", "false"]}, True, True),
    "a listed number is a text": ({"enum": [1, 2]}, {"enum": ["1", "2"]}, True, True),
    "a listed number is a number": ({"enum": ["1"]}, {"const": 1}, True, True),
    "a text that is not any text takes no number": (INTEGER, {"type": "string", "minLength": 2}, False, False),
    "one item is a list": (TEXT, items(TEXT), True, False),
    "a list of at most one is the item": (items(TEXT, maxItems=1), TEXT, True, True),
    "a list of two is no item": (items(TEXT, minItems=2), TEXT, False, False),
    "items are texts as well": (items(INTEGER), items(TEXT), True, False),
    "a list of nothing is nothing": (items(TEXT, maxItems=0), NULL, True, True),
}


@pytest.mark.parametrize(("one", "other", "forwards", "backwards"), CASES.values(), ids=CASES)
def test_decide(one: Json, other: Json, *, forwards: bool, backwards: bool) -> None:
    nodes = Nodes()
    forms = Forms(nodes)
    inclusion = Inclusion(forms, Instances(forms), wire=True)
    conditions = [Side(document(schema), nodes).condition for schema in (one, other)]
    assert forwards is isinstance(inclusion.decide(*conditions), Included)
    assert backwards is isinstance(inclusion.decide(*conditions[::-1]), Included)


READINGS: dict[str, tuple[Json, list[Json]]] = {
    "a text": ("a", ["a", ["a"]]),
    "a number": (1, [1, "1", [1], ["1"]]),
    "a number as a text": ("1.5", ["1.5", 1.5, ["1.5"], [1.5]]),
    "a text that is no number in JSON": ("01", ["01", ["01"]]),
    "a boolean": (True, [True, "true", [True], ["true"]]),
    "a boolean as a text": ("false", ["false", False, ["false"], [False]]),
    "null": (None, [None]),
    "no items": ([], [[]]),
    "one item": (["1"], [["1"], [1], "1", 1]),
    "two items": (["a", "b"], [["a", "b"], ["a", ["b"]], [["a"], "b"], [["a"], ["b"]]]),
    "a member": ({"a": "b"}, [{"a": "b"}, {"a": ["b"]}]),
}


@pytest.mark.parametrize(("value", "expected"), READINGS.values(), ids=READINGS)
def test_readings(value: Json, expected: list[Json]) -> None:
    assert expected == list(readings(value))


WRITTEN: dict[str, tuple[Json, bool]] = {
    "a text": ("", True),
    "zero": (0, True),
    "false": (False, True),
    "null": (None, False),
    "no items": ([], False),
    "a member that is null": ({"a": 1, "b": None}, False),
    "members": ({"a": 1}, True),
    "no members": ({}, True),
}


@pytest.mark.parametrize(("value", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_is_written(value: Json, *, expected: bool) -> None:
    assert expected is is_written(value)
