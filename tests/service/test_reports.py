"""Reports: asked for, built after the answer, read and downloaded."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.service.shop import Json, Shop


def day_of(order: Json) -> date:
    return datetime.fromisoformat(order["paid_at"]).astimezone(UTC).date()


def built(shop: Shop, first_day: str, days: int) -> Json:
    asked = shop.client.post("/reports", json={"first_day": first_day, "days": days}, headers=shop.staff)
    assert (asked.status_code, asked.json()["kind"]) == (202, "build-report"), asked.text
    shop.work()
    job = shop.client.get(asked.headers["Location"], headers=shop.staff).json()
    assert job["status"] == "done", job
    return dict(shop.client.get(job["result"], headers=shop.staff).json())


def test_what_was_paid_is_added_up_by_book(shop: Shop) -> None:
    emma, waves = shop.add_book(title="Emma", price_cents=800), shop.add_book(title="=1+1", price_cents=1000)
    first, last = (shop.buy(*books) for books in ((emma, waves), (emma,)))
    shop.place_order(waves)  # and does not pay
    report = built(shop, f"{day_of(first)}", (day_of(last) - day_of(first)).days + 1)
    assert report["lines"] == [
        {"book_id": emma["id"], "title": "Emma", "copies": 2, "cents": 1600},
        {"book_id": waves["id"], "title": "=1+1", "copies": 1, "cents": 1000},
    ]
    assert shop.client.get("/reports", headers=shop.staff).json()["items"] == [report]

    workbook = shop.client.get(f"/reports/{report['id']}/workbook", headers=shop.staff)
    with zipfile.ZipFile(io.BytesIO(workbook.content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        words = parts.read("xl/sharedStrings.xml").decode()
    assert "<v>1600</v>" in sheet
    assert "<f>" not in sheet  # a title is no formula
    assert "=1+1" in words


DAYS = {
    "until the day before": (-3, 3, 0),
    "until the day itself": (-3, 4, 1),
    "the day itself": (0, 1, 1),
    "from the day after": (1, 366, 0),
}


@pytest.mark.parametrize(("later", "days", "lines"), DAYS.values(), ids=DAYS)
def test_days(shop: Shop, later: int, days: int, lines: int) -> None:
    first_day = day_of(shop.buy(shop.add_book())) + timedelta(later)
    assert len(built(shop, f"{first_day}", days)["lines"]) == lines


@pytest.mark.parametrize("first_day", [date.min, date.max])
def test_the_ends_of_time(shop: Shop, first_day: date) -> None:
    shop.buy(shop.add_book())
    assert built(shop, f"{first_day}", 366)["lines"] == []


BODIES = {
    "a day": ({"first_day": "2026-03-01"}, 202),
    "a moment": ({"first_day": "2026-03-01T00:00:00"}, 422),
    "seconds": ({"first_day": 0}, 422),
    "seconds in quotes": ({"first_day": "0"}, 422),
    "no such day": ({"first_day": "2026-02-30"}, 422),
    "no day": ({"days": 0}, 422),
    "a leap year": ({"days": 366}, 202),
    "more than a year": ({"days": 367}, 422),
}


@pytest.mark.parametrize(("changes", "status"), BODIES.values(), ids=BODIES)
def test_bodies(shop: Shop, changes: dict[str, object], status: int) -> None:
    body = {"first_day": "2026-03-01", "days": 31, **changes}
    assert shop.client.post("/reports", json=body, headers=shop.staff).status_code == status
