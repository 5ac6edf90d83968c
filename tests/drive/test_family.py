"""What names a thing that was made is told by its name, and names it."""

import json

import pytest

from tests.build import body, exchange, operation, request
from upheld.drive.family import children, names_its_own, naming
from upheld.model import Json
from upheld.schema import Judge

JSON = (("content-type", "application/json"),)
BOOKS = operation(method="POST", path="/books")
ORDERS = operation(method="POST", path="/orders")
CASES: dict[str, tuple[Json, Json, Json]] = {
    "a number": ({"id": 7}, {"book_id": 1, "count": 1}, {"book_id": 7, "count": 1}),
    "a text": ({"id": "emma"}, {"bookId": "x"}, {"bookId": "emma"}),
    "further in, more than once": (
        {"id": 7},
        {"lines": [{"book_id": 1}, {"book_id": 2}]},
        {"lines": [{"book_id": 7}, {"book_id": 7}]},
    ),
    "nothing that names one": ({"id": 7}, {"shop_id": 1}, None),
    "nothing that it is called": ({"well": True}, {"book_id": 1}, None),
}


@pytest.mark.parametrize(("made", "body", "expected"), CASES.values(), ids=CASES)
def test_naming(made: Json, body: Json, expected: Json) -> None:
    created = exchange(operation=BOOKS, status=201, body=json.dumps(made).encode())
    sent = request("POST", "/orders", headers=JSON, body=json.dumps(body).encode())
    asked = naming(sent, ORDERS, created, Judge({"openapi": "3.1.0"}))
    assert expected == (json.loads(asked.body or b"") if asked is not None else None)


LEFT_OUT: dict[str, tuple[Json, Json, Json]] = {
    "a number": ({"book_id": {"type": "integer"}}, {"count": 1}, {"count": 1, "book_id": 7}),
    "null": ({"book": {}, "book_id": {"type": "string"}}, {"book_id": None}, {"book_id": "7"}),
    "another kind": ({"author_id": {"type": "string"}}, {}, None),
}


@pytest.mark.parametrize(("members", "sent", "expected"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_naming_by_what_was_left_out(members: Json, sent: Json, expected: Json) -> None:
    created = exchange(operation=BOOKS, status=201, body=b'{"id": 7}')
    ordering = operation(method="POST", path="/orders", body=body({"properties": members}))
    one = request("POST", "/orders", headers=JSON, body=json.dumps(sent).encode())
    asked = naming(one, ordering, created, Judge({"openapi": "3.1.0"}))
    assert expected == (json.loads(asked.body or b"") if asked is not None else None)


def test_a_request_without_a_body_names_nothing() -> None:
    created = exchange(operation=BOOKS, status=201, body=b'{"id": 7}')
    assert naming(request("POST", "/orders"), ORDERS, created, Judge({"openapi": "3.1.0"})) is None


BELOW = {
    "below it": ("/books", "/books/{id}", True),
    "further below it": ("/books", "/books/{id}/pages", True),
    "beside it": ("/books", "/authors/{id}", False),
    "a collection within a thing, on its own": ("/books/{book}/reviews", "/reviews/{review}", True),
    "and what is below it": ("/books/{book}/reviews", "/reviews/{review}/votes", True),
    "and after what all paths begin with": ("/v1/shop/books/{book}/reviews", "/v1/reviews/{review}", True),
    "and after something else": ("/v1/books/{book}/reviews", "/v2/reviews/{review}", False),
    "another collection": ("/books/{book}/reviews", "/authors/{author}", False),
    "a name that ends like it": ("/books/{book}/views", "/reviews/{review}", False),
    "a collection within no thing": ("/shop/reviews", "/reviews/{review}", False),
    "a thing within a thing": ("/books/{book}/reviews/{review}", "/reviews/{review}", False),
    "what is within another": ("/books/{book}/reviews", "/authors/{author}/reviews/{review}", False),
}


@pytest.mark.parametrize(("creator", "path", "is_below"), BELOW.values(), ids=BELOW)
def test_children(creator: str, path: str, is_below: bool) -> None:
    found = children(operation(method="POST", path=creator), [operation(path=path)])
    assert bool(found) == is_below


OWN = {
    "a parent": ({"parent": {"type": "string"}}, True),
    "a parent's id": ({"parentId": {"type": "string"}}, True),
    "what it answers": ({"in_reply_to": {"type": "integer"}}, True),
    "its own kind by name": ({"book_id": {"type": "integer"}}, True),
    "another kind": ({"author_id": {"type": "integer"}}, False),
    "nothing": ({}, False),
}


@pytest.mark.parametrize(("members", "expected"), OWN.values(), ids=OWN)
def test_names_its_own(members: Json, expected: bool) -> None:
    creator = operation(method="POST", path="/books", body=body({"properties": members}))
    assert names_its_own(creator, Judge({"openapi": "3.1.0"})) is expected
