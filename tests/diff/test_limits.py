"""Documents that lead nowhere, round in circles, too deep or too far apart: one clear error or a right answer."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from upheld.diff import compare
from upheld.model import Json, UpheldError

TEXT: dict[str, Json] = {"type": "string"}


def ref(name: str) -> dict[str, Json]:
    return {"$ref": f"#/components/schemas/{name}"}


def served(schema: Json, schemas: Mapping[str, Json] | None = None) -> dict[str, Any]:
    """Return a document with an operation that takes a schema."""
    body = {"content": {"application/json": {"schema": schema}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "It", "version": "1"},
        "paths": {"/it": {"post": {"requestBody": body, "responses": {"204": {"description": "Done."}}}}},
        "components": {"schemas": schemas or {}},
    }


def told(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return [f"{change.verdict} {change.rule}" for change in compare(old, new)]


def nested(depth: int, wrap: Callable[[Json], Json], leaf: Json) -> Json:
    for _ in range(depth):
        leaf = wrap(leaf)
    return leaf


ALONE = "refers to itself and to nothing else"
ERRORS: dict[str, tuple[Json, dict[str, Json], str]] = {
    "a reference to nothing": (ref("A"), {}, "a reference to nothing, \"$ref\": '#/components/schemas/A'"),
    "a reference to another document": ({"$ref": "a.json#/A"}, {}, "a reference out of the document"),
    "a reference to another host": ({"$ref": "https://example.com/a.json"}, {}, "a reference out of the document"),
    "a reference that is no text": ({"$ref": 5}, {}, "a reference out of the document"),
    "a reference to what is no schema": ({"$ref": "#/info/title"}, {}, "'It' at /info/title, expected a schema"),
    "a reference to itself": (ref("A"), {"A": ref("A")}, f"the schema at /components/schemas/A {ALONE}"),
    "references round in a circle": (ref("A"), {"A": ref("B"), "B": ref("A")}, ALONE),
    "all of itself": (ref("A"), {"A": {"allOf": [ref("A"), TEXT]}}, ALONE),
    "any of itself": (ref("A"), {"A": {"anyOf": [ref("A"), TEXT]}}, ALONE),
    "one of itself": (ref("A"), {"A": {"oneOf": [ref("A"), TEXT]}}, ALONE),
    "not itself": (ref("A"), {"A": {"not": ref("A")}}, ALONE),
    "a number for a schema": ({"items": 5}, {}, "5 at /paths/~1it/post/requestBody/content/application~1json/schema/items"),
    "a text for a schema": ({"anyOf": ["x"]}, {}, "'x' at /paths/~1it/post/requestBody/content/application~1json/schema/anyOf/0"),
}  # fmt: skip


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(("schema", "schemas", "expected"), ERRORS.values(), ids=ERRORS)
def test_error(schema: Json, schemas: dict[str, Json], expected: str, *, backwards: bool) -> None:
    pair = served(schema, schemas), served({"type": "integer"})
    with pytest.raises(UpheldError, match=re.escape(expected)) as raised:
        compare(*(pair[::-1] if backwards else pair))
    assert str(raised.value).startswith("the new contract: " if backwards else "the old contract: ")


WRAPS: dict[str, Callable[[Json], Json]] = {
    "items": lambda schema: {"type": "array", "items": schema},
    "members": lambda schema: {"type": "object", "properties": {"a": schema}},
    "alternatives": lambda schema: {"anyOf": [schema, {"type": "null"}]},
    "parts": lambda schema: {"allOf": [schema]},
    "negations": lambda schema: {"not": schema},
}


@pytest.mark.parametrize("wrap", WRAPS.values(), ids=WRAPS)
@pytest.mark.parametrize("depth", [1_000, 20_000])
def test_too_deep(wrap: Callable[[Json], Json], depth: int) -> None:
    old, new = (served(nested(depth, wrap, {"type": kind})) for kind in ("integer", "string"))
    with pytest.raises(UpheldError, match=r"^the documents are nested too deeply to be compared, expected"):
        compare(old, new)


@pytest.mark.parametrize("wrap", ["items", "members", "alternatives", "parts"])
def test_deep(wrap: str) -> None:
    pair = (served(nested(40, WRAPS[wrap], {"type": kind})) for kind in ("integer", "string"))
    assert ["breaking request-type-narrowed", "compatible request-type-widened"] == told(*pair)


def test_models_of_a_long_chain() -> None:
    def chain(kind: str) -> dict[str, Any]:
        models: dict[str, Json] = {
            f"M{at}": {"type": "object", "properties": {"next": ref(f"M{at + 1}")}} for at in range(40)
        }
        return served(ref("M0"), {**models, "M40": {"type": kind}})

    assert ["breaking request-type-narrowed", "compatible request-type-widened"] == told(
        chain("integer"), chain("string")
    )


def test_a_large_enum() -> None:
    values = [f"value {at}" for at in range(50_000)]
    pair = served({"enum": values}), served({"enum": values[:-1]})
    assert ["breaking request-enum-value-removed"] == told(*pair)
    assert ["compatible request-enum-value-added"] == told(*pair[::-1])


def model(at: int, kind: str, *, tagged: bool) -> dict[str, Json]:
    members: dict[str, Json] = {"kind": {"const": f"k{at}"}} if tagged else {}
    members[f"of{at}"] = {"type": kind}
    return {"type": "object", "properties": members, "required": list(members)}


UNIONS = {
    "of tagged models": ("anyOf", True, {"breaking request-alternative-removed", "compatible request-alternative-added"}),
    "of models": ("anyOf", False, {"breaking request-alternative-removed", "compatible request-alternative-added"}),
    "of one of tagged models": (
        "oneOf", True, {"breaking request-alternative-removed", "compatible request-alternative-added"}
    ),
    # Two objects overlap where nobody says what others they have: which of them is meant is not decided for so many.
    "of one of models": (
        "oneOf",
        False,
        {"breaking request-alternative-removed", "compatible request-alternative-added", "undecided schema-changed"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("key", "tagged", "expected"), UNIONS.values(), ids=UNIONS)
def test_a_large_union(key: str, expected: set[str], *, tagged: bool) -> None:
    def union(kind: str) -> dict[str, Any]:
        models = {f"M{at}": model(at, kind if at == 100 else "string", tagged=tagged) for at in range(200)}
        return served({key: [ref(name) for name in models]}, {**models})

    assert expected == set(told(union("string"), union("integer")))


def multiplied(factors: int, kind: str) -> Json:
    """Return a schema of 2 ** factors alternatives."""
    pairs = [(f"a{at}", f"b{at}", kind if at == 0 else "string") for at in range(factors)]
    return {
        "allOf": [
            {
                "anyOf": [
                    {"type": "object", "properties": {name: {"type": of}}, "required": [name]}
                    for name, of in ((first, kind), (second, "string"))
                ]
            }
            for first, second, kind in pairs
        ]
    }


MULTIPLIED = {2: "breaking", 4: "breaking", 8: "undecided", 16: "undecided", 30: "undecided"}


@pytest.mark.parametrize(("factors", "expected"), MULTIPLIED.items())
def test_alternatives_that_multiply(factors: int, expected: str) -> None:
    found = compare(served(multiplied(factors, "string")), served(multiplied(factors, "integer")))
    assert expected == next(str(change.verdict) for change in found if change.verdict != "compatible")
    assert {expected, "compatible"} == {str(change.verdict) for change in found}


def test_no_question_spoils_the_next() -> None:
    """What takes too long stays undecided; what comes after it is decided."""
    old, new = (
        served(ref("All"), {
            "All": {"type": "object", "properties": {"far": multiplied(16, kind), "near": {"type": kind}}},
        })
        for kind in ("string", "integer")
    )  # fmt: skip
    assert "breaking request-type-narrowed" in told(old, new)


SIZES: dict[str, tuple[dict[str, Json], dict[str, Json], list[str]]] = {
    "a length written as a float": ({"type": "string", "minLength": 2.0}, {"type": "string", "minLength": 2}, []),
    "a size written as a float": (
        {"type": "array", "items": {}, "maxItems": 2.0},
        {"type": "array", "items": {}, "maxItems": 3},
        ["compatible request-size-widened"],
    ),
    "a count of members written as a float": (
        {"type": "object", "minProperties": 1.0}, {"type": "object", "minProperties": 1}, []
    ),
    "a length of a thousand million": (
        {"type": "string"}, {"type": "string", "minLength": 10**9}, ["breaking request-length-narrowed"]
    ),
    "a text of a thousand million becomes any": (
        {"type": "string", "minLength": 10**9}, {"type": "string"}, ["compatible request-length-widened"]
    ),
    "a bound that is no double": (
        {"type": "integer"}, {"type": "integer", "minimum": 10**400}, ["breaking request-range-narrowed"]
    ),
    "a step close to zero": (
        {"type": "number", "multipleOf": 1e-300}, {"type": "number"}, ["compatible request-range-widened"]
    ),
    "a list of ten thousand million million": (
        {"type": "array"}, {"type": "array", "minItems": 10**16}, ["breaking request-size-narrowed"]
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), SIZES.values(), ids=SIZES)
def test_sizes(old: dict[str, Json], new: dict[str, Json], expected: list[str]) -> None:
    assert expected == told(served(old), served(new))
