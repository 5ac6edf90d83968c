"""Values are written as the code that people would write, and that code makes them."""

import datetime as dt
import decimal
import uuid
from typing import Any

import pytest

from upheld.client.source import laid, module
from upheld.client.written import Writer

MODELS = {
    "models.py": """
from datetime import date as date_aliased


class Color(StrEnum):
    red = "red"
    field_1 = "1"


class Leaf(BaseModel):
    kind: Annotated[Literal["leaf"], Field(title="Kind")] = "leaf"
    size: Annotated[int, Field(alias="Size")]


class Node(BaseModel):
    kind: Literal["node"]
    below: list[Node | Leaf] | None = None
    on: date | None = None


class Root(RootModel[list[Leaf]]):
    root: list[Leaf]


Tree = TypeAliasType("Tree", Annotated[Node | Leaf, Field(discriminator="kind")])
Part = TypeAliasType("Part", Annotated[Union["Sum", Leaf], Field(discriminator="kind")])


class Sum(BaseModel):
    kind: Literal["sum"]
    parts: list[Part]


class Day(BaseModel):
    date: Annotated[date_aliased, Field(title="Date")]
    other: int | date_aliased
"""
}

CASES: dict[str, tuple[str, Any, str]] = {
    "a text": ("str", 'say "hi"', "'say \"hi\"'"),
    "a date": ("date", "2026-02-03", "date(2026, 2, 3)"),
    "a moment": ("AwareDatetime", "2026-02-03T04:05:06Z", "datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)"),
    "elsewhere": ("AwareDatetime", "2026-02-03T04:05:06+01:00", 'datetime.fromisoformat("2026-02-03T04:05:06+01:00")'),
    "a time": ("time", "04:05:06Z", 'time.fromisoformat("04:05:06Z")'),
    "an hour": ("timedelta", "PT1H", "timedelta(hours=1)"),
    "another while": ("timedelta", "P1DT2M3.5S", "timedelta(days=1, minutes=2, seconds=3, microseconds=500000)"),
    "no time at all": ("timedelta", "PT0S", "timedelta()"),
    "no while": ("timedelta", "long", '"long"'),
    "a member of a type's own name": (
        "models.Day",
        {"date": "2026-02-03", "other": "2026-02-04"},
        "models.Day(date=date(2026, 2, 3), other=date(2026, 2, 4))",
    ),
    "a union within itself": (
        "models.Sum",
        {"kind": "sum", "parts": [{"kind": "sum", "parts": []}, {"kind": "leaf", "Size": 1}]},
        'models.Sum(kind="sum", parts=[models.Sum(kind="sum", parts=[]), models.Leaf(kind="leaf", size=1)])',
    ),
    "no date": ("date", "soon", '"soon"'),
    "a uuid": ("UUID", f"{uuid.UUID(int=1)}", 'UUID("00000000-0000-0000-0000-000000000001")'),
    "a decimal": ("Decimal", "1.10", 'Decimal("1.10")'),
    "an enum": ("models.Color", "1", "models.Color.field_1"),
    "no member": ("models.Color", "blue", '"blue"'),
    "by its name in Python": ("models.Leaf", {"Size": 1}, "models.Leaf(size=1)"),
    "not all that it needs": ("models.Leaf", {}, "{}"),
    "in each other": (
        "models.Node",
        {"kind": "node", "below": [{"kind": "leaf", "Size": 1}], "on": "2026-02-03"},
        'models.Node(kind="node", below=[models.Leaf(kind="leaf", size=1)], on=date(2026, 2, 3))',
    ),
    "a union": ("models.Tree | None", {"kind": "leaf", "Size": 2}, 'models.Leaf(kind="leaf", size=2)'),
    "null": ("models.Tree | None", None, "None"),
    "a wrapped list": ("models.Root", [{"Size": 1}], "models.Root([models.Leaf(size=1)])"),
    "a map": ("dict[str, date]", {"a": "2026-02-03"}, '{"a": date(2026, 2, 3)}'),
    "a tuple": ("tuple[int, date]", [1, "2026-02-03"], "(1, date(2026, 2, 3))"),
    "any": ("Any", {"a": [True, None, 1.5]}, '{"a": [True, None, 1.5]}'),
    "a truth or a number": ("int | bool", True, "True"),
}  # fmt: skip


@pytest.mark.parametrize(("annotation", "value", "expected"), CASES.values(), ids=CASES)
def test_code(annotation: str, value: object, expected: str) -> None:
    writer = Writer(MODELS)
    assert expected == writer.code(annotation, value)
    space: dict[str, Any] = {}
    for line in writer.imports:
        exec(line, space)  # noqa: S102  # imports of the standard library
    if "models." not in expected and isinstance(value, str) and expected != f'"{value}"' and annotation != "str":
        made = eval(expected, space)  # noqa: S307  # what the test is about
        assert isinstance(made, dt.date | dt.time | dt.timedelta | decimal.Decimal | uuid.UUID)


def test_laid() -> None:
    code = 'await client.add(1, body=models.Book(title="The Waves", tags=["a", "b"], more={"k": [1, 2]}))'
    assert code == laid(code, 200)
    assert (
        'await client.add(\n    1,\n    body=models.Book(\n        title="The Waves",\n        tags=["a", "b"],\n'
        '        more={"k": [1, 2]},\n    ),\n)'
    ) == laid(code, 40)


IMPORTS = {
    "used": ("def f() -> models.Book:\n    return errors.NotFound\n", "from . import errors, models"),
    "an argument of that name": (
        "def f(*, errors: Any) -> models.Book:\n    return g(errors=errors)\n",
        "from . import models",
    ),
    "another's argument": ("def f(errors: Any) -> Any: ...\n\n\nerrors.NotFound\n", "from . import errors"),
}


@pytest.mark.parametrize(("code", "expected"), IMPORTS.values(), ids=IMPORTS)
def test_only_what_is_needed_is_imported(code: str, expected: str) -> None:
    assert [expected] == [line for line in module("", code, []).splitlines() if line.startswith("from . ")]
