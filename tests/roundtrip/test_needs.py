"""A request needs the changes before it: all where they are few, else those that it has to do with."""

from collections.abc import Sequence

from tests.build import exchange, operation, request
from upheld.model import Exchange
from upheld.roundtrip.needs import ALIKE_MOST, ALL_BELOW, FIRST, needed
from upheld.roundtrip.script import Taken

BOOKS = operation("201 409 429", method="POST", path="/books")
STOCK = operation("200", method="PUT", path="/books/{book_id}/stock")
BOOK = operation("200 404")


def _posted(body: bytes = b"{}", status: int = 201) -> Exchange:
    return exchange(operation=BOOKS, status=status, request=request("POST", "/books", body=body))


def _counted(number: int) -> Exchange:
    return exchange(operation=STOCK, status=200, request=request("PUT", f"/books/{number}/stock", body=b"1"))


def _got(number: int) -> Exchange:
    return exchange(operation=BOOK, status=200, request=request(target=f"/books/{number}"))


def _needed(history: Sequence[Exchange], chosen: Sequence[int], links: dict[int, int] | None = None) -> list[int]:
    def linked(_: Exchange, place: int) -> list[Taken]:
        producer = (links or {}).get(place)
        return [Taken(where=("path", "book_id"), producer=producer, pointer=("id",))] if producer is not None else []

    return sorted(needed(history, range(len(history)), chosen, linked))


MANY = [_posted(b"%d" % number) for number in range(ALL_BELOW + 1)]
LAST = len(MANY)


def test_few_changes_are_all_needed() -> None:
    history = [_posted(), _got(1), _counted(1), _posted(status=409)]
    assert [0, 2] == _needed(history, [1])


def test_of_many_the_first() -> None:
    assert list(range(FIRST)) == _needed([*MANY, _got(1)], [LAST])


def test_what_gave_out_a_value() -> None:
    assert [*range(FIRST), 50] == _needed([*MANY, _got(1)], [LAST], {LAST: 50})


def test_and_what_that_needs() -> None:
    assert [*range(FIRST), 40, 50] == _needed([*MANY, _got(1)], [LAST], {LAST: 50, 50: 40})


def test_changes_to_the_same_thing() -> None:
    history = [*MANY[:50], _counted(1), _counted(2), *MANY[50:], _got(1)]
    # The first ones of each operation come along anyway.
    assert [*range(FIRST), 50, 51] == _needed(history, [len(history) - 1])
    counted = [*[_counted(9)] * FIRST, *MANY, _counted(1), _counted(2), _got(1)]
    assert [0, 1, 2, *range(FIRST, 2 * FIRST), len(counted) - 3] == _needed(counted, [len(counted) - 1])


def test_changes_after_it_are_not_needed() -> None:
    history = [*[_counted(9)] * FIRST, *MANY, _got(1), _counted(1)]
    assert [*range(2 * FIRST)] == _needed(history, [len(history) - 2])


def test_equal_requests() -> None:
    refused = _posted(b"70", status=409)
    assert [*range(FIRST), 70] == _needed([*MANY, refused], [LAST])


def test_what_a_limit_has_counted() -> None:
    history = [*[_posted(status=409)] * (ALIKE_MOST + 5), _got(1), _posted(status=429)]
    assert list(range(5, ALIKE_MOST + 5)) == _needed(history, [len(history) - 1])
