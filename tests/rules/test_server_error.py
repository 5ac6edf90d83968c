"""An exception that left the app counts always, a 5xx that was sent where nobody documented it."""

import pytest

from tests.build import exchange, location
from upheld.model import Fault, Raised, Sighting
from upheld.rules.server_error import check

CRASH = Raised(kind="KeyError", message="'x'", location=location())
UNSENT = Raised(kind="ResponseValidationError", message="response: wrong", location=None)
SILENT = Raised(kind="AssertionError", message="", location=None)
CASES: dict[str, tuple[str, int, Sighting, list[str]]] = {
    "no error": ("200", 200, Sighting(), []),
    "the client's error": ("200", 404, Sighting(), []),
    "a documented 5xx": ("200 503", 503, Sighting(), []),
    "a documented range": ("200 5XX", 503, Sighting(), []),
    "documented by default": ("default", 500, Sighting(), []),
    "no answer": ("200", 0, Sighting(), []),
    "an undocumented 5xx": ("422 200", 503, Sighting(), ["answered 503; the docs list 200, 422"]),
    "one that an exception became": (
        "200",
        502,
        Sighting(raised=CRASH),
        ["answered 502 after KeyError: 'x'; the docs list 200"],
    ),
    "an exception": ("200", 500, Sighting(escaped=CRASH), ["raised KeyError: 'x', and the answer is 500"]),
    "an exception although 500 is documented": (
        "200 500",
        500,
        Sighting(escaped=CRASH),
        ["raised KeyError: 'x', and the answer is 500"],
    ),
    "an exception without a message": (
        "200",
        500,
        Sighting(escaped=SILENT),
        ["raised AssertionError, and the answer is 500"],
    ),
    "an exception before any head": (
        "200",
        0,
        Sighting(escaped=CRASH),
        ["raised KeyError: 'x', and the answer is 500"],
    ),
    "an exception within a body": (
        "200",
        200,
        Sighting(escaped=CRASH),
        ["raised KeyError: 'x', after a 200 was begun"],
    ),
}


def said(told: str, status: int, seen: Sighting) -> list[Fault]:
    return list(check(exchange(told, status, seen=seen)))


@pytest.mark.parametrize(("told", "status", "seen", "messages"), CASES.values(), ids=CASES)
def test_check(told: str, status: int, seen: Sighting, messages: list[str]) -> None:
    assert messages == [fault.message for fault in said(told, status, seen)]


PLACES = {
    "an exception without a head is a 500": (0, Sighting(escaped=CRASH), 500, location()),
    "an exception within a body keeps the status": (200, Sighting(escaped=CRASH), 200, location()),
    "a 5xx stands where it was decided": (503, Sighting(built=location(line=3)), 503, location(line=3)),
    "not where what could not be sent was caught": (500, Sighting(raised=UNSENT, built=location(line=3)), 500, None),
}


@pytest.mark.parametrize(("status", "seen", "expected", "place"), PLACES.values(), ids=PLACES)
def test_status_and_place(status: int, seen: Sighting, expected: int, place: object) -> None:
    (fault,) = said("200", status, seen)
    assert (expected, place) == (fault.status, fault.location)
