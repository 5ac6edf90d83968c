"""Orders: prices stay, copies are sold once, and nobody sees another's."""

import time

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from service import work
from service.accounts.store import AccountRow
from service.catalogue import store as catalogue
from service.catalogue.store import BookRow
from service.jobs.store import JobRow, Kind
from service.orders import store
from service.orders.store import OrderRow
from service.parts import Parts
from service.settings import Settings
from tests.service.mailbox import Mail, Mailbox
from tests.service.shop import Judge, Shop, changed, new_shop


def test_an_order_keeps_the_prices_of_its_day(shop: Shop) -> None:
    book, other = shop.add_book(title="Emma", price_cents=800), shop.add_book(price_cents=5, stock=100)
    lines = [{"book_id": book["id"], "quantity": 2}, {"book_id": other["id"], "quantity": 100}]
    placed = shop.client.post("/orders", json={"lines": lines}, headers=shop.reader)
    assert placed.json()["total_cents"] == 2100
    facts = {name: value for name, value in shop.facts(price_cents=1).items() if name != "stock"}
    shop.client.put(f"/books/{book['id']}", json=facts, headers=shop.staff)
    read = shop.client.get(placed.headers["Location"], headers=shop.reader).json()
    assert read == placed.json()
    assert read["lines"][0] == {"book_id": book["id"], "title": "Emma", "price_cents": 800, "quantity": 2}


def test_copies_leave_the_shelf_when_an_order_is_placed_and_once(shop: Shop) -> None:
    book = shop.add_book(stock=3)
    order = shop.place_order(book, 2)
    assert shop.stock(book) == 1
    paid = shop.client.post(f"/orders/{order['id']}/pay", headers=shop.reader).json()
    assert paid == {**order, "status": "paid", "paid_at": paid["paid_at"]}
    assert paid["paid_at"] >= order["placed_at"]
    again = shop.client.post(f"/orders/{order['id']}/pay", headers=shop.reader)
    assert (again.status_code, again.json()["detail"]) == (409, "The order is paid.")
    assert shop.stock(book) == 1


def test_what_has_run_out_is_not_sold_and_nothing_else_of_the_order_is(shop: Shop) -> None:
    plenty, scarce = shop.add_book(stock=9), shop.add_book(stock=1, title="Emma")
    lines = [{"book_id": plenty["id"], "quantity": 1}, *[{"book_id": scarce["id"], "quantity": 1}] * 2]
    refused = shop.client.post("/orders", json={"lines": lines}, headers=shop.reader)
    assert (refused.status_code, refused.json()["detail"]) == (409, "There are not enough copies of Emma.")
    assert (shop.stock(plenty), shop.stock(scarce)) == (9, 1)
    assert shop.client.get("/orders", headers=shop.reader).json()["items"] == []
    shop.client.put(f"/books/{scarce['id']}/stock", json={"stock": 2}, headers=shop.staff)
    shop.place(*lines)
    assert (shop.stock(plenty), shop.stock(scarce)) == (8, 0)


def test_a_cancelled_order_puts_its_copies_back(shop: Shop) -> None:
    book = shop.add_book(stock=3)
    order = shop.place_order(book, 2)
    for _ in range(2):
        shop.client.post(f"/orders/{order['id']}/cancel", headers=shop.reader)
    assert shop.stock(book) == 3


def test_a_shelf_holds_so_many_copies_and_no_more(shop: Shop) -> None:
    book = shop.add_book(stock=1)
    order = shop.place_order(book)
    shop.client.put(f"/books/{book['id']}/stock", json={"stock": 1_000_000}, headers=shop.staff)
    assert shop.client.post(f"/orders/{order['id']}/cancel", headers=shop.reader).status_code == 200
    assert shop.stock(book) == 1_000_000


def test_the_same_key_places_one_order(shop: Shop) -> None:
    book = shop.add_book(stock=9)
    keyed = {**shop.reader, "Idempotency-Key": "one"}
    first, again = (
        shop.client.post("/orders", json={"lines": [{"book_id": book["id"], "quantity": 2}]}, headers=keyed)
        for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.json(), again.headers["Location"]) == (first.json(), first.headers["Location"])
    assert shop.stock(book) == 7
    other = shop.client.post("/orders", json={"lines": [{"book_id": book["id"], "quantity": 3}]}, headers=keyed)
    assert (other.status_code, other.json()["detail"]) == (409, "Another order was placed with this key.")
    shop.place({"book_id": book["id"], "quantity": 3}, headers={**shop.new_reader(), "Idempotency-Key": "one"})
    assert shop.stock(book) == 4


def test_the_same_key_at_the_same_time(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    book = shop.add_book(stock=9)
    keyed = {**shop.reader, "Idempotency-Key": "one"}
    first = shop.place({"book_id": book["id"], "quantity": 2}, headers=keyed)
    find, asked = store.find_by_key, list[str | None]()

    async def not_yet(session: AsyncSession, account_id: int, key: str | None) -> OrderRow | None:
        asked.append(key)
        return None if len(asked) == 1 else await find(session, account_id, key)

    monkeypatch.setattr(store, "find_by_key", not_yet)
    assert shop.place({"book_id": book["id"], "quantity": 2}, headers=keyed) == first
    assert len(asked) == 2
    assert shop.stock(book) == 7


def test_a_confirmation_is_mailed_once_an_order_is_paid(mailing: Shop, mailbox: Mailbox) -> None:
    order = mailing.place_order(mailing.add_book(title="Emma 😀", price_cents=805), 2)
    mailing.work()
    assert mailbox.mails() == []
    mailing.client.post(f"/orders/{order['id']}/pay", headers=mailing.reader)
    mailing.work()
    text = "You have paid 16.10 for\n\n2 x Emma 😀\n"
    told = Mail(f"order-{order['id']}", "reader2@example.org", f"Your order {order['id']} is paid", text)
    assert mailbox.mails() == [told]


def test_nothing_is_mailed_to_an_account_that_is_closed(
    mailing: Shop, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = mailing.place_order(mailing.add_book())
    confirm = work.HANDLERS[Kind.CONFIRM_ORDER]

    async def closing(parts: Parts, session: AsyncSession, job: JobRow) -> str | None:
        (await session.get_one(AccountRow, 2)).email = None
        return await confirm(parts, session, job)

    monkeypatch.setitem(work.HANDLERS, Kind.CONFIRM_ORDER, closing)
    mailing.client.post(f"/orders/{order['id']}/pay", headers=mailing.reader)
    mailing.work()
    assert mailbox.mails() == []
    assert [job["status"] for job in mailing.jobs("confirm-order")] == ["done"]


def test_an_order_that_nobody_pays_is_given_up(settings: Settings, judge: Judge) -> None:
    with new_shop(changed(settings, order_lifetime_s=1), judge) as shop:
        book = shop.add_book(stock=3)
        kept, given_up = shop.buy(book), shop.place_order(book)
        for _ in range(50):
            time.sleep(0.1)
            shop.work()
            if shop.stock(book) == 2:
                break
        read = [shop.client.get(f"/orders/{order['id']}", headers=shop.reader).json() for order in (kept, given_up)]
    assert [order["status"] for order in read] == ["paid", "cancelled"]


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
    shop.add_book(price_cents=100_000_000, stock=2000)
    response = shop.client.post("/orders", json={"lines": lines}, headers=shop.reader)
    assert response.status_code == status, response.text
