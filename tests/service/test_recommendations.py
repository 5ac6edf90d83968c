"""The recommender: what is liked together is alike, and each opinion is learned from."""

import pytest

from service.recommendations.model import NEIGHBOURS, Neighbours
from tests.service.shop import Shop

OPINIONS = {
    "nobody has any": ([], 1, {}),
    "nobody has one on this book": ([(1, 2, 1.0)], 1, {}),
    "nobody has one on this book, which is beyond the last": ([(1, 2, 1.0)], 3, {}),
    "one reader, one book": ([(1, 1, 1.0)], 1, {}),
    "always together": ([(1, 1, 1.0), (1, 2, 1.0), (2, 1, 1.0), (2, 2, 1.0)], 1, {2: 1.0}),
    "once together": ([(1, 1, 1.0), (1, 2, 1.0), (2, 1, 1.0)], 1, {2: 0.7071}),
    "never together": ([(1, 1, 1.0), (2, 2, 1.0)], 1, {}),
    "the most alike first, then the first": (
        [(1, 1, 1.0), (1, 2, 0.2), (2, 2, 1.0), (1, 3, 1.0), (1, 4, 1.0)],
        1,
        {3: 1.0, 4: 1.0, 2: 0.1961},
    ),
    "the strongest of two opinions counts": ([(1, 1, 0.6), (1, 1, 1.0), (1, 2, 1.0), (2, 1, 1.0)], 1, {2: 0.7071}),
    "what is not liked at all": ([(1, 1, 0.0), (1, 2, 1.0)], 1, {}),
}


@pytest.mark.parametrize(("opinions", "book", "alike"), OPINIONS.values(), ids=OPINIONS)
def test_alike(opinions: list[tuple[int, int, float]], book: int, alike: dict[int, float]) -> None:
    found = Neighbours.from_bytes(Neighbours.learn(opinions).to_bytes()).of(book)
    assert list(found) == list(alike)
    assert found == pytest.approx(alike)


def test_the_most_alike_are_kept() -> None:
    found = Neighbours.learn([(1, book, 1.0) for book in range(2 * NEIGHBOURS)]).of(0)
    assert list(found) == list(range(1, NEIGHBOURS + 1))


def test_a_reader_is_not_told_of_what_is_known() -> None:
    model = Neighbours.learn([(1, 1, 1.0), (1, 2, 1.0), (2, 2, 1.0), (2, 3, 1.0), (3, 3, 1.0), (3, 4, 0.1)])
    assert list(model.for_reader([1, 2])) == [3]
    assert list(model.for_reader([1])) == [2]
    assert model.for_reader([]) == {}


def shown(shop: Shop, address: str, headers: dict[str, str] | None = None) -> tuple[int | None, list[int]]:
    told = shop.client.get(address, headers=headers or {}).json()
    return told["model"], [item["book"]["id"] for item in told["items"]]


def test_orders_and_reviews_are_learned_from(shop: Shop) -> None:
    emma, waves, flush = (shop.add_book() for _ in range(3))
    assert shown(shop, f"/books/{emma['id']}/similar") == (None, [])
    other = shop.new_reader()
    shop.buy(emma, waves, headers=other)
    shop.review(emma, headers=other)
    shop.review(flush, stars=1, headers=other)
    shop.review(emma)
    shop.work()
    facts = shop.client.get("/recommender", headers=shop.staff).json()
    assert (facts["books"], facts["opinions"]) == (3, 5)
    assert shown(shop, f"/books/{emma['id']}/similar") == (facts["version"], [waves["id"], flush["id"]])
    assert shown(shop, f"/books/{emma['id']}/similar?limit=1") == (facts["version"], [waves["id"]])
    assert shown(shop, "/recommendations", shop.reader) == (facts["version"], [waves["id"], flush["id"]])
    assert shown(shop, "/recommendations", other) == (facts["version"], [])
    shop.client.delete(f"/books/{flush['id']}", headers=shop.staff)
    assert shown(shop, f"/books/{emma['id']}/similar")[1] == [waves["id"]]


def test_an_order_that_is_not_paid_says_nothing(shop: Shop) -> None:
    emma, waves = shop.add_book(), shop.add_book()
    shop.place(*({"book_id": book["id"], "quantity": 1} for book in (emma, waves)))
    shop.client.post("/recommender/trainings", headers=shop.staff)
    shop.work()
    assert shop.client.get("/recommender", headers=shop.staff).json()["opinions"] == 0
    assert shown(shop, "/recommendations", shop.reader)[1] == []


def test_the_last_few_models_are_kept(shop: Shop) -> None:
    for _ in range(7):
        shop.review(shop.add_book())
        shop.work()
    assert shop.client.get("/recommender", headers=shop.staff).json()["version"] == 7


def test_nothing_is_learned_where_nobody_has_said_anything_new(shop: Shop) -> None:
    shop.review(shop.add_book())
    shop.work()
    facts = shop.client.get("/recommender", headers=shop.staff).json()
    asked = shop.client.post("/recommender/trainings", headers=shop.staff)
    shop.work()
    job = shop.client.get(asked.headers["Location"], headers=shop.staff).json()
    assert (job["status"], job["result"]) == ("done", "/recommender")
    assert shop.client.get("/recommender", headers=shop.staff).json() == facts
