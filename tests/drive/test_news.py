"""What an answer shows that none before it did."""

import dataclasses

import pytest

from tests.build import exchange
from upheld.drive.news import News
from upheld.model import Exchange, Location, Raised, Refusal, Sighting, Violation

OLD = exchange(status=200, body=b'{"id": 1, "name": "Ada"}')


def seen(**inside: object) -> Exchange:
    return dataclasses.replace(OLD, seen=Sighting(**inside))  # type: ignore[arg-type]


LINE = Location(path="app.py", line=7, code="raise", qualname="f")
CASES = {
    "the same again": (OLD, False),
    "other values": (dataclasses.replace(OLD, body=b'{"id": 2, "name": "Bob"}'), False),
    "other members": (dataclasses.replace(OLD, body=b'{"id": 2}'), True),
    "another type": (dataclasses.replace(OLD, body=b'{"id": 2, "name": null}'), True),
    "in a list": (dataclasses.replace(OLD, body=b'[{"id": 2, "name": "Bob"}, 3]'), True),
    "no JSON": (dataclasses.replace(OLD, body=b"Ada"), False),
    "another status": (dataclasses.replace(OLD, status=404), True),
    "another header": (dataclasses.replace(OLD, headers=(("etag", "1"),)), True),
    "another line": (seen(built=LINE), True),
    "an exception": (seen(escaped=Raised(kind="KeyError", message="", location=LINE)), True),
    "a refusal": (seen(refusals=(Refusal(where=("body", "tags", 0), kind="string_type", message=""),)), True),
    "something broken": (
        dataclasses.replace(OLD, violations=(Violation(where=("query", "q"), keyword="type", message=""),)),
        True,
    ),
}


TAKEN = exchange(status=204, body=b"")
SENT = {
    "other values": (b'{"name": "Bob"}', False),
    "another type": (b'{"name": null}', True),
    "other members": (b'{"name": "Ada", "age": 7}', True),
    "no JSON": (b"Ada", False),
    "nothing": (None, False),
}


@pytest.mark.parametrize(("body", "new"), SENT.values(), ids=SENT)
def test_what_was_taken_without_an_answer_in_return(body: bytes | None, new: bool) -> None:
    news = News()
    sent = dataclasses.replace(TAKEN.request, body=b'{"name": "Ada"}')
    assert news.brings(dataclasses.replace(TAKEN, request=sent))
    assert new is news.brings(dataclasses.replace(TAKEN, request=dataclasses.replace(sent, body=body)))


@pytest.mark.parametrize(("later", "new"), CASES.values(), ids=CASES)
def test_brings(later: Exchange, new: bool) -> None:
    news = News()
    assert news.brings(OLD)
    assert new is news.brings(later)
    assert not news.brings(later)


def test_positions_in_lists_are_no_news() -> None:
    news = News()
    refusals = [Refusal(where=("body", "tags", index), kind="string_type", message="") for index in range(2)]
    assert [True, False] == [news.brings(seen(refusals=(refusal,))) for refusal in refusals]
