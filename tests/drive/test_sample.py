"""Values for a schema: of its types, mostly within its bounds, some just past them, and the same for the same seed."""

import random
from collections.abc import Callable

import pytest

from upheld.drive.sample import sample
from upheld.model import Json
from upheld.schema import Judge

DOCUMENT = {
    "openapi": "3.1.0",
    "components": {
        "schemas": {
            "Tree": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "twigs": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
                },
                "required": ["name", "twigs"],
            },
            "Chain": {
                "type": "object",
                "properties": {"next": {"$ref": "#/components/schemas/Chain"}},
                "required": ["next"],
            },
        }
    },
}
JUDGE = Judge(DOCUMENT)


def drawn(schema: Json, count: int = 300) -> list[Json]:
    chance = random.Random(1)
    return [sample(schema, JUDGE, chance) for _ in range(count)]


FITTING: dict[str, Json] = {
    "an integer": {"type": "integer"},
    "bounds": {"type": "integer", "minimum": 3, "maximum": 5},
    "a lower bound": {"type": "integer", "minimum": 3},
    "an upper bound": {"type": "integer", "maximum": 5},
    "exclusive bounds": {"type": "integer", "exclusiveMinimum": 3, "exclusiveMaximum": 5},
    "a step": {"type": "integer", "minimum": 10, "maximum": 40, "multipleOf": 10},
    "a number": {"type": "number", "minimum": 0.5, "maximum": 4.5},
    "a boolean": {"type": "boolean"},
    "null": {"type": "null"},
    "a text": {"type": "string"},
    "a length": {"type": "string", "minLength": 3, "maxLength": 5},
    "a pattern": {"type": "string", "pattern": "^[A-Z]{2}-\\d+$"},
    "a pattern that nobody can make, and a length": {"type": "string", "pattern": "(?=)", "maxLength": 400},
    "a date": {"type": "string", "format": "date"},
    "an email": {"type": "string", "format": "email"},
    "a uuid": {"type": "string", "format": "uuid"},
    "an enum": {"enum": ["a", 1, None]},
    "a constant": {"const": {"a": 1}},
    "examples": {"type": "integer", "examples": [7]},
    "a list": {"type": "array", "items": {"type": "boolean"}, "minItems": 1, "maxItems": 2},
    "a tuple": {
        "type": "array",
        "prefixItems": [{"type": "integer"}, {"type": "boolean"}],
        "minItems": 2,
        "maxItems": 2,
    },
    "an object": {"type": "object", "properties": {"a": {"type": "integer"}, "b": {}}, "required": ["a"]},
    "a union": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    "a reference": {"$ref": "#/components/schemas/Tree"},
    "several types": {"type": ["integer", "string"]},
    "anything": True,
    "nothing said": {},
}


@pytest.mark.parametrize("schema", FITTING.values(), ids=FITTING)
def test_most_fit(schema: Json) -> None:
    values = drawn(schema)
    assert sum(JUDGE.valid(schema, value) is not False for value in values) > 0.6 * len(values)


VARIED: dict[str, tuple[Json, list[Callable[[Json], bool]]]] = {
    "on a bound and past it": (
        {"type": "integer", "minimum": 3, "maximum": 50},
        [lambda v: v == 2, lambda v: v == 3, lambda v: 3 < v < 50, lambda v: v == 50, lambda v: v == 51],
    ),
    "a length past its bounds": (
        {"type": "string", "minLength": 3, "maxLength": 5},
        [lambda v: len(v) == 2, lambda v: len(v) == 3, lambda v: len(v) == 6],
    ),
    "fractions": ({"type": "number", "minimum": 0, "maximum": 9}, [lambda v: v % 1 != 0, lambda v: v % 1 == 0]),
    "with and without": (
        {"type": "object", "properties": {"a": {"type": "null"}}},
        [lambda v: v == {}, lambda v: v == {"a": None}],
    ),
    "every part of a union": (
        {"oneOf": [{"type": "integer"}, {"type": "null"}]},
        [lambda v: v is None, lambda v: isinstance(v, int)],
    ),
    "examples now and then": (
        {"type": "integer", "examples": [77]},
        [lambda v: v == 77, lambda v: v != 77],
    ),
    "texts that are not easy": (
        {"type": "string"},
        [lambda v: v == "", lambda v: "\x00" in v, lambda v: len(v) > 100, lambda v: v.isalpha()],
    ),
    "a datetime without an offset": (
        {"type": "string", "format": "date-time"},
        [lambda v: v.endswith("Z"), lambda v: v == "2024-02-29T12:00:00"],
    ),
}


@pytest.mark.parametrize(("schema", "kinds"), VARIED.values(), ids=VARIED)
def test_variety(schema: Json, kinds: list[Callable[[Json], bool]]) -> None:
    values = drawn(schema)
    assert [True] * len(kinds) == [any(map(kind, values)) for kind in kinds]


ODD: dict[str, Json] = {
    "bounds in the wrong order": {"type": "integer", "minimum": 5, "maximum": 3},
    "bounds that are none": {"type": "integer", "minimum": True, "maximum": "9"},
    "no size": {"type": "array", "minItems": -1, "maxItems": None, "items": {}},
    "a very long text": {"type": "string", "minLength": 10**9},
    "a very long list": {"type": "array", "minItems": 10**9},
    "a bound beyond all": {"type": "number", "maximum": 1e308},
    "no step": {"type": "integer", "multipleOf": 0},
    "types that exclude each other": {"type": "string", "enum": []},
    "no type at all": {"allOf": []},
    "a pattern that is none": {"type": "string", "pattern": "("},
    "a schema that contains itself": {"$ref": "#/components/schemas/Chain"},
    "a reference to nowhere": {"$ref": "#/nowhere"},
    "a type that excludes its constants": {"type": "integer", "not": {}},
    "disjoint": {"type": "integer", "const": 1, "enum": ["a"]},
}


@pytest.mark.parametrize("schema", ODD.values(), ids=ODD)
def test_odd_schemas_give_something(schema: Json) -> None:
    assert 50 == len(drawn(schema, 50))


def test_the_same_seed_gives_the_same() -> None:
    schema = {"$ref": "#/components/schemas/Tree"}
    assert drawn(schema) == drawn(schema)
