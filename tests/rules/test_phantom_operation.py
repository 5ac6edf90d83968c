"""An operation that no route serves, and for which nothing but the router answered."""

import pytest

from tests.build import exchange, handler, operation
from upheld.model import Handler, Reading, Sighting
from upheld.rules.phantom_operation import check

CASES: dict[str, tuple[Handler | None, list[int], int]] = {
    "served": (handler(), [404, 404], 0),
    "something else answers, such as a middleware": (None, [404, 200], 0),
    "it redirects": (None, [307], 0),
    "the router knows no such path": (None, [404, 404], 1),
    "the router knows no such method": (None, [405], 1),
    "nothing was asked": (None, [], 1),
    "nothing answered": (None, [0], 1),
}


@pytest.mark.parametrize(("served", "statuses", "count"), CASES.values(), ids=CASES)
def test_check(served: Handler | None, statuses: list[int], count: int) -> None:
    told = operation(handler=served)
    exchanges = [exchange(operation=told, status=status) for status in statuses]
    assert ["is documented, and no route serves it"] * count == [f.message for f in check(told, Reading(), exchanges)]


UNSEEN: dict[str, tuple[list[tuple[int, str | None]], int]] = {
    "a 404 may be a handler's": ([(404, None), (404, "router-not-found")], 0),
    "a 405 that allows other methods": ([(404, None), (405, "method-not-allowed")], 1),
    "a 405 of the handler's": ([(405, None)], 0),
    "something answers": ([(405, "method-not-allowed"), (200, None)], 0),
}


@pytest.mark.parametrize(("answers", "count"), UNSEEN.values(), ids=UNSEEN)
def test_where_routes_cannot_be_seen(answers: list[tuple[int, str | None]], count: int) -> None:
    told = operation(handler=None, generated=operation())
    exchanges = [exchange(operation=told, status=status, seen=Sighting(quirk=quirk)) for status, quirk in answers]
    faults = list(check(told, Reading(), exchanges))
    assert [405] * count == [fault.exchange.status for fault in faults if fault.exchange is not None]
