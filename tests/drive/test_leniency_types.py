"""Bare types: what they take, what they are at a place, and where the docs stand alone."""

import json
import typing
from collections.abc import Sequence
from typing import Annotated, NamedTuple

import pytest
from pydantic import BaseModel, Field

from tests.build import body, handler, operation, parameter
from upheld.drive.leniency import Types, accepts
from upheld.model import Json, Member, Operation, Violation

ACCEPTED: dict[str, tuple[object, Json, bool]] = {
    "taken": (int, "5", True),
    "refused": (int, "x", False),
    "a type that cannot be hashed": (dict[str, int] | None, {"a": "1"}, True),
    "one with a mark that cannot be hashed": (Annotated[int, ["mark"]], "5", True),
    "what is no type": (7, 7, False),
    "a type that cannot be made": (Annotated[str, Field(pattern="(?=a)")], "a", False),
    "a type that does not exist": ("Nowhere", 7, False),
    "a type that Pydantic does not know": (object, 7, True),
}


@pytest.mark.parametrize(("annotation", "value", "taken"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepts(annotation: object, value: Json, taken: bool) -> None:
    assert taken == accepts(annotation, value)


def unserved(**overrides: Json) -> Operation:
    return operation(
        method="POST", parameters=(parameter("q", {"type": "integer"}),), body=body({"type": "integer"}), **overrides
    )


WRONG = Violation(where=("query", "q"), keyword="type", message="")
ALONE: dict[str, Operation] = {
    "nobody serves it": unserved(),
    "FastAPI documents neither parameter nor body": unserved(generated=operation(), handler=handler()),
    "the body is of another media type": unserved(
        generated=operation(body=body({"type": "integer"}, "text/plain")), handler=handler()
    ),
}


@pytest.mark.parametrize("told", ALONE.values(), ids=ALONE)
@pytest.mark.parametrize("where", [("query", "q"), ("body",), ("body", "a")])
def test_docs_that_stand_alone_excuse_nothing(told: Operation, where: tuple[str, ...]) -> None:
    types = Types(told)
    violation = Violation(where=where, keyword="type", message="")
    assert not types.converts(violation, "5", "5")
    assert not types.refuses(where, "int_parsing", "5")


def test_a_place_that_leads_nowhere_excuses_nothing() -> None:
    told = unserved(handler=handler(Member(location="query", name="r", annotation=int)))
    same = Types(unserved(generated=told, handler=told.handler))
    assert not same.converts(WRONG, json.loads('"5"'), "5")


class Inner(BaseModel):
    n: int
    text: Annotated[str, "mark"] = ""


class Other(BaseModel):
    s: str = ""


class Pair(NamedTuple):
    a: int
    b: str


class Lost:
    gone: "Nowhere"  # type: ignore[name-defined]  # noqa: F821 - what this is about
    there: int


MISSING = Types(operation()).annotation(())
ANNOTATIONS: dict[str, tuple[object, tuple[str | int, ...], object]] = {
    "the whole": (int, (), int),
    "without its marks": (Annotated[Annotated[int, 1], 2], (), int),
    "a member": (Inner, ("text",), str),
    "no such member": (Inner, ("x",), MISSING),
    "an item": (list[int], (3,), int),
    "an item of a sequence": (Sequence[int], (0,), int),
    "an item by name": (list[int], ("a",), MISSING),
    "an item of nobody knows what": (list, (0,), MISSING),
    "an item of a list without a type": (typing.List, (0,), MISSING),  # noqa: UP006 - as people write it
    "an item of a tuple": (tuple[int, str], (1,), str),
    "an item behind a tuple": (tuple[int, str], (2,), MISSING),
    "an item of a tuple of any length": (tuple[int, ...], (7,), int),
    "a named tuple's": (Pair, (1,), str),
    "behind a named tuple": (Pair, (2,), MISSING),
    "a value": (dict[str, int], ("a",), int),
    "a value by number": (dict[str, int], (0,), MISSING),
    "a member of a class that cannot be resolved": (Lost, ("there",), MISSING),
    "of an optional one": (Inner | None, ("n",), int),
    "of one of two, its name in the path": (Inner | Other, ("Inner", "n"), int),
    "of two that both have it": (Inner | dict[str, str], ("n",), int | str),
    "an optional one as a whole, its name in the path": (int | None, ("int",), int | None),
    "nowhere": (int, ("x",), MISSING),
}


@pytest.mark.parametrize(("declared", "path", "expected"), ANNOTATIONS.values(), ids=ANNOTATIONS)
def test_annotation(declared: object, path: tuple[str | int, ...], expected: object) -> None:
    told = operation(handler=handler(Member(location="body", name="", annotation=declared)))
    assert expected == Types(told).annotation(("body", *path))
