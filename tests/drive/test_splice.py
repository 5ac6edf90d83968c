"""Splices: one or two members of a valid request exchanged, for values drawn, seen or made, without end."""

import itertools
import json
import random
from collections.abc import Callable

import pytest

from tests.build import body, exchange, operation, parameter, request, response
from upheld.drive.seen import Seen
from upheld.drive.shape import take_apart
from upheld.drive.splice import Splicer, splices
from upheld.model import Json, Operation, Request
from upheld.multipart import Part, join, split
from upheld.schema import Judge

JSON = (("content-type", "application/json"),)
FORM = (("content-type", "application/x-www-form-urlencoded"),)
PET = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 6},
        "kind": {"enum": ["cat", "dog"]},
        "owner_id": {"type": "integer"},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}
JUDGE = Judge({"openapi": "3.1.0"})
BOOK = operation(
    path="/books/{book_id}",
    parameters=(
        parameter("book_id", {"type": "integer"}, "path"),
        parameter("sort", {"type": "string"}),
        parameter("X-Mode", {"enum": ["fast"]}, "header"),
        parameter("sid", {"type": "integer"}, "cookie"),
    ),
    responses={"200": response({"type": "array", "items": {"properties": {"written": {}}}}), "404": response()},
)
PETS = operation(method="POST", path="/pets", body=body(PET))


def spliced(
    requests: list[Request],
    told: Operation,
    *,
    seen: Seen | None = None,
    accepted: list[Request] | None = None,
    count: int = 400,
) -> list[Request]:
    splicer = Splicer(told, seen or Seen(), JUDGE, random.Random(1))
    found = splices(requests, accepted or [], splicer)
    return list(itertools.islice(found, count))


def known(value: Json) -> Seen:
    seen = Seen()
    seen.add(exchange(operation=operation(method="POST", path="/books"), status=201, body=json.dumps(value).encode()))
    return seen


GET = request(target="/books/7")
WANTED: dict[str, Callable[[Request], bool]] = {
    "a path value": lambda sent: sent.target.startswith("/books/") and not sent.target.startswith("/books/7"),
    "a path value that was seen": lambda sent: sent.target.startswith("/books/4711"),
    "a query value": lambda sent: "sort=" in sent.target,
    "no query value": lambda sent: "?" not in sent.target,
    "a member of the answer to sort by": lambda sent: "sort=written" in sent.target,
    "in reverse": lambda sent: "sort=-written" in sent.target,
    "a header": lambda sent: sent.header("x-mode") == "fast",
    "a cookie": lambda sent: (sent.header("cookie") or "").startswith("sid="),
}


@pytest.mark.parametrize("wanted", WANTED.values(), ids=WANTED)
def test_parameters(wanted: Callable[[Request], bool]) -> None:
    assert any(map(wanted, spliced([GET], BOOK, seen=known({"id": 4711}))))


POSTED = [
    request("POST", "/pets", headers=JSON, body=b'{"name": "Rex", "kind": "dog", "owner_id": 1, "tags": ["a"]}'),
    request("POST", "/pets", headers=JSON, body=b'{"name": "Tom", "kind": "cat", "owner_id": 2, "tags": []}'),
]
BODIES: dict[str, Callable[[Json], bool]] = {
    "another name": lambda body: body.get("name") not in ("Rex", "Tom", None),
    "a name made up to be unique": lambda body: str(body.get("name")).isdigit() and len(body["name"]) == 6,
    "one of the other request": lambda body: (body.get("name"), body.get("kind")) == ("Tom", "dog"),
    "an id that was seen": lambda body: body.get("owner_id") == 4711,
    "a member less": lambda body: "kind" not in body,
    "an item": lambda body: body.get("tags") not in (["a"], [], None),
}


@pytest.mark.parametrize("wanted", BODIES.values(), ids=BODIES)
def test_bodies(wanted: Callable[[Json], bool]) -> None:
    bodies = [json.loads(sent.body or b"") for sent in spliced(POSTED, PETS, seen=known({"owner_id": 4711}))]
    assert any(wanted(body) for body in bodies if isinstance(body, dict))


def test_what_was_accepted_is_built_on() -> None:
    accepted = [request("POST", "/pets", headers=JSON, body=b'{"name": "accepted"}')]
    found = spliced(POSTED, PETS, accepted=accepted)
    assert sum(b'"owner_id"' not in (sent.body or b"") for sent in found) > 0.3 * len(found)


def test_the_types_are_asked_where_the_docs_were_edited() -> None:
    edited = operation(method="POST", path="/pets", body=body({"type": "integer", "maximum": 0}), generated=PETS)
    found = [
        json.loads(sent.body or b"") for sent in spliced([request("POST", "/pets", headers=JSON, body=b"0")], edited)
    ]
    assert any(isinstance(value, dict) for value in found)
    assert any(isinstance(value, int) for value in found)


def test_the_types_parameters_are_asked_too() -> None:
    ours = operation(path="/pets", parameters=(parameter("q", {"const": "docs"}),))
    theirs = operation(path="/pets", parameters=(parameter("q", {"const": "types"}),))
    edited = operation(path="/pets", parameters=ours.parameters, generated=theirs)
    targets = {sent.target for sent in spliced([request(target="/pets")], edited)}
    assert {"/pets", "/pets?q=docs", "/pets?q=types"} <= targets


def test_forms() -> None:
    told = operation(method="POST", path="/pets", body=body(PET, FORM[0][1]))
    found = spliced(
        [request("POST", "/pets", headers=FORM, body=b"name=Rex&kind=dog")], told, seen=known({"name": "Ada"})
    )
    assert {b"name=Ada&kind=dog", b"name=Rex&kind=cat"} <= {sent.body for sent in found}
    raw, media = join([Part(name="name", data="Rex", filename="f")])
    found = spliced([request("POST", "/pets", headers=(("content-type", media),), body=raw)], told)
    assert all(split(sent.body or b"", media) for sent in found)
    assert 3 < len({sent.body for sent in found})


UNIQUE = {
    "properties": {
        "name": {"type": "string"},
        "code": {"type": "string", "maxLength": 3},
        "mail": {"anyOf": [{"type": "string", "format": "email"}, {"type": "null"}]},
        "id": {"type": "string", "format": "uuid"},
        "day": {"type": "string", "format": "date"},
        "kind": {"enum": ["a"]},
        "zip": {"type": "string", "pattern": "^[0-9]$"},
        "count": {"type": "integer"},
    }
}


def test_renewed() -> None:
    """Only what may be any text is another: names, addresses, ids, and the key that a request alone may have."""
    headers = {"idempotency-key": {"type": "string"}, "x-id": {"type": "string", "format": "uuid"}, "x-tenant": {}}
    told = operation(
        method="POST",
        path="/a",
        parameters=tuple(parameter(name, schema, "header") for name, schema in headers.items()),
        body=body(UNIQUE),
    )
    kept = {"day": "2024-01-01", "kind": "a", "zip": "1", "count": 1}
    sent = request(
        "POST",
        "/a",
        headers=(*JSON, ("idempotency-key", "k"), ("x-id", "i"), ("x-tenant", "t")),
        body=json.dumps({"name": "n", "code": "c", "mail": "m@x.y", "id": "i", **kept}).encode(),
    )
    splicer = Splicer(told, Seen(), JUDGE, random.Random(1))
    shapes = [take_apart(sent, told), take_apart(sent, told)]
    first, second = (splicer.renewed(shape).built() for shape in shapes if shape is not None)
    one, other = json.loads(first.body or b""), json.loads(second.body or b"")
    assert kept == {name: one[name] for name in kept}
    assert {"name", "code", "mail", "id"} == {name for name in one if one[name] != other[name]}
    assert (8, 3, True, 36) == (
        len(one["name"]),
        len(one["code"]),
        one["mail"].endswith("@example.com"),
        len(one["id"]),
    )
    assert "t" == first.header("x-tenant") == second.header("x-tenant")
    for name in ("idempotency-key", "x-id"):
        assert 3 == len({sent.header(name), first.header(name), second.header(name)})


def test_nothing_to_splice() -> None:
    assert [] == spliced([request(target="/elsewhere")], BOOK)
    bare = operation(path="/books")
    assert {request(target="/books")} == set(spliced([request(target="/books")], bare))


def test_the_same_seed_gives_the_same() -> None:
    assert spliced(POSTED, PETS) == spliced(POSTED, PETS)
