"""What names a thing that was made is told by its name, and names it."""

import json

import pytest

from tests.build import exchange, operation, request
from upheld.drive.family import children, naming
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
