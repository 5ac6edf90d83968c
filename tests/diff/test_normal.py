"""Schemas as forms: what each keyword becomes, and what does not change them."""

import pytest

from tests.diff.asked import form
from upheld.diff.forms import Booleans, Fixed, Lists, Members, Nulls, Numbers, Objects, Part, Texts, written
from upheld.model import Json

REST: tuple[Part, ...] = (Nulls(), Booleans(), Numbers(), Texts(), Lists(), Objects())
"""The parts of what accepts everything."""

FORMS: dict[str, tuple[Json, tuple[Part, ...]]] = {
    "everything": ({}, REST),
    "a type": ({"type": "boolean"}, (Booleans(),)),
    "types": ({"type": ["string", "null"]}, (Nulls(), Texts())),
    "integers within numbers": ({"type": ["integer", "number"]}, (Numbers(),)),
    "no type": ({"type": []}, ()),
    "a constant": ({"const": None}, (Nulls(),)),
    "both booleans": ({"enum": [True, False]}, (Booleans(),)),
    "one boolean": ({"const": True}, (Booleans(values=frozenset({True})),)),
    "values of several types": (
        {"enum": ["a", 1, None, "b", 1.0]},
        (Nulls(), Numbers(values=frozenset({1})), Texts(values=frozenset({"a", "b"}))),
    ),
    "values that are structured": (
        {"enum": [{"b": 1.0, "a": []}, {"a": [], "b": 1}]}, (Fixed(value={}, text='{"a": [], "b": 1}'),)
    ),
    "values of one type beside a type": ({"type": "string", "enum": ["a", 1]}, (Texts(values=frozenset({"a"})),)),
    "no values": ({"enum": []}, ()),
    "an empty allOf says nothing": ({"allOf": []}, REST),
    "all of two types": ({"allOf": [{"type": "string"}, {"type": "null"}]}, ()),
    "all of nested ones": ({"allOf": [{"allOf": [{"type": "null"}]}]}, (Nulls(),)),
    "any of the same twice": ({"anyOf": [{"type": "string"}, {"type": "string"}]}, (Texts(),)),
    "any of nothing and something": ({"anyOf": [{"not": {}}, {"type": "null"}]}, (Nulls(),)),
    "any of values": ({"anyOf": [{"const": "a"}, {"enum": ["b"]}]}, (Texts(values=frozenset({"a", "b"})),)),
    "any of beside a type": ({"type": "string", "anyOf": [{"minLength": 1}, {"type": "null"}]}, (Texts(low=1),)),
    "one of what is told apart": ({"oneOf": [{"type": "null"}, {"type": "string"}]}, (Nulls(), Texts())),
    "one of the same twice": ({"oneOf": [{"type": "null"}, {"const": None}]}, ()),
    "not a type": ({"not": {"type": ["null", "array", "object", "number", "boolean"]}}, (Texts(),)),
    "not everything": ({"not": {}}, ()),
    "not nothing": ({"not": {"not": {}}}, REST),
    "not what is not": ({"not": {"not": {"type": "null"}}}, (Nulls(),)),
    "not some values": ({"type": "string", "not": {"enum": ["a", "b"]}}, (Texts(without=frozenset({"a", "b"})),)),
    "not within a range": (
        {"type": "number", "not": {"minimum": 0, "maximum": 1}},
        (Numbers(high=0, high_open=True), Numbers(low=1, low_open=True)),
    ),
    "sizes that exclude each other": ({"type": "array", "minItems": 2, "maxItems": 1}, ()),
    "items that may be nothing end a list": (
        {"type": "array", "items": False}, (Lists(items=(0,), high=0),)
    ),
    "nothing after the first": (
        {"type": "array", "prefixItems": [{}], "items": False}, (Lists(prefix=((),), items=(0,), high=1),)
    ),
    "no two equal of at most one": ({"type": "array", "maxItems": 1, "uniqueItems": True}, (Lists(high=1),)),
    "more required than there may be": ({"type": "object", "required": ["a", "b"], "maxProperties": 1}, ()),
    "required and forbidden": ({"type": "object", "required": ["a"], "properties": {"a": False}}, ()),
    "required and not among the names": (
        {"type": "object", "required": ["a"], "additionalProperties": False}, ()
    ),
    "names that are texts": ({"type": "object", "propertyNames": {"type": "string"}}, (Objects(),)),
    "a keyword of another type": ({"type": "null", "minLength": 3, "minimum": 1, "required": ["a"]}, (Nulls(),)),
    "annotations": ({"type": "null", "title": "It", "default": 1, "deprecated": True, "example": 1}, (Nulls(),)),
}  # fmt: skip


@pytest.mark.parametrize(("schema", "expected"), FORMS.values(), ids=FORMS)
def test_form(schema: Json, expected: tuple[Part, ...]) -> None:
    assert expected == form(schema).parts


OLD: dict[str, tuple[Json, tuple[Part, ...]]] = {
    "nullable": ({"type": "string", "nullable": True}, (Nulls(), Texts())),
    "nullable, and all of a text": ({"type": "string", "nullable": True, "allOf": [{"type": "string"}]}, (Texts(),)),
    "nullable without a type": ({"minLength": 1, "nullable": True}, (Nulls(), Booleans(), Numbers(), Texts(low=1), Lists(), Objects())),
    "nullable values without a type": ({"enum": ["a"], "nullable": True}, (Texts(values=frozenset({"a"})),)),
    "not nullable": ({"type": "string", "nullable": False}, (Texts(),)),
    "a nullable reference": ({"allOf": [{"$ref": "#/components/schemas/Other"}], "nullable": True}, (Texts(), Nulls())),
    "a nullable enum": ({"type": "string", "enum": ["a"], "nullable": True}, (Nulls(), Texts(values=frozenset({"a"})))),
    "an exclusive bound": (
        {"type": "number", "minimum": 1, "exclusiveMinimum": True}, (Numbers(low=1, low_open=True),)
    ),
    "an exclusive bound of integers": (
        {"type": "integer", "maximum": 1, "exclusiveMaximum": True}, (Numbers(high=0, whole=True),)
    ),
}  # fmt: skip


@pytest.mark.parametrize(("schema", "expected"), OLD.values(), ids=OLD)
def test_form_of_openapi_3_0(schema: Json, expected: tuple[Part, ...]) -> None:
    assert expected == form(schema, {"Other": {"type": "string"}}, openapi="3.0.3").parts


SPARED: dict[str, tuple[Json, frozenset[str], frozenset[str]]] = {
    "a member that is not sent": ({"type": "integer", "readOnly": True}, frozenset({"b"}), frozenset({"b"})),
    "a member that is sent": ({"type": "integer", "writeOnly": True}, frozenset({"a", "b"}), frozenset({"a", "b"})),
    "a member marked where it leads to": (
        {"$ref": "#/components/schemas/Id"}, frozenset({"b"}), frozenset({"b"})
    ),
    "a member marked with no": ({"type": "integer", "readOnly": False}, frozenset({"a", "b"}), frozenset({"a", "b"})),
}  # fmt: skip


@pytest.mark.parametrize(("member", "names", "required"), SPARED.values(), ids=SPARED)
def test_members_of_one_direction(member: Json, names: frozenset[str], required: frozenset[str]) -> None:
    schema = {"type": "object", "properties": {"a": member, "b": {}}, "required": ["a", "b"]}
    schemas: dict[str, Json] = {"Id": {"type": "integer", "readOnly": True}}
    (part,) = form(schema, schemas, openapi="3.0.3", spared="readOnly").parts
    assert isinstance(part, Objects)
    assert (names, required) == (frozenset(part.members), part.required)


@pytest.mark.parametrize("key", ["contains", "unevaluatedItems"])
def test_what_no_form_says_is_a_condition(key: str) -> None:
    one, same, other = (
        form({"type": "array", key: schema}).parts[0].atoms
        for schema in ({"type": "null"}, {"type": "null", "title": "It"}, {"type": "string"})
    )
    assert one == same
    assert one != other
    assert 1 == len(one) == len(other)


WRITTEN: dict[str, tuple[Json, Json, bool]] = {
    "floats without a fraction": (1.0, 1, True),
    "true and 1": (True, 1, False),
    "members in another order": ({"a": 1, "b": 2}, {"b": 2.0, "a": 1}, True),
    "items in another order": ([1, 2], [2, 1], False),
    "a text and a number": ("1", 1, False),
    "deep within": ({"a": [{"b": -0.0}]}, {"a": [{"b": 0}]}, True),
}


@pytest.mark.parametrize(("one", "other", "same"), WRITTEN.values(), ids=WRITTEN)
def test_written(one: Json, other: Json, *, same: bool) -> None:
    assert same is (written(one) == written(other))


def test_members_that_are_equal_make_equal_parts() -> None:
    parts = [Objects(members=Members(order)) for order in ({"a": (1,), "b": ()}, {"b": (), "a": (1,)})]
    assert parts[0] == parts[1]
    assert 1 == len(set(parts))
