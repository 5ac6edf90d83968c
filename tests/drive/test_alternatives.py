"""A union whose one alternative was refused for bare reasons alone was refused for bare reasons."""

import json

import pytest

from tests.build import request
from upheld.drive.alternatives import by_alternative
from upheld.model import Json, Refusal, Request

FORM = "application/x-www-form-urlencoded"
Said = tuple[tuple[str | int, ...], str, bool]


def sent(body: Json) -> Request:
    return request("POST", "/a", headers=(("content-type", "application/json"),), body=json.dumps(body).encode())


def form(body: bytes) -> Request:
    return request("POST", "/a", headers=(("content-type", FORM),), body=body)


TEXT: Said = (("body", "Text", "value"), "missing", True)
LIST: Said = (("body", "List", "kind"), "literal_error", False)
CASES: dict[str, tuple[Request, list[Said], list[bool]]] = {
    "a form": (form(b"kind=text&value="), [TEXT, LIST], [True, True]),
    "an object": (sent({"kind": "text"}), [TEXT, LIST], [True, True]),
    "neither is bare": (sent({"kind": "text"}), [(*TEXT[:2], False), LIST], [False, False]),
    "one alternative is bare in part": (
        sent({"kind": "text"}),
        [TEXT, (("body", "Text", "kind"), "literal_error", False), LIST],
        [True, False, False],
    ),
    "members of an object": (
        sent({"value": 1, "kind": "x"}),
        [(("body", "value"), "string_type", True), (("body", "kind"), "literal_error", False)],
        [True, False],
    ),
    "members that are null": (
        sent({"value": None, "kind": None}),
        [(("body", "value"), "string_type", True), (("body", "kind"), "literal_error", False)],
        [True, False],
    ),
    "members of a form": (
        form(b"value=1&kind=x"),
        [(("body", "value"), "int_type", True), (("body", "kind"), "literal_error", False)],
        [True, False],
    ),
    "members that are missing": (
        sent({}),
        [(("body", "value"), "missing", True), (("body", "kind"), "missing", False)],
        [True, False],
    ),
    "below a member": (
        sent({"inner": {"n": 1}, "other": 2}),
        [
            (("body", "inner", "A", "n"), "bool_type", True),
            (("body", "inner", "B", "n"), "string_type", False),
            (("body", "other"), "string_type", False),
        ],
        [True, True, False],
    ),
    "plain alternatives": (
        sent({"n": []}),
        [(("body", "n", "int"), "int_type", True), (("body", "n", "str"), "string_type", False)],
        [True, True],
    ),
    "items of a list": (
        sent([1, 2]),
        [(("body", 0), "bool_type", True), (("body", 1), "string_type", False)],
        [True, False],
    ),
    "a query": (
        request(target="/a?n=x"),
        [(("query", "n", "int"), "int_parsing", True), (("query", "n", "bool"), "bool_parsing", False)],
        [True, True],
    ),
}


@pytest.mark.parametrize(("asked", "said", "bare"), CASES.values(), ids=CASES)
def test_by_alternative(asked: Request, said: list[Said], bare: list[bool]) -> None:
    refusals = tuple(Refusal(where=where, kind=kind, message="", bare=one) for where, kind, one in said)
    assert bare == [refusal.bare for refusal in by_alternative(refusals, asked)]
