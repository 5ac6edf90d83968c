"""What one answer says together is sent back together, where a request needs no more than that."""

import json

import pytest

from tests.build import body, exchange, operation, parameter, request
from upheld.drive.returned import returned, versioned
from upheld.drive.seen import Seen
from upheld.model import Json
from upheld.schema import Judge

LINK = operation(method="POST", path="/links")
FETCH = operation(
    path="/files/{name}",
    parameters=(
        parameter("name", {"type": "string"}, "path"),
        parameter("expires", {"type": "integer"}, required=True),
        parameter("page", {"type": "integer"}),
    ),
)
TEXT = {"type": "string"}
SAVE = operation(
    method="PUT",
    path="/notes",
    body=body({"properties": {"title": TEXT, "version": TEXT, "tag": TEXT}, "required": ["title", "version"]}),
)
ANSWERS: dict[str, tuple[Json, list[str]]] = {
    "all that it needs": ({"name": "a b", "expires": 5}, ["/files/a%20b?expires=5"]),
    "and what it may say": ({"Name": "a", "expires": 5, "page": 2}, ["/files/a?expires=5&page=2"]),
    "not all": ({"name": "a"}, []),
    "no object": ([{"name": "a", "expires": 5}], []),
}


@pytest.mark.parametrize(("answer", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_returned(answer: Json, expected: list[str]) -> None:
    seen = Seen()
    seen.add(exchange(operation=LINK, status=201, body=json.dumps(answer).encode()))
    sent = request(target="/files/x?expires=1")
    made = returned(sent, FETCH, Judge({"openapi": "3.1.0"}), seen.objects)
    assert expected == [one.target for one in made]


def test_a_body() -> None:
    seen = Seen()
    seen.add(exchange(operation=LINK, status=201, body=b'{"title": "t", "version": "v3", "tag": "g", "more": 1}'))
    sent = request("PUT", "/notes", headers=(("content-type", "application/json"),), body=b'{"title": "x"}')
    (made,) = returned(sent, SAVE, Judge({"openapi": "3.1.0"}), seen.objects)
    assert {"title": "t", "version": "v3", "tag": "g"} == json.loads(made.body or b"")


def test_not_its_own_answer_and_not_one_member() -> None:
    seen = Seen()
    seen.add(exchange(operation=FETCH, body=b'{"name": "a", "expires": 5}'))
    assert [] == list(returned(request(target="/files/x?expires=1"), FETCH, Judge({}), seen.objects))
    one = operation(path="/files/{name}", parameters=(parameter("name", TEXT, "path"),))
    seen.add(exchange(operation=LINK, body=b'{"name": "a"}'))
    assert [] == list(returned(request(target="/files/x"), one, Judge({}), seen.objects))


PUT = operation(
    method="PUT",
    path="/notes",
    parameters=(parameter("rev", {"type": "integer"}), parameter("page", {"type": "integer"})),
    body=body({"properties": {"title": TEXT, "expected_version": {"type": "integer"}, "etag": TEXT}}),
)
VERSIONS: dict[str, tuple[dict[str, Json], str, Json]] = {
    "by another name": ({"version": 3}, "/notes?page=1&rev=3", {"title": "x", "expected_version": 3}),
    "each by its own": (
        {"version": 3, "etag": "e"},
        "/notes?page=1&rev=3",
        {"title": "x", "expected_version": 3, "etag": "e"},
    ),
    "none": ({"title": "y", "page": 2}, "/notes?page=1", {"title": "x"}),
}


@pytest.mark.parametrize(("answer", "target", "expected"), VERSIONS.values(), ids=VERSIONS)
def test_versioned(answer: dict[str, Json], target: str, expected: Json) -> None:
    sent = request("PUT", "/notes?page=1", headers=(("content-type", "application/json"),), body=b'{"title": "x"}')
    made = versioned(sent, PUT, Judge({"openapi": "3.1.0"}), answer)
    assert (target, expected) == (made.target, json.loads(made.body or b""))
