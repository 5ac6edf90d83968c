"""A declared status is a phantom where all was followed and nothing can produce it."""

from dataclasses import replace

import pytest

from tests.build import exchange, location, operation
from upheld.model import Claim, ClaimKind, Reading
from upheld.rules.phantom_status import check


def reading(*claimed: int, resolved: bool = True, others: tuple[int, ...] = (), declared: int = 404) -> Reading:
    """Build what was read of an operation that declares a status."""
    claims = tuple(Claim(kind=ClaimKind.STATUS, location=location(), status=status) for status in claimed)
    line = location(line=9)
    return Reading(claims=claims, resolved=resolved, others=frozenset(others), declared={declared: line})


CASES: dict[str, tuple[Reading, list[int], int]] = {
    "nothing can produce it": (reading(200), [200], 1),
    "a request produced it": (reading(200), [200, 404], 0),
    "a line can": (reading(200, 404), [200], 0),
    "a library can": (reading(200, others=(404,)), [200], 0),
    "something was not followed": (reading(200, resolved=False), [200], 0),
    "nothing was asked": (reading(200), [], 0),
    "it hung": (reading(200), [200, 0], 0),
    "what FastAPI answers": (reading(200, declared=422), [200], 0),
    "a limit in front": (reading(200, declared=429), [200], 0),
    "a failure": (reading(200, declared=503), [200], 0),
    "it is not in the document": (reading(200, declared=410), [200], 0),
}


@pytest.mark.parametrize(("read", "statuses", "count"), CASES.values(), ids=CASES)
def test_check(read: Reading, statuses: list[int], count: int) -> None:
    told = operation("200 404 422 429 503")
    exchanges = [exchange(operation=told, status=status) for status in statuses]
    found = list(check(told, read, exchanges))
    assert [(404, location(line=9))] * count == [(fault.status, fault.location) for fault in found]


def test_timed_out() -> None:
    """What hung once may have hung on the way to it."""
    told = operation("200 404")
    seen = replace(exchange(operation=told, status=200), timed_out=True)
    assert [] == list(check(told, reading(200), [seen]))
