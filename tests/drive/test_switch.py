"""What has few values is set to each of them, its own one last."""

import json

import pytest

from tests.build import body, operation, parameter, request
from upheld.drive.switch import agreed, flagged, plainest, switches, told, worded
from upheld.model import Json, Request
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


def sent(body: Json) -> Request:
    return request("PUT", "/flags", headers=JSON, body=json.dumps(body).encode())


def test_what_it_does_not_have() -> None:
    made = [json.loads(one.body or b"") for one in switches(sent({"name": "x"}), PUT, Judge(DOCUMENT), absent=True)]
    assert [{"name": "x", "closed": one} for one in (False, True)] == [one for one in made if "closed" in one]
    assert {"on", "off", "slow"} == {one["mode"] for one in made if "mode" in one}


VISITS = {
    "properties": {
        "name": {"type": "string"},
        "paid": {"anyOf": [{"type": "boolean"}, {"type": "null"}]},
        "begins": {"type": "string", "format": "date-time"},
        "ends": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
        "age": {"type": "integer"},
    },
    "required": ["name"],
}
VISIT = operation(method="PUT", path="/flags", body=body(VISITS))


def test_flagged() -> None:
    """What may be true is, and days are to come, one after the other."""
    made = flagged(sent({"name": "x", "paid": None}), VISIT, Judge(DOCUMENT))
    expected = {"name": "x", "paid": True, "begins": "2030-06-15T12:00:00Z", "ends": "2030-06-16"}
    assert expected == json.loads(made.body or b"")


PLAINEST: dict[str, tuple[Json, Json]] = {
    "what is required": ({"name": "x", "paid": True, "more": 1}, {"name": "x"}),
    "as far as it is there": ({"paid": True}, {}),
    "no object": ([1], [1]),
}


@pytest.mark.parametrize(("body", "expected"), PLAINEST.values(), ids=PLAINEST)
def test_plainest(body: Json, expected: Json) -> None:
    assert expected == json.loads(plainest(sent(body), VISIT, Judge(DOCUMENT)).body or b"")


AGREED: dict[str, tuple[str, Json, str]] = {
    "a member of the body": ("/spend", {"currency": "JPY", "cents": 5}, "/tills?currency=JPY"),
    "a parameter": ("/spend?Currency=JPY", {"cents": 5}, "/tills?currency=JPY"),
    "what the docs do not allow": ("/spend", {"currency": "?"}, "/tills?currency=EUR"),
    "nothing of the name": ("/spend", {"coin": "JPY"}, "/tills?currency=EUR"),
}


@pytest.mark.parametrize(("target", "body", "expected"), AGREED.values(), ids=AGREED)
def test_agreed(target: str, body: Json, expected: str) -> None:
    opening = operation(method="POST", path="/tills", parameters=(parameter("currency", {"enum": ["EUR", "JPY"]}),))
    spending = operation(method="POST", path="/spend")
    asked = request("POST", target, headers=JSON, body=json.dumps(body).encode())
    made = agreed(request("POST", "/tills?currency=EUR"), opening, Judge(DOCUMENT), asked, spending)
    assert expected == made.target


def test_agreed_in_a_body() -> None:
    other = request("PUT", "/flags", headers=JSON, body=b'{"name": "y", "age": "old", "paid": true}')
    made = agreed(sent({"name": "x", "age": 1}), VISIT, Judge(DOCUMENT), other, VISIT)
    assert {"name": "y", "age": 1} == json.loads(made.body or b"")


TOLD = {
    "an empty text": ("/flags?by=", {"name": ""}, "/flags?by=upheld", {"name": "upheld"}),
    "others": ("/flags?by=a", {"name": "x", "age": 1}, "/flags?by=a", {"name": "x", "age": 1}),
    "what may be nothing else": ("/flags?size=", {"ends": ""}, "/flags?size=", {"ends": ""}),
}


@pytest.mark.parametrize(("target", "body", "asked", "expected"), TOLD.values(), ids=TOLD)
def test_told(target: str, body: Json, asked: str, expected: Json) -> None:
    parameters = (parameter("by", {"type": "string"}), parameter("size", {"type": "integer"}))
    visit = operation(method="PUT", path="/flags", body=VISIT.body, parameters=parameters)
    one = request("PUT", target, headers=JSON, body=json.dumps(body).encode())
    made = told(one, visit, Judge(DOCUMENT))
    assert (asked, expected) == (made.target, json.loads(made.body or b""))
