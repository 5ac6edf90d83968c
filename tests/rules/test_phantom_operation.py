"""An operation that no route serves, and for which nothing but the router answered."""

import pytest

from tests.build import exchange, handler, operation
from upheld.model import Handler, Reading
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
