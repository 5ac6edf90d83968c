"""Orders: prices stay, copies are sold once, and nobody sees another's."""

import pytest

from service.catalogue import store as catalogue
from service.catalogue.store import BookRow
from tests.service.shop import Shop


def test_an_order_keeps_the_prices_of_its_day(shop: Shop) -> None:
    book, other = shop.add_book(title="Emma", price_cents=800), shop.add_book(price_cents=5)
    lines = [{"book_id": book["id"], "quantity": 2}, {"book_id": other["id"], "quantity": 100}]
    placed = shop.client.post("/orders", json={"lines": lines}, headers=shop.reader)
    assert placed.json()["total_cents"] == 2100
    facts = {name: value for name, value in shop.facts(price_cents=1).items() if name != "stock"}
    shop.client.put(f"/books/{book['id']}", json=facts, headers=shop.staff)
    read = shop.client.get(placed.headers["Location"], headers=shop.reader).json()
    assert read == placed.json()
    assert read["lines"][0] == {"book_id": book["id"], "title": "Emma", "price_cents": 800, "quantity": 2}


def test_paying_takes_the_copies_off_the_shelf_once(shop: Shop) -> None:
    book = shop.add_book(stock=3)
    order = shop.place_order(book, 2)
    assert shop.stock(book) == 3
    paid = shop.client.post(f"/orders/{order['id']}/pay", headers=shop.reader).json()
    assert paid == {**order, "status": "paid"}
    again = shop.client.post(f"/orders/{order['id']}/pay", headers=shop.reader)
    assert (again.status_code, again.json()["detail"]) == (409, "The order is paid.")
    assert shop.stock(book) == 1


def test_what_has_run_out_is_not_sold_and_the_order_can_be_paid_later(shop: Shop) -> None:
    plenty, scarce = shop.add_book(stock=9), shop.add_book(stock=1, title="Emma")
    lines = [{"book_id": plenty["id"], "quantity": 1}, *[{"book_id": scarce["id"], "quantity": 1}] * 2]
    order = shop.client.post("/orders", json={"lines": lines}, headers=shop.reader).json()
    refused = shop.client.post(f"/orders/{order['id']}/pay", headers=shop.reader)
    assert (refused.status_code, refused.json()["detail"]) == (409, "There are not enough copies of Emma.")
    assert (shop.stock(plenty), shop.stock(scarce)) == (9, 1)
    shop.client.put(f"/books/{scarce['id']}/stock", json={"stock": 2}, headers=shop.staff)
    assert shop.client.post(f"/orders/{order['id']}/pay", headers=shop.reader).status_code == 200
    assert (shop.stock(plenty), shop.stock(scarce)) == (8, 0)


def test_a_cancelled_order_is_not_paid_and_a_paid_one_is_not_cancelled(shop: Shop) -> None:
    book = shop.add_book()
    first, second = shop.place_order(book), shop.place_order(book)
    cancelled = shop.client.post(f"/orders/{first['id']}/cancel", headers=shop.reader).json()
    assert cancelled == {**first, "status": "cancelled"}
    refused = shop.client.post(f"/orders/{first['id']}/pay", headers=shop.reader)
    assert (refused.status_code, refused.json()["detail"]) == (409, "The order is cancelled.")
    shop.client.post(f"/orders/{second['id']}/pay", headers=shop.reader)
    refused = shop.client.post(f"/orders/{second['id']}/cancel", headers=shop.reader)
    assert (refused.status_code, refused.json()["detail"]) == (409, "The order is paid.")


def test_another_reader_sees_nothing(shop: Shop) -> None:
    order = shop.place_order(shop.add_book())
    other = shop.new_reader()
    address = f"/orders/{order['id']}"
    assert shop.client.get(address, headers=other).status_code == 404
    assert shop.client.post(f"{address}/pay", headers=other).status_code == 404
    assert shop.client.get("/orders", headers=other).json() == {"items": [], "next_cursor": None}


def test_orders_come_in_pages(shop: Shop) -> None:
    book = shop.add_book()
    orders = [shop.place_order(book) for _ in range(3)]
    first = shop.client.get("/orders", params={"limit": 2}, headers=shop.reader).json()
    assert first == {"items": orders[:2], "next_cursor": orders[1]["id"]}
    rest = shop.client.get("/orders", params={"cursor": first["next_cursor"]}, headers=shop.reader).json()
    assert rest == {"items": orders[2:], "next_cursor": None}


def test_an_ordered_book_stays(shop: Shop) -> None:
    book = shop.add_book()
    shop.place_order(book)
    refused = shop.client.delete(f"/books/{book['id']}", headers=shop.staff)
    assert (refused.status_code, refused.json()["detail"]) == (409, "There are orders of this book.")
    assert shop.client.get(f"/books/{book['id']}").status_code == 200


def test_a_book_that_is_removed_while_it_is_ordered(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    async def just_now(*_: object) -> dict[int, BookRow]:
        return {9: BookRow(id=9, title="Emma", price_cents=800)}

    monkeypatch.setattr(catalogue, "find_all", just_now)
    response = shop.client.post("/orders", json={"lines": [{"book_id": 9, "quantity": 1}]}, headers=shop.reader)
    assert (response.status_code, response.json()["detail"]) == (404, "One of the books does not exist.")


LINES = {
    "no line": ([], 422),
    "more lines than allowed": ([{"book_id": 1, "quantity": 1}] * 21, 422),
    "as many lines as allowed": ([{"book_id": 1, "quantity": 100}] * 20, 201),
    "no copy": ([{"book_id": 1, "quantity": 0}], 422),
    "too many copies": ([{"book_id": 1, "quantity": 101}], 422),
    "the largest id": ([{"book_id": 2**53 - 1, "quantity": 1}], 404),
    "beyond it": ([{"book_id": 2**53, "quantity": 1}], 422),
}


@pytest.mark.parametrize(("lines", "status"), LINES.values(), ids=LINES)
def test_lines(shop: Shop, lines: list[dict[str, int]], status: int) -> None:
    shop.add_book(price_cents=100_000_000)
    response = shop.client.post("/orders", json={"lines": lines}, headers=shop.reader)
    assert response.status_code == status, response.text
