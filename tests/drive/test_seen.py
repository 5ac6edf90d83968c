"""What the app answered with is remembered by name and by collection, and handed back to what asks for it."""

import json

import pytest

from tests.build import exchange, operation, request
from upheld.drive.seen import Seen
from upheld.model import Json

BOOKS = operation(method="POST", path="/books")
BOOK = operation(path="/books/{book_id}")


def seen(*bodies: Json, told: Json = BOOKS, status: int = 201) -> Seen:
    found = Seen()
    for body in bodies:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        found.add(exchange(operation=told, status=status, body=raw))
    return found


NAMES: dict[str, tuple[Json, str, list[Json]]] = {
    "by name": ({"isbn": "123"}, "isbn", ["123"]),
    "however it is written": ({"bookTitle": "a"}, "book_title", ["a"]),
    "inside of others": ({"items": [{"author": {"name": "Ada"}}]}, "name", ["Ada"]),
    "an item's name is its list's": ({"tags": ["x", "y"]}, "tags", ["x", "y"]),
    "ids by what they name": ({"id": 7}, "book_id", [7]),
    "in the plural or not": ({"id": 7}, "bookId", [7]),
    "but not of other things": ({"id": 7}, "author_id", []),
    "each once": ([{"id": 7}, {"id": 7}], "id", [7]),
    "no booleans, nulls or containers": ({"a": True, "b": None, "c": {}}, "a", []),
    "nothing long": ({"a": "x" * 201}, "a", []),
    "the first stays, then the last": ({"a": list(range(8))}, "a", [0, 3, 4, 5, 6, 7]),
}


@pytest.mark.parametrize(("body", "name", "values"), NAMES.values(), ids=NAMES)
def test_values(body: Json, name: str, values: list[Json]) -> None:
    assert values == seen(body).values(name)


IGNORED: dict[str, tuple[Json, int]] = {
    "an error": ({"id": 7}, 404),
    "a redirect": ({"id": 7}, 307),
    "no answer": ({"id": 7}, 0),
    "no JSON": (b"id", 200),
    "nothing": (b"", 200),
    "nested too deep": (b'{"a":' * 10_000, 200),
    "a very long one": ({"id": 7, "a": "x" * 70_000}, 200),
}


@pytest.mark.parametrize(("body", "status"), IGNORED.values(), ids=IGNORED)
def test_what_is_not_remembered(body: Json, status: int) -> None:
    assert [] == seen(body, status=status).values("id")


SECRETS: dict[str, tuple[Json, set[str]]] = {
    "tokens": ({"access_token": "abc-123", "refreshToken": "def", "id-token": 7}, {"abc-123", "def", "7"}),
    "keys": ([{"user": {"api_key": "k1", "clientSecret": "k2"}}], {"k1", "k2"}),
    "what was sent is the sender's": ({"password": "sent", "token": "q1"}, set()),
    "where a page begins": ({"next_page_token": "abc", "token_type": "bearer", "cursor": "x"}, set()),
    "a lone surrogate": ({"token": "\ud800"}, {"\ud800"}),
    "an error": (b'{"token": 1', set()),
}


@pytest.mark.parametrize(("answered", "secrets"), SECRETS.values(), ids=SECRETS)
def test_secrets(answered: Json, secrets: set[str]) -> None:
    found = Seen()
    sent = request("POST", "/a?q=q1", body=b'{"password": "sent"}')
    raw = answered if isinstance(answered, bytes) else json.dumps(answered).encode()
    found.add(exchange(request=sent, body=raw))
    assert secrets == found.secrets


def test_uuids() -> None:
    one, other = "0f49aa7e-1472-4e08-a028-0aee76d8c9bb", "0F49AA7E-1472-4E08-A028-0AEE76D8C9BB"
    assert [one] == seen({"id": one, "to": one, "name": f"{one}0", "tag": other, "n": 1}).uuids


def test_texts_of_the_same_collection_come_first() -> None:
    found = seen({"id": 1, "author_id": 9})
    found.add(exchange(operation=operation(path="/authors/{id}"), body=b'{"id": 2, "book_id": 3}'))
    assert ["1", "9", "3"] == found.texts("book_id", BOOK)
    assert ["2", "3", "1"] == found.texts("id", operation(path="/authors/{id}"))
    assert [] == Seen().texts("book_id", BOOK)
    assert ["3", "1", "9"] == found.texts("book_id", operation(path="/loans"))


ETAG = (("etag", '"1"'), ("last-modified", "Sat, 01 Jan 2000 00:00:00 GMT"))


def test_conditions() -> None:
    """A validator goes back to what answered with it, and to its siblings of the same path, true and false."""
    found = Seen()
    sent = request(target="/books/1?full=1", headers=(("if-match", "x"),))
    found.add(exchange(operation=BOOK, request=sent, headers=ETAG))
    back = list(found.conditional(BOOK, []))
    assert {"/books/1?full=1"} == {again.target for again in back}
    assert [
        ("if-none-match", '"1"'),
        ("if-none-match", '"upheld"'),
        ("if-match", '"1"'),
        ("if-match", '"upheld"'),
        ("if-modified-since", "Sat, 01 Jan 2000 00:00:00 GMT"),
        ("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("if-unmodified-since", "Sat, 01 Jan 2000 00:00:00 GMT"),
        ("if-unmodified-since", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ] == [again.headers[-1] for again in back]
    assert {("if-match", "x")} == {pair for again in back for pair in again.headers[:-1]}
    put = request("PUT", "/books/5", body=b"{}")
    changed = list(found.conditional(operation(method="PUT", path="/books/{book_id}"), [put]))
    assert {("PUT", "/books/1", b"{}")} == {(again.method, again.target, again.body) for again in changed}


def test_no_conditions() -> None:
    found = Seen()
    found.add(exchange(operation=BOOK))
    found.add(exchange(operation=BOOK, status=404, headers=ETAG))
    assert [] == list(found.conditional(BOOK, [request()]))
    found.add(exchange(operation=BOOK, headers=ETAG))
    assert [] == list(found.conditional(operation(method="PUT", path="/books/{book_id}"), []))
