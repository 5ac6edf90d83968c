"""Access logs: all lines are taken or none, and each is counted once."""

import json

import pytest

from tests.service.shop import Shop


def line(at: str = "2026-03-04T20:15:00Z", path: str = "/books/1", status: object = 200) -> str:
    return json.dumps({"at": at, "path": path, "status": status})


def counts(shop: Shop, **params: str) -> list[tuple[str, str, int, int]]:
    found = shop.client.get("/visits", params=params, headers=shop.staff).json()["items"]
    return [(each["day"], each["path"], each["visits"], each["errors"]) for each in found]


def test_visits_are_counted_by_day_and_address(shop: Shop) -> None:
    lines = [
        line(),
        line(status=500),
        line(status=499),
        line(path="/books"),
        line(at="2026-03-05T01:00:00+02:00"),  # still the 4th, in UTC
        line(at="2026-03-05T00:00:00Z"),
    ]
    for separator in ("\n", "\r\n"):
        sent = shop.client.post("/events", content=separator.join(lines), headers=shop.staff)
        assert sent.status_code == 202, sent.text
        shop.work()
        job = shop.client.get(sent.headers["Location"], headers=shop.staff).json()
        assert (job["status"], job["result"]) == ("done", "/visits")
    fourth = [("2026-03-04", "/books", 2, 0), ("2026-03-04", "/books/1", 8, 2)]
    assert sorted(counts(shop)) == [*fourth, ("2026-03-05", "/books/1", 2, 0)]
    assert sorted(counts(shop, day="2026-03-04")) == fourth
    assert counts(shop, day="2026-03-06") == []


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_the_ends_of_time(shop: Shop, at: str) -> None:
    assert shop.client.post("/events", content=line(at=at), headers=shop.staff).status_code == 202
    shop.work()
    assert counts(shop) == [(at[:10], "/books/1", 1, 0)]


REFUSED = {
    "nothing": ("", "There is no line."),
    "blank lines": ("\n\n", "There is no line."),
    "no JSON": (f"{line()}\n{{", "Line 2: Invalid JSON: EOF while parsing an object at line 1 column 1"),
    "a blank line between": (
        f"{line()}\n\n{line()}",
        "Line 2: Invalid JSON: EOF while parsing a value at line 1 column 0",
    ),
    "a moment without a zone": (line(at="2026-03-04T20:15:00"), "Line 1/at: Input should have timezone info"),
    "a status in quotes": (line(status="200"), "Line 1/status: Input should be a valid integer"),
    "a status beyond the bound": (line(status=600), "Line 1/status: Input should be less than or equal to 599"),
    "an unknown member": ('{"agent": "curl", ' + line()[1:], "Line 1/agent: Extra inputs are not permitted"),
}


@pytest.mark.parametrize(("body", "detail"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_visit(shop: Shop, body: str, detail: str) -> None:
    refused = shop.client.post("/events", content=body, headers=shop.staff)
    assert (refused.status_code, refused.json()["detail"]) == (400, detail)
    shop.work()
    assert counts(shop) == []
