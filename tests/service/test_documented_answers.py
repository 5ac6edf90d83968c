"""Every documented answer is really given: there is one case for each, and no case without documentation."""

import re
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest

from service import dependencies
from service.app import create_app
from service.settings import Settings
from tests.service.shop import PASSWORD, Shop, absent_database

Json = dict[str, Any]

PARAMETER = re.compile(r"\{\w+\}")

DOCUMENT = create_app(Settings()).openapi()
OPERATIONS = {
    told["operationId"]: (method.upper(), PARAMETER.sub("1", path), told)
    for path, item in DOCUMENT["paths"].items()
    for method, told in item.items()
}
DOCUMENTED = {(name, int(status)) for name, (_, _, told) in OPERATIONS.items() for status in told["responses"]}

# The same for all operations: what to send, given the operation's address and documentation.


def unreadable_body(shop: Shop, method: str, path: str, told: Json) -> httpx2.Response:
    """Send a body that is not what its media type says, or a form of more members than anybody reads."""
    (media_type,) = told["requestBody"]["content"]
    body = "&".join(f"member{number}=" for number in range(1001)) if media_type.endswith("urlencoded") else "{"
    return shop.client.request(method, path, content=body, headers={**shop.staff, "Content-Type": media_type})


def no_token(shop: Shop, method: str, path: str, _told: Json) -> httpx2.Response:
    return shop.client.request(method, path)


def token_without_scopes(shop: Shop, method: str, path: str, _told: Json) -> httpx2.Response:
    return shop.client.request(method, path, headers=shop.powerless)


def values_out_of_bounds(shop: Shop, method: str, path: str, _told: Json) -> httpx2.Response:
    """Send id 0, limit 0 and no body; each operation that answers 422 minds at least one of them."""
    return shop.client.request(method, path.replace("/1", "/0"), params={"limit": 0}, headers=shop.staff)


def no_database(shop: Shop, method: str, path: str, _told: Json) -> httpx2.Response:
    shop.app.dependency_overrides[dependencies.session] = absent_database
    return shop.client.request(method, path)


def body_too_long(shop: Shop, method: str, path: str, told: Json) -> httpx2.Response:
    (media_type,) = told["requestBody"]["content"]
    long = b" " * 100_001
    if media_type == "multipart/form-data":
        return shop.client.request(method, path, files={"cover": long}, headers=shop.staff)
    return shop.client.request(method, path, content=long, headers={**shop.staff, "Content-Type": media_type})


GENERIC = {
    400: unreadable_body,
    401: no_token,
    403: token_without_scopes,
    413: body_too_long,
    422: values_out_of_bounds,
    503: no_database,
}

# Not the same: the address where it is another one, and what is sent. All is the staff's but review 2, which is on book
# 2. Book 1 is ordered and has a cover; order 1 is pending and order 2 is cancelled; report 1 is built by job 1.


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What makes an operation give one of its answers."""

    path: str | None = None
    json: Json | None = None
    form: Json | None = None
    files: dict[str, bytes] | None = None
    content: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    shop: str = "filled"


FIRST = {"title": "One", "author": "A", "isbn": "9780000000001", "genre": "crime", "price_cents": 100, "stock": 5}
SECOND = {**FIRST, "isbn": "9780000000002"}
THIRD = {**FIRST, "isbn": "9780000000003"}
CREDENTIALS = {"grant_type": "password", "username": "staff@example.org", "password": PASSWORD}
REVIEW = {"stars": 4, "text": "Well."}
PICTURE = {"cover": b"\x89PNG\r\n\x1a\n"}
VISIT = '{"at": "2026-03-04T20:15:00Z", "path": "/books/1", "status": 200}'


def facts(book: Json) -> Json:
    return {name: value for name, value in book.items() if name != "stock"}


def order(book_id: int, quantity: int = 1) -> Json:
    return {"lines": [{"book_id": book_id, "quantity": quantity}]}


SPECIFIC = {
    ("register_account", 201): Ask(json={"email": "new@example.org", "password": PASSWORD}),
    ("register_account", 409): Ask(json={"email": "Staff@Example.org", "password": PASSWORD}),
    ("sign_in", 200): Ask(form=CREDENTIALS),
    ("sign_in", 401): Ask(form={**CREDENTIALS, "password": "another"}),
    ("sign_in", 429): Ask(form={**CREDENTIALS, "password": "another"}, times=11),
    ("read_account", 200): Ask(),
    ("change_password", 204): Ask(json={"current_password": PASSWORD, "new_password": "a better one"}),
    ("close_account", 204): Ask(),
    ("list_books", 200): Ask(),
    ("add_book", 201): Ask(json=THIRD),
    ("add_book", 409): Ask(json=FIRST),
    ("export_books", 200): Ask(),
    ("read_book", 200): Ask(),
    ("read_book", 304): Ask(headers={"If-None-Match": "*"}),
    ("read_book", 404): Ask(path="/books/9"),
    ("replace_book", 200): Ask(json=facts(FIRST)),
    ("replace_book", 404): Ask(path="/books/9", json=facts(THIRD)),
    ("replace_book", 409): Ask(json=facts(SECOND)),
    ("replace_book", 412): Ask(json=facts(FIRST), headers={"If-Match": '"99"'}),
    ("count_stock", 200): Ask(json={"stock": 3}),
    ("count_stock", 404): Ask(path="/books/9/stock", json={"stock": 3}),
    ("remove_book", 204): Ask(path="/books/2"),
    ("remove_book", 404): Ask(path="/books/9"),
    ("remove_book", 409): Ask(),
    ("upload_cover", 204): Ask(files=PICTURE),
    ("upload_cover", 404): Ask(path="/books/9/cover", files=PICTURE),
    ("upload_cover", 415): Ask(files={"cover": b"%PDF-1.7"}),
    ("read_cover", 200): Ask(),
    ("read_cover", 404): Ask(path="/books/2/cover"),
    ("place_order", 201): Ask(json=order(1)),
    ("place_order", 404): Ask(json=order(9)),
    ("place_order", 409): Ask(json=order(1, 100)),
    ("list_orders", 200): Ask(),
    ("read_order", 200): Ask(),
    ("read_order", 404): Ask(path="/orders/9"),
    ("pay_order", 200): Ask(),
    ("pay_order", 404): Ask(path="/orders/9/pay"),
    ("pay_order", 409): Ask(path="/orders/2/pay"),
    ("cancel_order", 200): Ask(),
    ("cancel_order", 404): Ask(path="/orders/9/cancel"),
    ("cancel_order", 409): Ask(path="/orders/2/cancel"),
    ("list_reviews", 200): Ask(),
    ("list_reviews", 404): Ask(path="/books/9/reviews"),
    ("write_review", 201): Ask(path="/books/2/reviews", json=REVIEW),
    ("write_review", 404): Ask(path="/books/9/reviews", json=REVIEW),
    ("write_review", 409): Ask(json=REVIEW),
    ("read_review", 200): Ask(),
    ("read_review", 404): Ask(path="/reviews/9"),
    ("change_review", 200): Ask(json=REVIEW),
    ("change_review", 403): Ask(path="/reviews/2", json=REVIEW),
    ("change_review", 404): Ask(path="/reviews/9", json=REVIEW),
    ("remove_review", 204): Ask(),
    ("remove_review", 403): Ask(path="/reviews/2"),
    ("remove_review", 404): Ask(path="/reviews/9"),
    ("list_similar_books", 200): Ask(),
    ("list_similar_books", 404): Ask(path="/books/9/similar"),
    ("list_recommendations", 200): Ask(),
    ("read_recommender", 200): Ask(),
    ("read_recommender", 404): Ask(shop="shop"),
    ("train_recommender", 202): Ask(),
    ("request_report", 202): Ask(json={"first_day": "2026-03-01", "days": 31}),
    ("list_reports", 200): Ask(),
    ("read_report", 200): Ask(),
    ("read_report", 404): Ask(path="/reports/9"),
    ("download_workbook", 200): Ask(),
    ("download_workbook", 404): Ask(path="/reports/9/workbook"),
    ("list_jobs", 200): Ask(),
    ("read_job", 200): Ask(),
    ("read_job", 404): Ask(path="/jobs/99"),
    ("send_events", 202): Ask(content=VISIT),
    ("list_visits", 200): Ask(),
    ("check_live", 200): Ask(),
    ("check_ready", 200): Ask(),
}


@pytest.fixture
def filled(shop: Shop) -> Shop:
    report = shop.client.post("/reports", json={"first_day": "2026-03-01", "days": 31}, headers=shop.staff)
    first, second = (shop.add_book(**book) for book in (FIRST, SECOND))
    for _ in range(2):
        shop.place({"book_id": first["id"], "quantity": 1}, headers=shop.staff)
    assert shop.client.post("/orders/2/cancel", headers=shop.staff).status_code == 200
    shop.review(first, headers=shop.staff)
    shop.review(second)
    assert shop.client.put("/books/1/cover", files=PICTURE, headers=shop.staff).status_code == 204
    shop.work()
    assert shop.client.get(report.headers["Location"], headers=shop.staff).json()["result"] == "/reports/1"
    return shop


@pytest.mark.parametrize(("name", "status"), sorted(DOCUMENTED - SPECIFIC.keys()), ids=str)
def test_generic_answer(shop: Shop, name: str, status: int) -> None:
    method, path, told = OPERATIONS[name]
    assert GENERIC[status](shop, method, path, told).status_code == status


@pytest.mark.parametrize(("name", "status"), SPECIFIC, ids=str)
def test_specific_answer(request: pytest.FixtureRequest, name: str, status: int) -> None:
    assert (name, status) in DOCUMENTED
    method, path, _ = OPERATIONS[name]
    ask = SPECIFIC[name, status]
    shop: Shop = request.getfixturevalue(ask.shop)
    for _ in range(ask.times):
        response = shop.client.request(
            method,
            ask.path or path,
            json=ask.json,
            data=ask.form,
            files=ask.files,
            content=ask.content,
            headers={**shop.staff, **ask.headers},
        )
    assert response.status_code == status
