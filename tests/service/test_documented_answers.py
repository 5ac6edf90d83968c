"""Every documented answer is really given: there is one case for each, and no case without documentation."""

from typing import Any

import httpx2
import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from service.app import create_app
from service.settings import Settings
from tests.service.shop import PASSWORD, Shop

Json = dict[str, Any]

DOCUMENT = create_app(Settings()).openapi()
OPERATIONS = {
    told["operationId"]: (method.upper(), path.format(book_id=1, order_id=1), told)
    for path, item in DOCUMENT["paths"].items()
    for method, told in item.items()
}
DOCUMENTED = {(name, int(status)) for name, (_, _, told) in OPERATIONS.items() for status in told["responses"]}

# The same for all operations: what to send, given the operation's address and documentation.


def unreadable_body(shop: Shop, method: str, path: str, told: Json) -> httpx2.Response:
    """Send a body that is not what its media type says, or a form of more members than anybody reads."""
    (media_type,) = told["requestBody"]["content"]
    body = "{" if media_type == "application/json" else "&".join(f"member{number}=" for number in range(1001))
    return shop.client.request(method, path, content=body, headers={**shop.staff, "Content-Type": media_type})


def no_token(shop: Shop, method: str, path: str, _told: Json) -> httpx2.Response:
    return shop.client.request(method, path)


def token_without_scopes(shop: Shop, method: str, path: str, _told: Json) -> httpx2.Response:
    return shop.client.request(method, path, headers=shop.powerless)


def values_out_of_bounds(shop: Shop, method: str, path: str, _told: Json) -> httpx2.Response:
    """Send id 0, limit 0 and no body; each operation that answers 422 minds at least one of them."""
    return shop.client.request(method, path.replace("/1", "/0"), params={"limit": 0}, headers=shop.staff)


def no_database(shop: Shop, method: str, path: str, _told: Json) -> httpx2.Response:
    shop.app.state.sessions = async_sessionmaker(create_async_engine("sqlite+aiosqlite:////no/such/folder/shop"))
    return shop.client.request(method, path)


GENERIC = {
    400: unreadable_body,
    401: no_token,
    403: token_without_scopes,
    422: values_out_of_bounds,
    503: no_database,
}

# Not the same: the address where it is another one, and the body. Book 1 is ordered and book 2 is not; order 1 is
# pending and order 2 is cancelled; all of it is the staff's.

FIRST = {"title": "One", "author": "A", "isbn": "9780000000001", "genre": "crime", "price_cents": 100, "stock": 5}
SECOND = {**FIRST, "isbn": "9780000000002"}
THIRD = {**FIRST, "isbn": "9780000000003"}
CREDENTIALS = {"grant_type": "password", "username": "staff@example.org", "password": PASSWORD}


def facts(book: Json) -> Json:
    return {name: value for name, value in book.items() if name != "stock"}


SPECIFIC: dict[tuple[str, int], tuple[str | None, Json | None]] = {
    ("register_account", 201): (None, {"email": "new@example.org", "password": PASSWORD}),
    ("register_account", 409): (None, {"email": "Staff@Example.org", "password": PASSWORD}),
    ("sign_in", 200): (None, CREDENTIALS),
    ("sign_in", 401): (None, {**CREDENTIALS, "password": "another"}),
    ("read_account", 200): (None, None),
    ("change_password", 204): (None, {"current_password": PASSWORD, "new_password": "a better one"}),
    ("close_account", 204): (None, None),
    ("list_books", 200): (None, None),
    ("add_book", 201): (None, THIRD),
    ("add_book", 409): (None, FIRST),
    ("read_book", 200): (None, None),
    ("read_book", 404): ("/books/9", None),
    ("replace_book", 200): (None, facts(FIRST)),
    ("replace_book", 404): ("/books/9", facts(THIRD)),
    ("replace_book", 409): (None, facts(SECOND)),
    ("count_stock", 200): (None, {"stock": 3}),
    ("count_stock", 404): ("/books/9/stock", {"stock": 3}),
    ("remove_book", 204): ("/books/2", None),
    ("remove_book", 404): ("/books/9", None),
    ("remove_book", 409): (None, None),
    ("place_order", 201): (None, {"lines": [{"book_id": 1, "quantity": 1}]}),
    ("place_order", 404): (None, {"lines": [{"book_id": 9, "quantity": 1}]}),
    ("list_orders", 200): (None, None),
    ("read_order", 200): (None, None),
    ("read_order", 404): ("/orders/9", None),
    ("pay_order", 200): (None, None),
    ("pay_order", 404): ("/orders/9/pay", None),
    ("pay_order", 409): ("/orders/2/pay", None),
    ("cancel_order", 200): (None, None),
    ("cancel_order", 404): ("/orders/9/cancel", None),
    ("cancel_order", 409): ("/orders/2/cancel", None),
    ("check_live", 200): (None, None),
    ("check_ready", 200): (None, None),
}


@pytest.fixture
def filled(shop: Shop) -> Shop:
    for book in (FIRST, SECOND):
        assert shop.client.post("/books", json=book, headers=shop.staff).status_code == 201
    for _ in range(2):
        body = {"lines": [{"book_id": 1, "quantity": 1}]}
        assert shop.client.post("/orders", json=body, headers=shop.staff).status_code == 201
    assert shop.client.post("/orders/2/cancel", headers=shop.staff).status_code == 200
    return shop


@pytest.mark.parametrize(("name", "status"), sorted(DOCUMENTED - SPECIFIC.keys()), ids=str)
def test_generic_answer(shop: Shop, name: str, status: int) -> None:
    method, path, told = OPERATIONS[name]
    assert GENERIC[status](shop, method, path, told).status_code == status


@pytest.mark.parametrize(("name", "status"), SPECIFIC, ids=str)
def test_specific_answer(filled: Shop, name: str, status: int) -> None:
    assert (name, status) in DOCUMENTED
    method, path, _ = OPERATIONS[name]
    special, body = SPECIFIC[name, status]
    form, body = (body, None) if name == "sign_in" else (None, body)
    response = filled.client.request(method, special or path, json=body, data=form, headers=filled.staff)
    assert response.status_code == status
