"""A name that changes the answer is told from an app that answers each time as it likes, or shows what it is sent."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.build import exchange, location, request
from upheld.drive.trial import informed, trial, without
from upheld.model import Assignment, Exactly, Exchange, Presence, Read, Request, Want

Answering = Callable[[Request], tuple[int, bytes] | None]
clock = count()


def query(asked: Request, name: str = "name") -> str:
    return parse_qs(urlsplit(asked.target).query).get(name, [""])[-1]


ANSWERS: dict[str, tuple[Answering, str | None]] = {
    "a value among its literals": (lambda r: (200, b"<a/>" if query(r) == "xml" else b"{}"), "/books/1?name=xml"),
    "a value that everybody uses": (lambda r: (200 if query(r) != "true" else 403, b""), "/books/1?name=true"),
    "any value": (lambda r: (200, query(r).encode()), "/books/1?name=xml"),
    "no value": (lambda _: (200, b"{}"), None),
    "a value that nobody guesses": (lambda r: (200, b"1" if query(r) == "k4!" else b"0"), None),
    "a clock": (lambda _: (200, b"%d" % next(clock)), None),
    "the whole query": (lambda r: (200, r.target.encode()), None),
    "no answer": (lambda _: None, None),
    "no answer to a value": (lambda r: None if query(r) else (200, b""), None),
}


def tried(answering: Answering, read: Read, base: Request) -> tuple[Exchange | None, list[Request]]:
    trying, sent = trial(base, read), []
    asked = next(trying)
    while True:
        sent.append(asked)
        told = answering(asked)
        try:
            seen = None if told is None else exchange(request=asked, status=told[0], body=told[1])
            asked = trying.send(seen)
        except StopIteration as end:
            return end.value, sent


SAID = {
    "a query": ("query", request(target="/a?x=1&name=y&z=2"), request(target="/a?x=1&z=2")),
    "a whole query": ("query", request(target="/a?name=y"), request(target="/a")),
    "a header": ("header", request(headers=(("name", "y"), ("x", "1"))), request(headers=(("x", "1"),))),
    "a cookie": ("cookie", request(headers=(("cookie", "a=1; name=y"),)), request(headers=(("cookie", "a=1"),))),
    "a whole cookie": ("cookie", request(headers=(("cookie", "name=y"),)), request()),
    "nothing of the kind": ("query", request(target="/a?x=1"), request(target="/a?x=1")),
}


@pytest.mark.parametrize(("where", "base", "expected"), SAID.values(), ids=SAID)
def test_the_name_is_taken_out_first(where: str, base: Request, expected: Request) -> None:
    assert expected == without(base, replace(READ, where=where))


READ = Read(where="query", name="name", location=location(), words=("xml", "csv"))


@pytest.mark.parametrize(("answering", "target"), ANSWERS.values(), ids=ANSWERS)
def test_trial(answering: Answering, target: str | None) -> None:
    found, _ = tried(answering, READ, request())
    assert target == (found.request.target if found is not None else None)


def test_what_changes_for_good_is_not_certain() -> None:
    """The first value that is sent switches the app over."""
    seen: list[str] = []

    def answering(asked: Request) -> tuple[int, bytes]:
        seen.extend(filter(None, [query(asked)]))
        return 200, b"%d" % bool(seen)

    assert None is tried(answering, READ, request())[0]


def test_an_answer_that_was_cut_tells_nothing() -> None:
    trying = trial(request(), READ)
    next(trying)
    with pytest.raises(StopIteration) as end:
        trying.send(exchange(cut=True))
    assert None is end.value.value


PLACES: dict[str, tuple[str, Request, str, tuple[tuple[str, str], ...]]] = {
    "a query parameter": ("query", request(target="/a"), "/a?name=a%20b", ()),
    "one of two": ("query", request(target="/a?b=1"), "/a?b=1&name=a%20b", ()),
    "a header": ("header", request(target="/a"), "/a", (("name", "a b"),)),
    "a cookie": ("cookie", request(target="/a"), "/a", (("cookie", "name=a%20b"),)),
    "one of two cookies": (
        "cookie",
        request(target="/a", headers=(("cookie", "b=1"), ("x", "y"))),
        "/a",
        (("x", "y"), ("cookie", "b=1; name=a%20b")),
    ),
}


@pytest.mark.parametrize(("where", "base", "target", "headers"), PLACES.values(), ids=PLACES)
def test_where_it_stands(where: str, base: Request, target: str, headers: tuple[tuple[str, str], ...]) -> None:
    _, sent = tried(lambda _: (200, b""), replace(READ, where=where, words=("a b",)), base)
    assert (target, headers) == (sent[3].target, sent[3].headers)


def test_what_the_code_compares_a_name_with_is_tried_first() -> None:
    """Whichever function compares it; nothing of other names, and nothing that no request can hold."""
    values: list[Want] = [
        Exactly(value="de"),
        Presence.PRESENT,
        Exactly(value=7),
        Exactly(value="\x00"),
        Exactly(value="de"),
    ]
    asked: list[Assignment] = [{("query", "name"): value, ("query", "other"): Exactly(value="no")} for value in values]
    assert informed(READ, asked).words == ("de", "7", "xml", "csv")
