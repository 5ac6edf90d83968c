"""What was raised after a complete answer is a fault of its own, without a status."""

import pytest

from tests.build import exchange, location
from upheld.model import Raised, Sighting
from upheld.rules.background_task_error import check

LATE = Raised(kind="KeyError", message="'stock'", location=location())
CASES: dict[str, tuple[Sighting, list[str]]] = {
    "nothing": (Sighting(), []),
    "before the answer": (Sighting(escaped=LATE), []),
    "after it": (Sighting(late=LATE), ["raised KeyError: 'stock', after the 202 was complete"]),
    "without a message": (
        Sighting(late=Raised(kind="TimeoutError", message="", location=None)),
        ["raised TimeoutError, after the 202 was complete"],
    ),
}


@pytest.mark.parametrize(("seen", "messages"), CASES.values(), ids=CASES)
def test_check(seen: Sighting, messages: list[str]) -> None:
    assert messages == [fault.message for fault in check(exchange(status=202, seen=seen))]


def test_place() -> None:
    (fault,) = check(exchange(seen=Sighting(late=LATE)))
    assert (None, location()) == (fault.status, fault.location)
