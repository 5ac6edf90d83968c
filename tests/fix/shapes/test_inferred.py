"""Types for bodies: as small as what was seen allows, and valid for all of it."""

from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

from upheld.fix.shapes.inferred import inferred, schema_of
from upheld.schema import Judge

PYDANTIC = {"type": "missing", "loc": ["body", 0], "msg": "Field required", "input": None}

CASES: dict[str, tuple[list[Any], str, list[str]]] = {
    "a detail": ([{"detail": "No"}], "Body", ["class Body(BaseModel):\n    detail: str\n"]),
    "details of two types": (
        [{"detail": "No"}, {"detail": 7}],
        "Body",
        ["class Body(BaseModel):\n    detail: int | str\n"],
    ),
    "a member that may be missing": (
        [{"detail": "No"}, {"detail": "No", "since": 2019}],
        "Body",
        ["class Body(BaseModel):\n    detail: str\n    since: int | None = None\n"],
    ),
    "a member that may be null": (
        [{"magnitude": 1.5}, {"magnitude": None}, {"magnitude": 2}],
        "Body",
        ["class Body(BaseModel):\n    magnitude: float | None\n"],
    ),
    "an object within": (
        [{"detail": {"reason": "departure"}}],
        "Body",
        ["class BodyDetail(BaseModel):\n    reason: str\n", "class Body(BaseModel):\n    detail: BodyDetail\n"],
    ),
    "two equal objects": (
        [{"old": {"at": "x"}, "new": {"at": "y"}}],
        "Body",
        ["class BodyOld(BaseModel):\n    at: str\n", "class Body(BaseModel):\n    old: BodyOld\n    new: BodyOld\n"],
    ),
    "errors of Pydantic": (
        [{"detail": [PYDANTIC]}],
        "Body",
        [
            "class BodyDetail(BaseModel):\n    type: str\n    loc: list[str | int]\n    msg: str\n    input: Any\n",
            "class Body(BaseModel):\n    detail: list[BodyDetail]\n",
        ],
    ),
    "keys that are data": ([{"a b": 1}, {"c-d": 2}], "dict[str, int]", []),
    "a table": ([{f"k{at}": 1 for at in range(40)}], "dict[str, int]", []),
    "names of Pydantic's own": ([{"schema": "a", "json": "b"}], "dict[str, str]", []),
    "no member in all": ([{"a": 1}, {"b": 2}], "dict[str, int]", []),
    "texts": (["a"], "str", []),
    "truth beside numbers": ([True, 1], "bool | int", []),
    "a list": ([[1], []], "list[int]", []),
    "an empty list": ([[]], "list[Any]", []),
    "null": ([None], "None", []),
    "too many kinds": ([1, True, "a", []], "Any", []),
    "nothing": ([], "Any", []),
}


@pytest.mark.parametrize(("values", "expression", "classes"), CASES.values(), ids=CASES)
def test_inferred(values: list[Any], expression: str, classes: list[str]) -> None:
    found = inferred(values, "Body", lambda name: name)
    assert expression == found.expression
    assert classes == [code for _, code in found.classes]
    names: dict[str, Any] = {"BaseModel": BaseModel, "Any": Any}
    for _, code in found.classes:
        exec(code, names)  # noqa: S102  # what it was made for
    adapter: TypeAdapter[Any] = TypeAdapter(eval(found.expression, names))  # noqa: S307  # likewise
    for value in values:
        adapter.validate_python(value, strict=True)
    assert found.any == ("Any" in f"{found.expression}{classes}")


@pytest.mark.parametrize("values", [case[0] for case in CASES.values()], ids=CASES)
def test_schema(values: list[Any]) -> None:
    schema = schema_of(values)
    judge = Judge({"openapi": "3.1.0", "probe": schema})
    assert all(judge.valid(schema, value) for value in values)


def test_schema_is_not_everything() -> None:
    schema = schema_of([{"detail": "No", "lines": [1, 2]}, {"detail": "No"}])
    assert {
        "type": "object",
        "properties": {"detail": {"type": "string"}, "lines": {"type": "array", "items": {"type": "integer"}}},
        "required": ["detail"],
    } == schema


def test_names_that_are_taken() -> None:
    taken = {"Body": "Body2", "BodyDetail": "BodyDetail"}
    found = inferred([{"detail": {"reason": "x"}}], "Body", lambda name: taken.get(name, name))
    assert [name for name, _ in found.classes] == ["BodyDetail", "Body2"]
