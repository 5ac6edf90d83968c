"""Reviews: one a reader and book, changed by nobody else, and gone with their book."""

import pytest

from tests.service.shop import Shop

REVIEW = {"stars": 4, "text": "Well.\nVery well."}


def test_a_review_is_read_as_it_was_written(shop: Shop) -> None:
    book = shop.add_book()
    written = shop.client.post(f"/books/{book['id']}/reviews", json=REVIEW, headers=shop.reader)
    read = shop.client.get(written.headers["Location"]).json()
    assert read == written.json()
    assert read == {**read, **REVIEW, "book_id": book["id"], "changed_at": None}
    assert shop.client.get(f"/books/{book['id']}/reviews").json() == {"items": [read], "next_cursor": None}


def test_a_reader_reviews_a_book_once(shop: Shop) -> None:
    book, other = shop.add_book(), shop.add_book()
    shop.review(book)
    again = shop.client.post(f"/books/{book['id']}/reviews", json=REVIEW, headers=shop.reader)
    assert (again.status_code, again.json()["detail"]) == (409, "You have reviewed this book already.")
    shop.review(other)
    shop.review(book, headers=shop.new_reader())


def test_a_review_is_changed_and_removed_by_who_wrote_it(shop: Shop) -> None:
    review = shop.review(shop.add_book(), stars=1)
    address = f"/reviews/{review['id']}"
    for other in (shop.new_reader(), shop.staff):
        assert shop.client.put(address, json=REVIEW, headers=other).status_code == 403
        assert shop.client.delete(address, headers=other).status_code == 403
    changed = shop.client.put(address, json=REVIEW, headers=shop.reader).json()
    assert changed == {**review, **REVIEW, "changed_at": changed["changed_at"]}
    assert changed["changed_at"] > review["written_at"]
    assert shop.client.delete(address, headers=shop.reader).status_code == 204
    assert shop.client.get(address).status_code == 404


def test_reviews_go_with_their_book(shop: Shop) -> None:
    book = shop.add_book()
    review = shop.review(book)
    assert shop.client.delete(f"/books/{book['id']}", headers=shop.staff).status_code == 204
    assert shop.client.get(f"/reviews/{review['id']}").status_code == 404


BODIES = {
    "the fewest stars": ({"stars": 1}, 201),
    "no star": ({"stars": 0}, 422),
    "the most stars": ({"stars": 5}, 201),
    "too many stars": ({"stars": 6}, 422),
    "a tab and a line break": ({"text": "\ta\n"}, 201),
    "a zero character": ({"text": "a\0"}, 422),
    "no text": ({"text": ""}, 422),
    "as long as allowed": ({"text": "😀" * 2000}, 201),
    "too long": ({"text": "a" * 2001}, 422),
}


@pytest.mark.parametrize(("changes", "status"), BODIES.values(), ids=BODIES)
def test_bodies(shop: Shop, changes: dict[str, object], status: int) -> None:
    book = shop.add_book()
    response = shop.client.post(f"/books/{book['id']}/reviews", json={**REVIEW, **changes}, headers=shop.reader)
    assert response.status_code == status, response.text
