"""Schemas of a document: references followed, values judged, texts read as the value that is asked for."""

import time
from typing import Any

import pytest

from upheld.model import Json
from upheld.schema import JSON_TYPES, Judge, UndecidedError, is_duration

DOCUMENT: dict[str, Json] = {
    "openapi": "3.1.0",
    "components": {
        "schemas": {
            "Name": {"type": "string", "minLength": 2},
            "Pet": {"type": "object", "properties": {"name": {"$ref": "#/components/schemas/Name"}}},
            "Alias": {"$ref": "#/components/schemas/Pet"},
            "Circle": {"$ref": "#/components/schemas/Circle"},
            "Tree": {
                "properties": {"twigs": {"items": {"$ref": "#/components/schemas/Tree"}}, "n": {"type": "integer"}}
            },
            "a/b~c": {"const": 1},
            "Any": True,
            "Text": "no schema",
        }
    },
}
JUDGE = Judge(DOCUMENT)


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


PROBLEMS: dict[str, tuple[Json, Json, list[tuple[tuple[str | int, ...], str]] | None]] = {
    "fine": ({"type": "integer"}, 1, []),
    "a type": ({"type": "integer"}, "x", [((), "type")]),
    "below": ({"properties": {"a": {"items": {"maximum": 1}}}}, {"a": [1, 2]}, [(("a", 1), "maximum")]),
    "several": ({"required": ["a", "b"]}, {}, [((), "required"), ((), "required")]),
    "through a reference": (ref("Pet"), {"name": "a"}, [(("name",), "minLength")]),
    "through an alias": (ref("Alias"), {"name": "a"}, [(("name",), "minLength")]),
    "through recursion": (ref("Tree"), {"twigs": [{"twigs": [{"n": "x"}]}]}, [(("twigs", 0, "twigs", 0, "n"), "type")]),
    "an odd name": (ref("a~1b~0c"), 2, [((), "const")]),
    "any value": (True, {"a": None}, []),
    "nothing": (False, 1, [((), "falseSchema")]),
    "a format": ({"format": "date"}, "x", [((), "format")]),
    "an unknown format": ({"format": "isbn"}, "x", []),
    "a duration": ({"format": "duration"}, "PT0.5S", []),
    "no duration": ({"format": "duration"}, "-PT1S", [((), "format")]),
    "an optional member's own fault": (
        {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
        "x",
        [((), "format")],
    ),
    "one below an optional member": (
        {"anyOf": [ref("Pet"), {"type": "null"}]},
        {"name": "a"},
        [(("name",), "minLength")],
    ),
    "several faults of an optional member": (
        {"anyOf": [{"maximum": 1, "multipleOf": 2}, {"type": "null"}]},
        3,
        [((), "anyOf")],
    ),
    "a union that does not fit at all": ({"anyOf": [{"type": "string"}, {"type": "null"}]}, 1, [((), "anyOf")]),
    "a union of which two come near": ({"anyOf": [{"maximum": 1}, {"multipleOf": 2}]}, 3, [((), "anyOf")]),
    "a pattern that is no expression": ({"pattern": "("}, "x", None),
    "a reference that leads nowhere": ({"$ref": "#/nowhere"}, "x", None),
    "a lone surrogate": ({"pattern": "^a"}, "\ud800", None),
    "a big integer": ({"type": "integer"}, 10**400, []),
}


@pytest.mark.parametrize(("schema", "value", "expected"), PROBLEMS.values(), ids=PROBLEMS)
def test_problems(schema: Json, value: Json, expected: list[tuple[tuple[str | int, ...], str]] | None) -> None:
    for _ in range(2):
        found = JUDGE.problems(schema, value)
        assert expected == (None if found is None else [(problem.path, problem.keyword) for problem in found])


def test_problem() -> None:
    (problem,) = JUDGE.problems(ref("Pet"), {"name": "a"}) or ()
    assert ('"a" is shorter than 2 characters', "a", 2) == (problem.message, problem.value, problem.expected)
    assert "minLength" == problem.leaf[-1]


def test_messages_are_short() -> None:
    (problem,) = JUDGE.problems({"type": "integer"}, "x" * 500) or ()
    assert 160 == len(problem.message)
    assert problem.message.endswith("…")
    (problem,) = JUDGE.problems({"enum": [[1]]}, 2) or ()
    assert None is problem.expected


VALID: dict[str, tuple[Json, Json, bool | None]] = {
    "yes": ({"type": "integer"}, 1, True),
    "no": ({"type": "integer"}, "x", False),
    "cannot tell": ({"pattern": "("}, "x", None),
    "a lone surrogate": ({"pattern": "^a"}, "\ud800", None),
}


@pytest.mark.parametrize(("schema", "value", "expected"), VALID.values(), ids=VALID)
def test_valid(schema: Json, value: Json, expected: bool | None) -> None:
    assert expected is JUDGE.valid(schema, value)


def test_a_schema_is_compiled_once() -> None:
    schema = {"items": {"type": "integer"}}
    assert JUDGE._validator(schema) is JUDGE._validator(schema)
    assert JUDGE.types(schema) is JUDGE.types(schema)


def test_one_judge_for_a_document() -> None:
    documents = [{"openapi": "3.1.0", "number": number} for number in range(200)]
    for document in documents:
        judge = Judge.of(document)
        assert judge is Judge.of(document)
        assert judge._source is document


NULLABLE = {"type": "integer", "nullable": True}
OLD: dict[str, tuple[Json, Json, bool]] = {
    "null where it may be": (NULLABLE, None, True),
    "the type where null may be": (NULLABLE, "x", False),
    "not nullable": ({"type": "integer", "nullable": False}, None, False),
    "an enum with null": ({"type": "string", "enum": ["a"], "nullable": True}, None, True),
    "an enum that says so itself": ({"type": "string", "enum": ["a", None], "nullable": True}, None, True),
    "without a type": ({"maximum": 1, "nullable": True}, None, True),
    "an exclusive bound": ({"minimum": 1, "exclusiveMinimum": True}, 1, False),
    "beyond an exclusive bound": ({"maximum": 1, "exclusiveMaximum": True}, 0, True),
    "an inclusive bound": ({"maximum": 1, "exclusiveMaximum": False}, 1, True),
    "an exclusive bound of nothing": ({"exclusiveMaximum": True}, 1, True),
    "inside of others": ({"allOf": [{"items": NULLABLE}], "properties": {"a": NULLABLE}}, [None], True),
    "in a component": ({"$ref": "#/components/schemas/Old"}, None, True),
    "a member of that name": ({"properties": {"nullable": {"type": "integer"}}}, {"nullable": "x"}, False),
}


@pytest.mark.parametrize(("schema", "value", "expected"), OLD.values(), ids=OLD)
def test_openapi_30(schema: Json, value: Json, expected: bool) -> None:
    judge = Judge({"openapi": "3.0.3", "components": {"schemas": {"Old": NULLABLE}}})
    assert expected is judge.valid(schema, value)


ONE_WAY: Json = {
    "type": "object",
    "required": ["id", "name", "key"],
    "properties": {"id": {"type": "integer", "readOnly": True}, "key": {"type": "string", "writeOnly": True}},
}
SPARED: dict[str, tuple[str, str, Json, list[str] | None]] = {
    "all that is asked for": ("3.0.3", "readOnly", {"name": 1, "key": ""}, []),
    "one is not spared": ("3.0.3", "readOnly", {}, ["name", "key"]),
    "an answer's": ("3.0.3", "writeOnly", {"id": 1, "name": 1}, []),
    "one that is there is let alone": ("3.0.3", "readOnly", {"id": "", "name": 1, "key": ""}, None),
    "within another": ("3.0.3", "readOnly", {"id": 1, "name": 1, "key": "", "part": {}}, ["name", "key"]),
    "nobody asked": ("3.0.3", "", {"name": 1, "key": ""}, ["id"]),
    "not in 3.1": ("3.1.0", "readOnly", {"name": 1, "key": ""}, ["id"]),
}


@pytest.mark.parametrize(("version", "mark", "value", "missing"), SPARED.values(), ids=SPARED)
def test_members_of_one_direction(version: str, mark: str, value: Json, missing: list[str] | None) -> None:
    whole = {**ONE_WAY, "properties": {**ONE_WAY["properties"], "part": ONE_WAY}}
    problems = Judge({"openapi": version}).problems(whole, value, spared=mark)
    assert missing == (None if problems is None else [problem.missing for problem in problems])


INTEGER, NUMBER, STRING, BOOLEAN = ({"type": name} for name in ("integer", "number", "string", "boolean"))
READINGS: dict[str, tuple[str, Json, Json]] = {
    "an integer": ("12", INTEGER, 12),
    "a negative one": ("-0", INTEGER, 0),
    "a number": ("1.5", NUMBER, 1.5),
    "an integer for a number": ("2", NUMBER, 2),
    "an exponent": ("1e3", NUMBER, 1000.0),
    "a boolean": ("false", BOOLEAN, False),
    "no boolean": ("False", BOOLEAN, "False"),
    "a text": ("12", STRING, "12"),
    "the one that fits": ("12", {"anyOf": [{"const": "12"}, {"type": "integer", "maximum": 1}]}, "12"),
    "none fits: the first reading": ("12", {"type": "integer", "maximum": 1}, 12),
    "no number": ("1_2", INTEGER, "1_2"),
    "a fraction": ("1.5", INTEGER, "1.5"),
    "anything": ("12", True, 12),
    "other digits": ("\u0661", INTEGER, "\u0661"),
    "a text where both would do": ("1.0", {"type": ["integer", "string"]}, "1.0"),
}


@pytest.mark.parametrize(("text", "schema", "expected"), READINGS.values(), ids=READINGS)
def test_reading(text: str, schema: Json, expected: Json) -> None:
    found = JUDGE.reading(text, schema)
    assert (expected, type(expected)) == (found, type(found))


@pytest.mark.parametrize("text", ["1.0", "1e2", "9" * 5000])
def test_no_one_reading(text: str) -> None:
    with pytest.raises(UndecidedError):
        JUDGE.reading(text, INTEGER)


RESOLVED: dict[str, tuple[Json, Json]] = {
    "no reference": ({"type": "integer"}, {"type": "integer"}),
    "a reference": (ref("Name"), DOCUMENT["components"]["schemas"]["Name"]),
    "a chain": (ref("Alias"), DOCUMENT["components"]["schemas"]["Pet"]),
    "siblings stay": ({**ref("Name"), "minLength": 5}, {"type": "string", "minLength": 5}),
    "a boolean": (ref("Any"), True),
    "siblings of a boolean": ({**ref("Any"), "title": "x"}, True),
    "a circle": (ref("Circle"), True),
    "nowhere": (ref("Nowhere"), True),
    "another document": ({"$ref": "other.json#/a"}, True),
    "what is no schema": (ref("Text"), True),
    "the document's own address": (
        {"$ref": "urn:upheld:document#/components/schemas/Name"},
        DOCUMENT["components"]["schemas"]["Name"],
    ),
    "true": (True, True),
}


@pytest.mark.parametrize(("schema", "expected"), RESOLVED.values(), ids=RESOLVED)
def test_resolve(schema: Json, expected: Json) -> None:
    assert expected == JUDGE.resolve(schema)


MEMBERS: dict[str, tuple[Json, str | int, Json]] = {
    "a property": ({"properties": {"a": INTEGER}}, "a", INTEGER),
    "an additional one": ({"properties": {}, "additionalProperties": INTEGER}, "a", INTEGER),
    "one by pattern": ({"patternProperties": {"(": STRING, "^x-": INTEGER}}, "x-a", INTEGER),
    "one that nobody named": ({"properties": {"b": INTEGER}}, "a", True),
    "an item": ({"items": INTEGER}, 3, INTEGER),
    "an item by place": ({"prefixItems": [STRING, INTEGER], "items": BOOLEAN}, 1, INTEGER),
    "an item behind those": ({"prefixItems": [STRING, INTEGER], "items": BOOLEAN}, 2, BOOLEAN),
    "in a part": ({"allOf": [{}, {"properties": {"a": INTEGER}}]}, "a", INTEGER),
    "in a union": ({"anyOf": [{"type": "null"}, {"oneOf": [{"properties": {"a": INTEGER}}]}]}, "a", INTEGER),
    "through a reference": (ref("Alias"), "name", ref("Name")),
    "of anything": (True, "a", True),
}


@pytest.mark.parametrize(("schema", "step", "expected"), MEMBERS.values(), ids=MEMBERS)
def test_member(schema: Json, step: str | int, expected: Json) -> None:
    assert expected == JUDGE.member(schema, step)


TYPES: dict[str, tuple[Json, Any]] = {
    "one": (INTEGER, {"integer"}),
    "several": ({"type": ["integer", "null"]}, {"integer", "null"}),
    "an enum": ({"enum": ["a", 1, 1.5, True, None, [], {}]}, JSON_TYPES),
    "an enum of few": ({"enum": [1, None]}, {"integer", "number", "null"}),
    "a constant": ({"const": "a"}, {"string"}),
    "null as a constant": ({"const": None}, {"null"}),
    "both at once": ({"type": "integer", "enum": ["a", 1]}, {"integer"}),
    "a union": ({"anyOf": [INTEGER, {"type": "null"}]}, {"integer", "null"}),
    "parts": ({"allOf": [{"type": ["integer", "null"]}, {"type": ["null", "string"]}]}, {"null"}),
    "a reference": (ref("Name"), {"string"}),
    "anything": (True, JSON_TYPES),
    "a circle": (ref("Circle"), JSON_TYPES),
}


@pytest.mark.parametrize(("schema", "expected"), TYPES.values(), ids=TYPES)
def test_types(schema: Json, expected: Any) -> None:
    assert expected == JUDGE.types(schema)


def test_a_schema_that_contains_itself_in_a_part_ends() -> None:
    document: dict[str, Json] = {"openapi": "3.1.0", "a": {"anyOf": [{"$ref": "#/a"}, {"type": "integer"}]}}
    began = time.monotonic()
    assert "integer" in Judge(document).types(document["a"])
    assert [] == list(Judge(document).extra_members(document["a"], {"x": 1}))
    assert time.monotonic() - began < 1


DURATIONS = {
    "P1D": True,
    "P1Y2M3W4DT5H6M7.5S": True,
    "PT0S": True,
    "P0,5D": True,
    "P": False,
    "PT": False,
    "P1S": False,
    "-P1D": False,
    "1D": False,
    "": False,
    "P1DT": False,
}


@pytest.mark.parametrize(("text", "expected"), DURATIONS.items())
def test_durations(text: str, expected: bool) -> None:
    assert expected is is_duration(text)
