"""What has few values is set to each of them, its own one last."""

import json

import pytest

from tests.build import body, operation, parameter, request
from upheld.drive.switch import switches, worded
from upheld.model import Json
from upheld.schema import Judge

JSON = (("content-type", "application/json"),)
MODES = {"enum": ["on", "off", "slow"]}
DOCUMENT = {"openapi": "3.1.0", "components": {"schemas": {"Mode": MODES}}}
FLAGS = {
    "properties": {
        "closed": {"type": "boolean"},
        "mode": {"$ref": "#/components/schemas/Mode"},
        "level": {"enum": list(range(6))},
        "kind": {"enum": ["only"]},
        "name": {"type": "string"},
    }
}
PUT = operation(method="PUT", path="/flags", body=body(FLAGS))
BODIES: dict[str, tuple[Json, list[Json]]] = {
    "a boolean": ({"closed": True}, [{"closed": False}, {"closed": True}]),
    "the other way round": ({"closed": False}, [{"closed": True}, {"closed": False}]),
    "an enum": ({"mode": "off"}, [{"mode": "on"}, {"mode": "slow"}, {"mode": "off"}]),
    "one after the other": (
        {"closed": True, "name": "x"},
        [{"closed": False, "name": "x"}, {"closed": True, "name": "x"}],
    ),
    "too many values": ({"level": 1}, []),
    "one value": ({"kind": "only"}, []),
    "any value": ({"name": "x"}, []),
    "what nothing is said of": ({"other": True}, []),
    "no object": ([True], []),
}


@pytest.mark.parametrize(("sent", "expected"), BODIES.values(), ids=BODIES)
def test_bodies(sent: Json, expected: list[Json]) -> None:
    one = request("PUT", "/flags", headers=JSON, body=json.dumps(sent).encode())
    assert expected == [json.loads(made.body or b"") for made in switches(one, PUT, Judge(DOCUMENT))]


QUERIES = {
    "set": ("/mode?on=true&q=1", ["/mode?q=1&on=false", "/mode?q=1&on=true"]),
    "left out": ("/mode", ["/mode?on=false", "/mode?on=true"]),
}


@pytest.mark.parametrize(("target", "expected"), QUERIES.values(), ids=QUERIES)
def test_queries(target: str, expected: list[str]) -> None:
    told = operation(
        method="POST",
        path="/mode",
        parameters=(
            parameter("on", {"type": "boolean"}),
            parameter("q", {"type": "integer"}),
            parameter("x", {"type": "boolean"}, "header"),
        ),
    )
    assert expected == [made.target for made in switches(request("POST", target), told, Judge(DOCUMENT))]


def test_what_fits_no_template_is_left_out() -> None:
    assert [] == list(switches(request("PUT", "/elsewhere"), PUT, Judge(DOCUMENT)))


def test_a_body_without_a_schema() -> None:
    one = request("PUT", "/flags", headers=JSON, body=b'{"closed": true}')
    assert [] == list(switches(one, operation(method="PUT", path="/flags"), Judge(DOCUMENT)))


WORDED = operation(
    method="PUT",
    path="/claims/{state}",
    parameters=(
        parameter("state", {"type": "string", "maxLength": 4}, "path"),
        parameter("State", {"type": "string"}),
        parameter("state", {"type": "string"}, "header"),
    ),
    body=body({"properties": {"current_state": {"type": "string"}, "state": {"enum": ["new", "paid"]}}}),
)
WORDS: dict[str, tuple[list[tuple[str, str]], list[tuple[str, Json]]]] = {
    "none": ([], []),
    "one wherever its name is": (
        [("state", "paid")],
        [
            ("/claims/paid?a=1", {"state": "new"}),
            ("/claims/x?a=1&State=paid", {"state": "new"}),
            ("/claims/x?a=1", {"state": "paid"}),
        ],
    ),
    "where the docs allow it": ([("state", "withdrawn")], [("/claims/x?a=1&State=withdrawn", {"state": "new"})]),
    "a name that is written otherwise, of what was left out": (
        [("currentState", "paid")],
        [("/claims/x?a=1", {"current_state": "paid", "state": "new"})],
    ),
    "no such name": ([("title", "paid")], []),
}


@pytest.mark.parametrize(("words", "expected"), WORDS.values(), ids=WORDS)
def test_worded(words: list[tuple[str, str]], expected: list[tuple[str, Json]]) -> None:
    one = request("PUT", "/claims/x?a=1", headers=JSON, body=b'{"state": "new"}')
    made = list(worded(one, WORDED, Judge(DOCUMENT), words))
    assert expected == [(other.target, json.loads(other.body or b"")) for other in made]


def test_worded_where_the_template_does_not_fit() -> None:
    assert [] == list(worded(request("PUT", "/elsewhere"), WORDED, Judge(DOCUMENT), [("state", "paid")]))
