"""Exact, ranged and default keys cover a status; nothing else does."""

import pytest

from tests.build import exchange, location
from upheld.model import Raised, Sighting
from upheld.rules.undocumented_status import check

CASES = {
    "exact key covers": ("200 404", 404, []),
    "range key covers": ("200 4XX", 404, []),
    "default covers": ("default", 404, []),
    "no head came": ("200", 0, []),
    "a 5xx is a server error": ("200", 503, []),
    "absent key": ("422 200", 404, ["answered 404; the docs list 200, 422"]),
    "other range": ("5XX", 404, ["answered 404; the docs list 5XX"]),
    "a success": ("200", 201, ["answered 201; the docs list 200"]),
    "a redirect": ("200", 307, ["answered 307; the docs list 200"]),
    "nothing is documented": ("", 200, ["answered 200; the docs list none"]),
}


@pytest.mark.parametrize(("told", "status", "messages"), CASES.values(), ids=CASES)
def test_check(told: str, status: int, messages: list[str]) -> None:
    assert messages == [fault.message for fault in check(exchange(told, status))]


def test_place() -> None:
    seen = Sighting(raised=Raised(kind="HTTPException", message="", location=location()), built=location(line=1))
    (fault,) = check(exchange("200", 404, seen=seen))
    assert (404, location(), "200", "404") == (fault.status, fault.location, fault.documented, fault.observed)
