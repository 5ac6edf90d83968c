"""A script holds a few requests for each documented response that was seen, and what they need."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.build import exchange, operation, request
from upheld.model import Body, Exchange, MediaType, Padding, Refusal, Sighting, Violation
from upheld.roundtrip.script import Answered, Taken
from upheld.roundtrip.select import CANDIDATES, key, select

BOOK = operation("200 404 5XX")
BOOKS = operation("201 default", method="POST", path="/books")
BROKEN = (Violation(where=("path", "book_id"), keyword="type", message="is no integer"),)


def _got(status: int, number: int = 1, **more: object) -> Exchange:
    made = exchange(operation=BOOK, status=status, request=request(target=f"/books/{number}"))
    return replace(made, **more)  # type: ignore[arg-type]


def _posted(status: int = 201, body: bytes = b"{}", **more: object) -> Exchange:
    made = exchange(operation=BOOKS, status=status, request=request("POST", "/books", body=body))
    return replace(made, **more)  # type: ignore[arg-type]


def _targets(history: Sequence[Exchange]) -> list[tuple[str, int]]:
    selection = select(history, lambda _: True, lambda *_: ())
    return [(step.request.target, step.answered.status) for step in selection.steps]


KEYS = {
    "exact": (404, "404"),
    "range": (503, "5XX"),
    "none": (403, None),
    "no answer": (0, None),
}


@pytest.mark.parametrize(("status", "expected"), KEYS.values(), ids=KEYS)
def test_key(status: int, expected: str | None) -> None:
    assert expected == key(BOOK, status)


def test_default() -> None:
    assert key(BOOKS, 404) == "default"


SELECTED = {
    "one for each status": ([_got(200), _got(404, 2)], [("/books/1", 200), ("/books/2", 404)]),
    "undocumented": ([_got(200), _got(403)], [("/books/1", 200)]),
    "no answer": ([_got(0), _got(200, timed_out=True)], []),
    "the framework's own": ([_got(404, seen=Sighting(quirk="json-nan"))], []),
    "no more than candidates": (
        [_got(200, 10 + number) for number in range(9)],
        [(f"/books/{10 + number}", 200) for number in range(CANDIDATES)],
    ),
    "one that breaks the docs, else those that keep them": (
        [_got(404, number, violations=BROKEN if number < 7 else ()) for number in range(10)],
        [(f"/books/{number}", 404) for number in (0, 7, 8)],
    ),
    "the earliest, then the shortest": (
        [_got(200, 1000), _got(200, 100), _got(200, 1), _got(200, 2)],
        [("/books/1000", 200), ("/books/1", 200), ("/books/2", 200)],
    ),
    "every change": ([_posted() for _ in range(9)], [("/books", 201)] * 9),
    "no refused change": ([_posted(409) for _ in range(9)], [("/books", 409)] * CANDIDATES),
}  # fmt: skip


@pytest.mark.parametrize(("history", "expected"), SELECTED.values(), ids=SELECTED)
def test_selected(history: list[Exchange], expected: list[tuple[str, int]]) -> None:
    assert expected == _targets(history)


def test_goals_are_in_the_document_s_order() -> None:
    selection = select([_got(404), _got(503), _got(200)], lambda _: True, lambda *_: ())
    assert selection.goals == (("GET /books/{book_id}", "200"), ("GET /books/{book_id}", "404"), ("GET /books/{book_id}", "5XX"))  # fmt: skip
    assert [404, 503, 200] == [one.status for one in selection.chosen]


def test_answers_that_break_the_docs_are_no_goal() -> None:
    selection = select([_got(200), _got(404)], lambda seen: seen.status == 200, lambda *_: ())
    assert selection.goals == (("GET /books/{book_id}", "200"),)
    assert selection.blamed == {("GET /books/{book_id}", 404)}
    assert [200] == [one.status for one in selection.spared]


def test_taken_values_follow_their_producer() -> None:
    history = [_got(404, 9), _got(404, 8), _got(404, 7), _got(404, 6, violations=BROKEN), _posted(), _got(200)]
    link = Taken(where=("path", "book_id"), producer=4, pointer=("id",))
    selection = select(history, lambda _: True, lambda one, _: [link] if one is history[-1] else [])
    assert (replace(link, producer=3),) == selection.steps[-1].taken
    assert [False, False, False, True, False] == [step.needed for step in selection.steps]


def test_spares_hold_the_whole_answer() -> None:
    seen = _got(200, headers=(("x-a", "1"),), body=b"1")
    selection = select([seen, seen], lambda _: True, lambda *_: ())
    assert [Answered(status=200, headers=(("x-a", "1"),), body=b"1")] == [step.answered for step in selection.spares]
    assert Answered(status=200) == selection.steps[0].answered


SPARED = {
    "another answer": ([_got(200), _got(200, body=b"1")], 2),
    "the same": ([_got(200), _got(200)], 1),
    "broken requests with the same answer": ([_got(404, number, violations=BROKEN) for number in range(3)], 1),
    "cut": ([_got(200, cut=True)], 0),
    "broken off": ([_got(200, complete=False)], 0),
    "long answer": ([_got(200, body=b"1" * 70_000)], 0),
    "long request": ([_posted(body=b"1" * 70_000)], 0),
    "no more than forty": ([_got(200, number) for number in range(99)], 40),
}


@pytest.mark.parametrize(("history", "expected"), SPARED.values(), ids=SPARED)
def test_spared(history: list[Exchange], expected: int) -> None:
    assert expected == len(select(history, lambda _: True, lambda *_: ()).spares)


ITEMS = {
    "events": ("text/event-stream", b": hello\n\ndata: 1\n\ndata: 2\n\ndata: 3", 2),
    "lines": ("application/jsonl", b"1\n2\n3", 2),
    "another": ("image/png", b"abc", 1),
    "nothing": ("image/png", b"", 0),
}


@pytest.mark.parametrize(("kind", "body", "expected"), ITEMS.values(), ids=ITEMS)
def test_items_of_an_answer_without_end(kind: str, body: bytes, expected: int) -> None:
    seen = _got(200, headers=(("content-type", kind),), body=body, cut=True)
    assert [expected] == [step.items for step in select([seen], lambda _: True, lambda *_: ()).steps]


def test_an_answer_that_ends_is_read_to_its_end() -> None:
    assert [None] == [step.items for step in select([_got(200)], lambda _: True, lambda *_: ()).steps]


def _refused(*, bare: bool) -> Sighting:
    return Sighting(
        refusals=(Refusal(where=("path", "book_id"), kind="int_parsing", message="is too long", bare=bare),)
    )


VALID = {
    "kept": (_got(200), True),
    "broken": (_got(404, violations=BROKEN), False),
    "not judged": (_got(404, violations=None), False),
    "refused by the bare type": (_got(404, seen=_refused(bare=True)), False),
    "refused by the author": (_got(404, seen=_refused(bare=False)), True),
}


@pytest.mark.parametrize(("seen", "expected"), VALID.values(), ids=VALID)
def test_what_the_client_has_to_be_able_to_say(seen: Exchange, expected: bool) -> None:
    assert [expected] == [step.valid for step in select([seen], lambda _: True, lambda *_: ()).steps]


NAMED = {"type": "object", "properties": {"title": {"type": "string"}}}
UNDOCUMENTED = {
    "JSON": ("application/json", b'{"title": "a", "extra": 1}', (("extra",),)),
    "no JSON": ("application/json", b"{", ()),
    "form": ("application/x-www-form-urlencoded", b"title=a&extra=1", (("extra",),)),
    "another type": ("text/plain", b"extra", ()),
    "no type": ("", b"{}", ()),
}


@pytest.mark.parametrize(("kind", "body", "expected"), UNDOCUMENTED.values(), ids=UNDOCUMENTED)
def test_undocumented_members(kind: str, body: bytes, expected: tuple[tuple[str, ...], ...]) -> None:
    media = MediaType(schema=NAMED)
    content = {
        "application/json": media,
        "application/x-www-form-urlencoded": media,
        "text/plain": MediaType(schema=None),
    }
    asked = replace(BOOKS, body=Body(required=True, content=content))
    sent = request("POST", "/books", headers=(("content-type", kind),), body=body)
    seen = exchange(operation=asked, status=201, request=sent)
    assert [expected] == [step.undocumented for step in select([seen], lambda _: True, lambda *_: ()).steps]


def test_padding_is_kept() -> None:
    padded = request("POST", "/books", body=b"{}", padding=Padding(byte=b" ", length=9))
    seen = exchange(operation=BOOKS, status=413, request=padded)
    assert [padded] == [step.request for step in select([seen], lambda _: True, lambda *_: ()).steps]
