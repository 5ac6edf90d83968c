"""Names are what people would write, valid, and nobody else's."""

import pytest

from upheld.client.naming import OWN, free, method_names, pascal, snake
from upheld.client.runtime.calls import AsyncCaller, SyncCaller
from upheld.client.statuses import ErrorClass, error_class, error_classes

SNAKES = {
    "listBooks": "list_books", "list-books": "list_books", "List Books": "list_books", "HTTPStatus": "http_status", "OAuth2PasswordBearer": "oauth2_password_bearer",
    "getV2": "get_v2", "if-none-match": "if_none_match", "class": "class_", "__x__": "x", "1st": "n_1st", "": "n",
    "$": "n", "größe": "größe", "ﬁne": "fine", "a.b[c]": "a_b_c", "None": "none", "match": "match", "😀ok": "ok",
}  # fmt: skip


@pytest.mark.parametrize(("text", "name"), SNAKES.items())
def test_snake(text: str, name: str) -> None:
    assert name == snake(text, "n")
    assert name.isidentifier()


def test_pascal() -> None:
    assert pascal("read_book", "Call") == "ReadBook"
    assert pascal("", "call") == "Call"


def test_free() -> None:
    assert free("a", set()) == "a"
    assert free("a", {"a"}, ("a_b",)) == "a_b"
    assert free("a", {"a", "a_b", "a_2"}, ("a_b",)) == "a_3"


METHODS: dict[str, tuple[list[tuple[str, str, str | None]], list[str]]] = {
    "FastAPI's default": ([("GET", "/books/{book_id}", "read_book_books__book_id__get")], ["read_book"]),
    "one function twice": (
        [("GET", "/a", "read_a_get"), ("GET", "/b", "read_b_get")],
        ["read_a_get", "read_b_get"],
    ),
    "several methods": (
        [("GET", "/a", "both_a_get"), ("POST", "/a", "both_a_post")],
        ["both_a_get", "both_a_post"],
    ),
    "one id twice": ([("GET", "/a", "x"), ("GET", "/b/{c}", "x")], ["get_a", "get_b_c"]),
    "no id": ([("GET", "/", None), ("PUT", "/books/{id}/cover", None)], ["get", "put_books_id_cover"]),
    "alike but for spelling": ([("GET", "/a-b", None), ("GET", "/a_b", None)], ["get_a_b", "get_a_b_"]),
    "three of them": (
        [("GET", "/a-b", None), ("GET", "/a_b", None), ("GET", "/a.b", None)],
        ["get_a_b", "get_a_b_", "get_a_b_2"],
    ),
    "the client's own": ([("GET", "/a", "close"), ("POST", "/b", "sign_in")], ["close_", "sign_in_"]),
    "types": ([("GET", "/a", "list"), ("POST", "/b", "models"), ("PUT", "/c", "date")], ["list_", "models_", "date_"]),
    "nothing but the method": ([("GET", "/a", "_a_get")], ["a_get"]),
}


@pytest.mark.parametrize(("operations", "names"), METHODS.values(), ids=METHODS)
def test_methods(operations: list[tuple[str, str, str | None]], names: list[str]) -> None:
    assert names == method_names(operations)


def test_own() -> None:
    """What the clients are able to do themselves is reserved."""
    public = {name for client in (SyncCaller, AsyncCaller) for name in dir(client) if not name.startswith("_")}
    assert OWN == public | {"sign_in", "sign_out"}


def test_errors() -> None:
    assert [error_class(key) for key in ("404", "4XX", "default", "499")] == [
        "NotFound", "ClientError", "OtherResponse", "Status499",
    ]  # fmt: skip
    assert error_classes([("404", "models.A"), ("404", "list[models.A]"), ("404", "models.A"), ("409", "Any")]) == [
        ErrorClass(name="NotFound", key="404", body="models.A | list[models.A]"),
        ErrorClass(name="NotFoundA", key="404", body="models.A", base="NotFound"),
        ErrorClass(name="NotFoundListA", key="404", body="list[models.A]", base="NotFound"),
        ErrorClass(name="Conflict", key="409", body="Any"),
    ]
    assert error_classes([("404", "models.A"), ("404", "Any")]) == [
        ErrorClass(name="NotFound", key="404", body="Any"),
        ErrorClass(name="NotFoundA", key="404", body="models.A", base="NotFound"),
    ]
