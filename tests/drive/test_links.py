"""A value is taken from an earlier answer where that answer gave it out and the request's member is meant to name it."""

import json

import pytest

from tests.build import exchange, operation, request
from upheld.drive.links import Link, Links, linked, source, stands, told, value_of
from upheld.model import Exchange, Json, Operation, Request

JSON = (("content-type", "application/json"),)
CREATE, READ = operation(method="POST", path="/books"), operation()
LEND = operation(method="POST", path="/loans")
LIST = operation(path="/books")
UUID = "0f49aa7e-1472-4e08-a028-0aee76d8c9bb"


def made(value: Json, of: Operation = CREATE, status: int = 201, **overrides: Json) -> Exchange:
    sent = request(of.method, of.path)
    return exchange(operation=of, request=sent, status=status, body=json.dumps(value).encode(), **overrides)


def asked(target: str, of: Operation = READ, body: Json = None) -> Exchange:
    raw = json.dumps(body).encode() if body is not None else None
    return exchange(operation=of, request=request(of.method, target, headers=JSON, body=raw))


ID = Link(where=("path", "book_id"), producer=0, pointer=("id",))
OF: dict[str, tuple[list[Exchange], Exchange, tuple[Link, ...]]] = {
    "an id in the path": ([made({"id": 7})], asked("/books/7"), (ID,)),
    "another id": ([made({"id": 7})], asked("/books/8"), ()),
    "the latest that gave it out": (
        [made({"id": 7}), made({"id": 7})],
        asked("/books/7"),
        (Link(where=("path", "book_id"), producer=1, pointer=("id",)),),
    ),
    "not one of another collection": ([made({"id": 7}, LEND)], asked("/books/7"), ()),
    "a long one of any": ([made({"id": UUID}, LEND)], asked(f"/books/{UUID}"), (ID,)),
    "no creating request": ([made({"id": 7}, LIST)], asked("/books/7"), ()),
    "a refusal": ([made({"id": 7}, status=409)], asked("/books/7"), ()),
    "all that it says": (
        [made(7)],
        asked("/books/7"),
        (Link(where=("path", "book_id"), producer=0, pointer=()),),
    ),
    "one of the same kind": (
        [made({"code": "b-1"})],
        asked("/books", CREATE, {"parent": "b-1"}),
        (Link(where=("body", "parent"), producer=0, pointer=("code",)),),
    ),
    "and not one of another": ([made({"code": "b-1"})], asked("/loans", LEND, {"parent": "b-1"}), ()),
    "no identifier": ([made({"pages": 7})], asked("/books/7"), ()),
    "within": (
        [made({"book": {"id": 7}})],
        asked("/books/7"),
        (Link(where=("path", "book_id"), producer=0, pointer=("book", "id")),),
    ),
    "in a header": (
        [made(None, headers=(("location", "/books/7?a=b"),))],
        asked("/books/7"),
        (Link(where=("path", "book_id"), producer=0, pointer=("location",), in_header=True),),
    ),
    "in a query": (
        [made({"id": 7})],
        asked("/loans?book_id=7&page=7", LEND),
        (Link(where=("query", "book_id"), producer=0, pointer=("id",)),),
    ),
    "in a body": (
        [made({"id": 7})],
        asked("/loans", LEND, {"book_id": 7, "days": 7}),
        (Link(where=("body", "book_id"), producer=0, pointer=("id",)),),
    ),
    "what fits no template": ([made({"id": 7})], asked("/other/7"), ()),
}


@pytest.mark.parametrize(("history", "one", "expected"), OF.values(), ids=OF)
def test_of(history: list[Exchange], one: Exchange, expected: tuple[Link, ...]) -> None:
    assert expected == Links(history).of(one, len(history))


def test_later_answers_are_no_source() -> None:
    assert () == Links([made({"id": 7})]).of(asked("/books/7"), 0)


def test_value_of() -> None:
    assert "9" == value_of(ID, made({"id": 9}))
    assert None is value_of(ID, made({"key": 9}))


NOW: dict[str, tuple[Request, Operation, dict[tuple[str | int, ...], str], Request]] = {
    "path": (request(target="/books/7?a=b"), READ, {("path", "book_id"): "9"}, request(target="/books/9?a=b")),
    "same": (request(target="/books/7?a=%62"), READ, {("path", "book_id"): "7"}, request(target="/books/7?a=%62")),
    "query": (
        request("POST", "/loans?book_id=7"),
        LEND,
        {("query", "book_id"): "9"},
        request("POST", "/loans?book_id=9"),
    ),
    "number": (
        asked("/loans", LEND, {"book_id": 7}).request,
        LEND,
        {("body", "book_id"): "9"},
        asked("/loans", LEND, {"book_id": 9}).request,
    ),
    "text": (
        asked("/loans", LEND, {"book_id": "7"}).request,
        LEND,
        {("body", "book_id"): "9"},
        asked("/loans", LEND, {"book_id": "9"}).request,
    ),
    "no template": (request(target="/other/7"), READ, {("path", "book_id"): "9"}, request(target="/other/7")),
}


@pytest.mark.parametrize(("one", "of", "values", "expected"), NOW.values(), ids=NOW)
def test_linked(one: Request, of: Operation, values: dict[tuple[str | int, ...], str], expected: Request) -> None:
    assert expected == linked(one, of, values)


def test_told() -> None:
    text = source(ID, CREATE)
    assert "{id from POST /books}" == text
    shown = told(request(target="/books/7?a=b"), READ, {("path", "book_id"): text})
    assert "/books/{id from POST /books}?a=b" == shown.target
    lent = told(asked("/loans", LEND, {"book_id": 7, "days": 2}).request, LEND, {("body", "book_id"): text})
    assert {"book_id": "{id from POST /books}", "days": 2} == json.loads(lent.body or b"")
    assert "{location from POST /books}" == source(Link(where=(), producer=0, pointer=("location",)), CREATE)


def test_stands() -> None:
    assert stands(ID, request(target="/books/7"), READ)
    assert not stands(Link(where=("query", "a"), producer=0, pointer=("id",)), request(target="/books/7"), READ)
