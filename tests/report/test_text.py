"""What a person reads: the whole text of typical reports, and no surprise in any of them."""

import re
from dataclasses import replace

import pytest

from tests.build import finding, report, witness
from tests.report.reports import REPORTS, TRIP
from upheld.model import Report, Unseen
from upheld.report import View
from upheld.report.text import render

WHOLE = """\
GET /books/{book_id}
  error: answered 404; the docs list 200, 422  [undocumented-status]
    service/books.py:41
      raise HTTPException(404, "No such book")
    documented  200, 422
    observed    404 application/json {"detail": "No such book"}
    seen in 12 requests, the smallest:
      curl -X GET http://testserver/books/0

The contract of service.app:app is not upheld: 1 error.
2 of 2 operations and 5 of 6 documented responses seen, 5,400 requests in 3.1 s, seed 0.
Next: upheld explain undocumented-status
"""


def test_whole() -> None:
    assert render(report(finding()), View(held=False)) == WHOLE


def test_upheld() -> None:
    assert render(report(), View()) == (
        "The contract of service.app:app is upheld.\n"
        "2 of 2 operations and 5 of 6 documented responses seen, 5,400 requests in 3.1 s, seed 0.\n"
    )


HAS = {
    "without a line": "[undocumented-status]\n    documented  200, 422\n",
    "only read": "read in the code; no request showed it\n",
    "of the document": "The document as a whole\n  error",
    "after others": "    seen in 12 requests, not on every run, the smallest after 2 others:\n"
    "      curl -X POST http://testserver/books\n",
    "after a limit": "    seen in 12 requests, the smallest after 5 others:\n"
    "      for _ in $(seq 5); do curl -X GET http://testserver/books/0; done\n"
    "      curl -X GET http://testserver/books/0\n",
    "with a fix": "    fix         document 404\n      --- a\n      +++ b\n",
    "all levels": "\nDELETE /books/{book_id}\n  note: ",
}


@pytest.mark.parametrize(("name", "expected"), HAS.items(), ids=HAS)
def test_has(name: str, expected: str) -> None:
    assert expected in render(REPORTS[name], View(held=False))


@pytest.mark.parametrize("case", REPORTS.values(), ids=REPORTS)
@pytest.mark.parametrize("verbose", [False, True])
def test_colour_changes_nothing_else(case: Report, *, verbose: bool) -> None:
    plain = render(case, View(verbose=verbose))
    colored = render(case, View(verbose=verbose, color=True))
    assert plain == re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert plain != colored
    assert "\x1b" not in plain


def test_notes_are_for_the_curious() -> None:
    assert "2 notes on what FastAPI does by itself: -v shows them.\n" in render(REPORTS["all levels"], View())
    assert "    json-nan      FastAPI answers 500 to NaN in a JSON body  (3 operations)\n" in render(
        REPORTS["all levels"], View(verbose=True)
    )


def test_what_was_not_seen_is_for_the_curious() -> None:
    unseen = (
        Unseen(operation="GET /books", responses=("304", "5XX")),
        Unseen(operation="PUT /books/{book_id}\u202e", responses=("default",)),
    )
    plain, told = (render(report(unseen=unseen), View(verbose=verbose)) for verbose in (False, True))
    assert render(report(), View()) == plain
    assert told == (
        "Documented, and not seen\n"
        "    GET /books                  304, 5XX\n"
        "    PUT /books/{book_id}\\u202e  default\n"
        f"\n{plain}"
    )


def test_text_of_the_app_stays_on_its_line() -> None:
    text = render(REPORTS["nasty"], View(held=False))
    assert r"error: \x1b[31m[red]%0A|`*_<b>\r\n::error::\u202e\ud800\x9b  [undocumented-status]" in text
    assert all(line.isprintable() for line in text.splitlines())


def test_a_long_request_is_not_wrapped() -> None:
    curl = "curl " + "x" * 500
    assert f"      {curl}\n" in render(report(finding(request=witness(curl=curl))), View())


TRIPS = {
    "every way": (TRIP.modes, "in process and over HTTP, sync and async."),
    "in process": (TRIP.modes[:2], "in process, sync and async; over HTTP takes uvicorn."),
    "one": (("over HTTP, sync",), "over HTTP, sync."),
}


@pytest.mark.parametrize(("modes", "ways"), TRIPS.values(), ids=TRIPS)
def test_round_trip(modes: tuple[str, ...], ways: str) -> None:
    text = render(report(trip=replace(TRIP, modes=modes)), View())
    assert f"\nRound trip: 2 of 2 operations called, 4 of 5 documented responses met, {ways}\n" in text
    assert "not met" not in text


def test_what_a_round_trip_missed() -> None:
    text = render(report(trip=TRIP), View(verbose=True))
    assert "Seen by the check, and not met by the client\n    GET /books/{book_id}  404, 5XX\n" in text
