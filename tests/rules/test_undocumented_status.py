"""Exact, ranged and default keys cover a status; nothing else does."""

import pytest

from tests.build import exchange, location, operation
from upheld.model import Claim, ClaimKind, Level, Raised, Reading, Sighting
from upheld.rules.undocumented_status import check, check_read

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


READ: dict[str, tuple[int, bool, list[int], int]] = {
    "none got through": (404, True, [401, 401], 1),
    "nothing answered": (404, True, [0], 1),
    "it was seen": (404, True, [404], 0),
    "others got through": (404, True, [401, 200], 0),
    "the way to it may be dead": (404, False, [401], 0),
    "it is documented": (200, True, [401], 0),
    "a 5xx is a server error": (503, True, [401], 0),
}


@pytest.mark.parametrize(("status", "certain", "seen", "count"), READ.values(), ids=READ)
def test_read(status: int, certain: bool, seen: list[int], count: int) -> None:
    claim = Claim(kind=ClaimKind.STATUS, location=location(), status=status, certain=certain)
    told = operation("200")
    exchanges = [exchange(operation=told, status=each) for each in seen]
    found = list(check_read(told, Reading(claims=(claim,)), exchanges))
    assert [(f"can answer {status}; the docs list 200", Level.WARNING, None)] * count == [
        (fault.message, fault.level, fault.exchange) for fault in found
    ]
