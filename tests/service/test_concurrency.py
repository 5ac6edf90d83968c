"""Many buyers at once, and a power cut amid their orders: what is there is sold once, and nothing that is paid is lost."""

import asyncio
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx2
import pytest

from service.jobs.embedded import AT_ONCE
from service.settings import Settings
from tests.service.mailbox import Mailbox
from tests.service.process import PATIENCE_S, Served, served, sign_in

pytestmark = pytest.mark.slow

BUYERS, COPIES, ORDERS, AT_A_TIME = 200, 10, 500, 20
BOOK = {"title": "Emma", "author": "J. Austen", "isbn": "9780141439587", "genre": "fiction", "price_cents": 800}
STALLED_S = 120
"""Until what a dead worker was doing is taken up: it is believed dead after 20 s, and looked for once a minute."""


@pytest.fixture
def environ(settings: Settings, mailbox: Mailbox) -> dict[str, str]:
    told = {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "SMTP_URL": mailbox.url,
        "MAIL_FROM": mailbox.sender,
    }
    return {f"BOOKSHOP_{name}": f"{value}" for name, value in told.items() if value is not None}


def add_book(client: httpx2.Client, stock: int) -> int:
    response = client.post("/books", json={**BOOK, "stock": stock})
    assert response.status_code == 201, response.text
    return int(response.json()["id"])


def test_as_many_are_sold_as_there_are(tmp_path: Path, environ: dict[str, str]) -> None:
    with served(tmp_path, environ) as shop:
        staff = sign_in(shop.address)
        buyers = [sign_in(shop.address, f"buyer{number}@example.org") for number in range(BUYERS)]
        with httpx2.Client(base_url=shop.address, headers=staff) as client:
            book_id = add_book(client, COPIES)

            async def buy_all() -> list[httpx2.Response]:
                limits = httpx2.Limits(max_connections=BUYERS)
                async with httpx2.AsyncClient(base_url=shop.address, limits=limits, timeout=PATIENCE_S) as many:
                    body = {"lines": [{"book_id": book_id, "quantity": 1}]}
                    return await asyncio.gather(*(many.post("/orders", json=body, headers=buyer) for buyer in buyers))

            statuses = Counter(response.status_code for response in asyncio.run(buy_all()))
            assert statuses == {201: COPIES, 409: BUYERS - COPIES}, shop.log()
            assert client.get(f"/books/{book_id}").json()["stock"] == 0
        assert shop.log() == ""


class Buyer:
    """Orders and pays again and again, whatever happens to the shop; knows what it was told."""

    def __init__(self, address: str, headers: dict[str, str], book_id: int) -> None:
        self._client = httpx2.AsyncClient(base_url=address, headers=headers, timeout=PATIENCE_S)
        self._body = {"lines": [{"book_id": book_id, "quantity": 1}]}
        self.paid = set[int]()
        self._begun = 0

    async def buy(self, orders: int, shop: Served, *, kill_after: int | None = None) -> None:
        """Buy until so many orders were begun; the shop is killed in between."""
        killing = asyncio.Event()

        async def one() -> None:
            while self._begun < orders and not killing.is_set():
                self._begun += 1
                try:
                    placed = await self._client.post("/orders", json=self._body)
                    assert placed.status_code == 201, placed.text
                    order_id = placed.json()["id"]
                    paid = await self._client.post(f"/orders/{order_id}/pay")
                    assert paid.status_code == 200, paid.text
                except httpx2.TransportError:
                    assert killing.is_set()
                    return
                self.paid.add(order_id)
                if kill_after is not None and len(self.paid) >= kill_after and not killing.is_set():
                    killing.set()
                    shop.kill()

        async with asyncio.TaskGroup() as buyers:
            for _ in range(AT_A_TIME):
                buyers.create_task(one())
        await self._client.aclose()


def test_a_power_cut_loses_nothing(tmp_path: Path, environ: dict[str, str], mailbox: Mailbox) -> None:
    with served(tmp_path, environ) as shop:
        staff = sign_in(shop.address)
        with httpx2.Client(base_url=shop.address, headers=staff) as client:
            book_id = add_book(client, ORDERS)
        before = Buyer(shop.address, staff, book_id)
        asyncio.run(before.buy(ORDERS, shop, kill_after=ORDERS // 2))
        assert ORDERS // 2 <= len(before.paid) < ORDERS

        shop.start()
        after = Buyer(shop.address, staff, book_id)
        asyncio.run(after.buy(ORDERS - len(before.paid) - AT_A_TIME, shop))
        with httpx2.Client(base_url=shop.address, headers=staff) as client:
            orders = all_orders(client)
            paid = {order["id"] for order in orders if order["status"] == "paid"}
            assert paid >= before.paid | after.paid
            assert client.get(f"/books/{book_id}").json()["stock"] == ORDERS - len(orders)

        until = time.monotonic() + STALLED_S
        while len(confirmed(mailbox)) < len(paid) and time.monotonic() < until:
            time.sleep(0.5)
    times = confirmed(mailbox)  # after the end of the process: it sends nothing any more
    assert times.keys() == paid
    twice = {order_id for order_id, count in times.items() if count > 1}
    # What was with the mail server, and not yet marked as sent, is sent again; nothing else is.
    assert len(twice) <= AT_ONCE
    assert all(times[order_id] == 2 and order_id <= max(before.paid) + AT_A_TIME for order_id in twice)


def all_orders(client: httpx2.Client) -> list[dict[str, object]]:
    found = list[dict[str, object]]()
    page: dict[str, Any] = {"next_cursor": 0}
    while page["next_cursor"] is not None:
        page = client.get("/orders", params={"limit": 100, "cursor": page["next_cursor"]}).json()
        found += page["items"]
    return found


def confirmed(mailbox: Mailbox) -> Counter[int]:
    return Counter(int(mail.key.removeprefix("order-")) for mail in mailbox.mails())
