"""The catalogue: what is kept, what is found, and what can not be removed."""

import csv
import io
import json

import pytest

from tests.service.shop import Shop


def test_a_book_comes_back_as_it_was_added(shop: Shop) -> None:
    sent = shop.facts(title="😀" * 200, price_cents=0, stock=1_000_000)
    added = shop.client.post("/books", json=sent, headers=shop.staff)
    assert added.headers["Location"] == f"/books/{added.json()['id']}"
    read = shop.client.get(added.headers["Location"]).json()
    assert read == added.json()
    assert {name: read[name] for name in sent} == sent


def test_describing_a_book_anew_leaves_its_stock(shop: Shop) -> None:
    book = shop.add_book(stock=7)
    facts = {name: value for name, value in shop.facts(title="Flush").items() if name != "stock"}
    replaced = shop.client.put(f"/books/{book['id']}", json=facts, headers=shop.staff).json()
    assert replaced == {**book, **facts}
    counted = shop.client.put(f"/books/{book['id']}/stock", json={"stock": 0}, headers=shop.staff).json()
    assert counted == {**replaced, "stock": 0}


def test_a_removed_book_is_gone_and_its_id_is_not_given_again(shop: Shop) -> None:
    book = shop.add_book()
    assert shop.client.delete(f"/books/{book['id']}", headers=shop.staff).status_code == 204
    assert shop.client.get(f"/books/{book['id']}").status_code == 404
    assert shop.add_book()["id"] > book["id"]


def test_a_reader_may_not_write(shop: Shop) -> None:
    book = shop.add_book()
    assert shop.client.post("/books", json=shop.facts(), headers=shop.reader).status_code == 403
    assert shop.client.delete(f"/books/{book['id']}", headers=shop.reader).status_code == 403


SEARCHES = {
    "all": ({}, ["Emma", "100% Wool", "Persuasion"]),
    "part of a title in another case": ({"q": "EMM"}, ["Emma"]),
    "part of an author": ({"q": "austen"}, ["Emma", "Persuasion"]),
    "a percent sign is a percent sign": ({"q": "%"}, ["100% Wool"]),
    "an underscore is an underscore": ({"q": "_"}, []),
    "one shelf": ({"genre": "crime"}, ["100% Wool"]),
    "several shelves": ({"genre": ["crime", "fiction"]}, ["Emma", "100% Wool", "Persuasion"]),
    "an empty shelf": ({"genre": "poetry"}, []),
    "the price's own bound": ({"max_price_cents": 800}, ["Emma"]),
    "all conditions hold": ({"q": "austen", "max_price_cents": 800}, ["Emma"]),
}


@pytest.mark.parametrize(("params", "titles"), SEARCHES.values(), ids=SEARCHES)
def test_search(shop: Shop, params: dict[str, str | int | list[str]], titles: list[str]) -> None:
    shop.add_book(title="Emma", author="Jane Austen", price_cents=800)
    shop.add_book(title="100% Wool", author="A. Knitter", genre="crime", price_cents=801)
    shop.add_book(title="Persuasion", author="Jane Austen", price_cents=1000)
    found = shop.client.get("/books", params=params).json()
    assert [book["title"] for book in found["items"]] == titles


def test_pages_follow_each_other(shop: Shop) -> None:
    books = [shop.add_book() for _ in range(5)]
    seen = []
    cursor: int | None = 0
    while cursor is not None:
        page = shop.client.get("/books", params={"limit": 2, "cursor": cursor}).json()
        seen.append([book["id"] for book in page["items"]])
        cursor = page["next_cursor"]
    ids = [book["id"] for book in books]
    assert seen == [ids[:2], ids[2:4], ids[4:]]


def test_a_full_last_page_has_no_next_one(shop: Shop) -> None:
    shop.add_book()
    assert shop.client.get("/books", params={"limit": 1}).json()["next_cursor"] is None
    assert shop.client.get("/books", params={"cursor": 2**53 - 1}).json() == {"items": [], "next_cursor": None}


BODIES = {
    "1.0 is the integer 1": ({"price_cents": 1.0}, 201),
    "a number that is not whole": ({"price_cents": 1.5}, 422),
    "a number in quotes": ({"price_cents": "1"}, 422),
    "true is no number": ({"price_cents": True}, 422),
    "not a number": ({"price_cents": float("nan")}, 422),
    "below the bound": ({"price_cents": -1}, 422),
    "the upper bound": ({"price_cents": 100_000_000}, 201),
    "above the bound": ({"price_cents": 100_000_001}, 422),
    "null": ({"title": None}, 422),
    "empty": ({"title": ""}, 422),
    "too long": ({"title": "a" * 201}, 422),
    "starts with a space": ({"title": " a"}, 422),
    "ends with a line break": ({"title": "a\n"}, 422),
    "a zero character": ({"title": "a\0"}, 422),
    "half a surrogate pair": ({"title": "\ud800"}, 422),
    "another language": ({"title": "Будденброки"}, 201),
    "an unknown shelf": ({"genre": "cookery"}, 422),
    "an unknown member": ({"colour": "red"}, 422),
    "an unknown member that is half a surrogate pair": ({"\ud800": 1}, 422),
}


@pytest.mark.parametrize(("changes", "status"), BODIES.values(), ids=BODIES)
def test_bodies(shop: Shop, changes: dict[str, object], status: int) -> None:
    body = json.dumps(shop.facts(**changes))
    response = shop.client.post("/books", content=body, headers={**shop.staff, "Content-Type": "application/json"})
    assert response.status_code == status, response.text


ADDRESSES = {
    "the largest id": ("/books/9007199254740991", 404),
    "beyond it": ("/books/9007199254740992", 422),
    "far beyond it": ("/books/" + "9" * 400, 422),
    "as JSON Schema reads it": ("/books?limit=1.0", 200),
    "as Python reads it": ("/books?limit=1_0", 422),
    "with a plus": ("/books?limit=%2B1", 422),
    "with a space": ("/books?limit=%201", 422),
    "digits of another script": ("/books?limit=%D9%A3", 422),
    "a word": ("/books/one", 422),
    "a zero character": ("/books/%00", 422),
    "a limit beyond the bound": ("/books?limit=101", 422),
    "an empty shelf": ("/books?genre=", 422),
    "more shelves than there are": ("/books?" + "&".join(["genre=crime"] * 6), 422),
    "a search for a zero character": ("/books?q=%00", 422),
    "a search that is too long": ("/books?q=" + "a" * 101, 422),
}


@pytest.mark.parametrize(("address", "status"), ADDRESSES.values(), ids=ADDRESSES)
def test_addresses(shop: Shop, address: str, status: int) -> None:
    assert shop.client.get(address).status_code == status


def test_a_book_has_another_tag_after_each_change(shop: Shop) -> None:
    address = f"/books/{shop.add_book(stock=9)['id']}"
    facts = {name: value for name, value in shop.facts().items() if name != "stock"}
    tags = [shop.client.get(address).headers["ETag"]]
    replaced = shop.client.put(address, json=facts, headers=shop.staff)
    tags.append(replaced.headers["ETag"])
    shop.client.put(f"{address}/stock", json={"stock": 8}, headers=shop.staff)
    tags.append(shop.client.get(address).headers["ETag"])
    order = shop.place_order(replaced.json())
    tags.append(shop.client.get(address).headers["ETag"])
    shop.client.post(f"/orders/{order['id']}/cancel", headers=shop.reader)
    tags.append(shop.client.get(address).headers["ETag"])
    assert len(set(tags)) == 5
    assert shop.client.get(address).headers["ETag"] == tags[-1]


def test_what_one_has_already_is_not_sent_again(shop: Shop) -> None:
    address = f"/books/{shop.add_book()['id']}"
    tag = shop.client.get(address).headers["ETag"]
    for given, status in {tag: 304, "*": 304, '"99"': 200}.items():
        answer = shop.client.get(address, headers={"If-None-Match": given})
        assert (answer.status_code, answer.headers["ETag"]) == (status, tag)
    assert shop.client.get(address, headers={"If-None-Match": "99"}).status_code == 422


def test_a_book_that_was_changed_meanwhile_is_not_overwritten(shop: Shop) -> None:
    book = shop.add_book()
    address = f"/books/{book['id']}"
    mine, theirs = ({**facts_of(book), "title": title} for title in ("Mine", "Theirs"))
    tag = {"If-Match": shop.client.get(address).headers["ETag"]}
    assert shop.client.put(address, json=theirs, headers={**shop.staff, **tag}).status_code == 200
    refused = shop.client.put(address, json=mine, headers={**shop.staff, **tag})
    assert (refused.status_code, refused.json()["detail"]) == (412, "The book was changed meanwhile.")
    assert shop.client.get(address).json()["title"] == "Theirs"
    assert shop.client.put(address, json=mine, headers={**shop.staff, "If-Match": "*"}).status_code == 200
    absent = shop.client.put("/books/99", json=mine, headers={**shop.staff, **tag})
    assert absent.status_code == 404


def facts_of(book: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in book.items() if name not in {"id", "stock", "added_at"}}


PICTURES = {
    "PNG": (b"\x89PNG\r\n\x1a\n...", "image/png"),
    "JPEG": (b"\xff\xd8\xff...", "image/jpeg"),
    "GIF": (b"GIF89a...", "image/gif"),
}


@pytest.mark.parametrize(("content", "media_type"), PICTURES.values(), ids=PICTURES)
def test_a_cover_comes_back_as_what_it_is(shop: Shop, content: bytes, media_type: str) -> None:
    address = f"/books/{shop.add_book()['id']}/cover"
    for sent in (b"GIF8, the first one", content):
        uploaded = shop.client.put(address, files={"cover": ("a.pdf", sent, "application/pdf")}, headers=shop.staff)
        assert uploaded.status_code == 204
    cover = shop.client.get(address)
    assert (cover.content, cover.headers["Content-Type"]) == (content, media_type)


def test_a_cover_goes_with_its_book(shop: Shop) -> None:
    book = shop.add_book()
    address = f"/books/{book['id']}/cover"
    assert shop.client.get(address).status_code == 404
    shop.client.put(address, files={"cover": b"GIF8"}, headers=shop.staff)
    assert shop.client.delete(f"/books/{book['id']}", headers=shop.staff).status_code == 204
    assert shop.client.get(address).status_code == 404


def test_the_whole_catalogue(shop: Shop) -> None:
    for title in ('A "quoted", title', "Будденброки"):
        shop.add_book(title=title)
    response = shop.client.get("/books.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
    assert [row["title"] for row in rows] == ['A "quoted", title', "Будденброки"]
    assert rows[0] == {**rows[0], "id": "1", "price_cents": "1299", "stock": "10", "genre": "fiction"}


def test_an_empty_catalogue(shop: Shop) -> None:
    assert shop.client.get("/books.csv").text == "id,title,author,isbn,genre,price_cents,stock\r\n"
