"""Bounds, steps and listed numbers: which of them leave nothing uncovered, at the edges of what a float can tell."""

from fractions import Fraction

import pytest

from tests.diff.asked import ask, document
from upheld.diff import numbers
from upheld.diff.forms import Number, Numbers
from upheld.diff.keywords import numbers as read
from upheld.model import Json

INTEGER: dict[str, Json] = {"type": "integer"}
NUMBER: dict[str, Json] = {"type": "number"}
BIG = 2**53

CASES: dict[str, tuple[dict[str, Json], dict[str, Json], str, str]] = {
    "exclusive is inclusive beside it, for integers": (
        {**INTEGER, "exclusiveMinimum": 0}, {**INTEGER, "minimum": 1}, "included", "included"
    ),
    "exclusive is not inclusive, for numbers": (
        {**NUMBER, "exclusiveMinimum": 0}, {**NUMBER, "minimum": 0}, "included", "refused"
    ),
    "between two integers there is nothing": (
        {**INTEGER, "exclusiveMinimum": 1, "exclusiveMaximum": 2}, {"type": "string"}, "included", "refused"
    ),
    "a bound with a fraction, for integers": ({**INTEGER, "maximum": 5.5}, {**INTEGER, "maximum": 5}, "included", "included"),
    "a negative bound with a fraction": ({**INTEGER, "maximum": -5.5}, {**INTEGER, "maximum": -6}, "included", "included"),
    "both kinds of bound, the exclusive one tighter": (
        {**NUMBER, "minimum": 1, "exclusiveMinimum": 1}, {**NUMBER, "exclusiveMinimum": 1}, "included", "included"
    ),
    "both kinds of bound, the inclusive one tighter": (
        {**NUMBER, "minimum": 2, "exclusiveMinimum": 1}, {**NUMBER, "minimum": 2}, "included", "included"
    ),
    "1.0 is an integer": ({"const": 1.0}, INTEGER, "included", "refused"),
    "1.0 is 1": ({"const": 1.0}, {"const": 1}, "included", "included"),
    "true is not 1": ({"const": True}, {"const": 1}, "refused", "refused"),
    "false is not 0": ({"enum": [False]}, INTEGER, "refused", "refused"),
    "true and 1 side by side": ({"enum": [True, 1]}, {"enum": [1, True]}, "included", "included"),
    "0 and -0 are one": ({"const": 0}, {"const": -0.0}, "included", "included"),
    "integers a float cannot tell apart": ({"const": BIG}, {"const": BIG + 1}, "refused", "refused"),
    "bounds a float cannot tell apart": (
        {**INTEGER, "minimum": BIG}, {**INTEGER, "minimum": BIG + 1}, "refused", "included"
    ),
    "three large integers": (
        {**INTEGER, "minimum": BIG, "maximum": BIG + 2}, {"enum": [BIG, BIG + 1, BIG + 2]}, "included", "included"
    ),
    "three large integers but the middle one": (
        {**INTEGER, "minimum": BIG, "maximum": BIG + 2}, {"enum": [BIG, BIG + 2]}, "refused", "included"
    ),
    "the largest floats": ({**NUMBER, "maximum": 1e308}, {**NUMBER, "maximum": 1.7e308}, "included", "refused"),
    "multiples of multiples": ({**INTEGER, "multipleOf": 6}, {**INTEGER, "multipleOf": 3}, "included", "refused"),
    "multiples of two are those of both": (
        {"allOf": [{**INTEGER, "multipleOf": 4}, {"multipleOf": 6}]}, {**INTEGER, "multipleOf": 12}, "included", "included"
    ),
    "multiples of a decimal": ({**NUMBER, "multipleOf": 0.1}, {**NUMBER, "multipleOf": 0.01}, "included", "refused"),
    "multiples of an integer are integers": ({**NUMBER, "multipleOf": 2}, INTEGER, "included", "refused"),
    "integers are multiples of a half": (INTEGER, {**NUMBER, "multipleOf": 0.5}, "included", "refused"),
    "multiples written as floats": ({**INTEGER, "multipleOf": 2.0}, {**INTEGER, "multipleOf": 2}, "included", "included"),
    "ranges that touch": (
        {**NUMBER, "minimum": 0, "maximum": 10},
        {"anyOf": [{**NUMBER, "minimum": 0, "maximum": 5}, {**NUMBER, "minimum": 5, "maximum": 10}]},
        "included",
        "included",
    ),
    "ranges that leave a point": (
        {**NUMBER, "minimum": 0, "maximum": 10},
        {"anyOf": [{**NUMBER, "minimum": 0, "exclusiveMaximum": 5}, {**NUMBER, "exclusiveMinimum": 5, "maximum": 10}]},
        "refused",
        "included",
    ),
    "integers that ranges leave no gap for": (
        {**INTEGER, "minimum": 0, "maximum": 10},
        {"anyOf": [{**INTEGER, "minimum": 0, "maximum": 5}, {**INTEGER, "minimum": 6, "maximum": 10}]},
        "included",
        "included",
    ),
    "the even and the odd are not known to be all": (
        INTEGER,
        {"anyOf": [{**INTEGER, "multipleOf": 2}, {"allOf": [INTEGER, {"not": {"multipleOf": 2}}]}]},
        "unproven",
        "included",
    ),
    "all but one": (NUMBER, {"anyOf": [{"not": {"const": 3}}, {"const": 3}]}, "included", "refused"),
}  # fmt: skip


@pytest.mark.parametrize(("small", "big", "forwards", "backwards"), CASES.values(), ids=CASES)
def test_decide(small: Json, big: Json, forwards: str, backwards: str) -> None:
    assert forwards == ask(document(small), document(big)).word
    assert backwards == ask(document(big), document(small)).word


READ: dict[str, tuple[dict[str, Json], Numbers | None]] = {
    "anything": ({}, Numbers()),
    "an exclusive bound of 3.0": ({"minimum": 1, "exclusiveMinimum": True}, Numbers(low=1, low_open=True)),
    "a flag that is not set": ({"maximum": 1, "exclusiveMaximum": False}, Numbers(high=1)),
    "a flag without a bound": ({"exclusiveMaximum": True}, Numbers()),
    "nothing between": ({"minimum": 2, "maximum": 1}, None),
    "one number": ({"minimum": 2, "maximum": 2}, Numbers(low=2, high=2)),
    "nothing at one number": ({"minimum": 2, "exclusiveMaximum": 2}, None),
    "a step of nothing is none": ({"multipleOf": 0}, Numbers()),
}


@pytest.mark.parametrize(("raw", "expected"), READ.values(), ids=READ)
def test_read(raw: dict[str, Json], expected: Numbers | None) -> None:
    assert expected == read(raw, 0, whole=False)


SOME: dict[str, tuple[Numbers, list[Number]]] = {
    "any": (Numbers(), [0, 1]),
    "listed, the smaller first": (Numbers(values=frozenset({-5, 3, 4})), [3, 4]),
    "positive": (Numbers(low=0, low_open=True), [1, 0.5]),
    "of a narrow range": (Numbers(low=0.25, low_open=True, high=0.3, high_open=True), [0.275]),
    "one integer": (Numbers(low=7, high=7, whole=True), [7]),
    "multiples": (Numbers(low=100, steps=frozenset({Fraction(7)}), whole=True), [105, 112]),
    "all but two": (Numbers(without=frozenset({0, 1})), [-1, 0.5]),
}


@pytest.mark.parametrize(("part", "expected"), SOME.values(), ids=SOME)
def test_some(part: Numbers, expected: list[Number]) -> None:
    assert expected == numbers.some(part, 2)
