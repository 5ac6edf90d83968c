"""Streams come apart into the same items however they are cut."""

from __future__ import annotations

from typing import Literal

import pytest
from pydantic import BaseModel

from upheld.client.runtime.answers import BrokenBodyError, Event, Reads

STREAMS: dict[str, tuple[Reads, bytes, list[object]]] = {
    "bytes": (Reads("bytes"), b"", []),
    "texts": (Reads("texts"), "ä\r\nb\n\u2028c".encode(), ["ä", "b", "\u2028c"]),
    "lines": (Reads("lines", int), b"1\n\n 2\r\n3", [1, 2, 3]),
    "records": (Reads("lines", dict[str, int]), b'\x1e{"a":1}\n\x1e{"a":2}\n', [{"a": 1}, {"a": 2}]),
    "separators in texts": (Reads("lines", str), '"\u2028\x0b"\n'.encode().replace(b"\x0b", b"\\u000b"), ["\u2028\x0b"]),
    "events": (
        Reads("events", int),
        b"\xef\xbb\xbf: hello\nid: 7\nevent: tick\ndata: 1\nretry: 500\n\ndata:2\n\n",
        [Event(1, "tick", "7", 500), Event(2, "message", "7")],
    ),
    "texts of events": (
        Reads("events", str),
        b"data: a\r\ndata:  b\r\rdata\r\n\r\n",
        [Event("a\n b"), Event("")],
    ),
    "events without data": (Reads("events", int), b"id: 1\n\nevent: x\n\n: only a comment\n\ndata: 3\n\n", [Event(3, id="1")]),
    "an event that is cut off": (Reads("events", int), b"data: 1\n\ndata: 2\n", [Event(1)]),
}  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
@pytest.mark.parametrize(("reads", "body", "expected"), STREAMS.values(), ids=STREAMS)
def test_stream(reads: Reads, body: bytes, expected: list[object], size: int) -> None:
    items = reads.items()
    found = [item for at in range(0, len(body), size) for item in items.feed(body[at : at + size])]
    assert expected == [*found, *items.end()]


def test_chunks() -> None:
    items = Reads("bytes").items()
    assert [b"ab"] == items.feed(b"ab")
    assert items.feed(b"") == items.end() == []


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int | str = 9


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    good: bool = True
    friends: list[Cat | Dog] = []


class Owner(BaseModel):
    pet: Cat | Dog
    state: Literal["a"] = "a"


BROKEN: dict[str, tuple[object, bytes, str, str]] = {
    "another type": (int, b'"1"', "body", "Input should be a valid integer, not '1'"),
    "two of them": (list[int], b'["1","2"]', "body /0", "Input should be a valid integer, not '1' (and 1 more)"),
    "a member that is not there": (Cat, b"{}", "body /kind", "Field required, not {}"),
    "the alternative of its tag": (
        Cat | Dog,
        b'{"kind":"dog","good":"no"}',
        "body /good",
        "Input should be a valid boolean, not 'no' (and 1 more)",
    ),
    "an alternative in an alternative": (
        Owner,
        b'{"pet":{"kind":"dog","friends":[{"kind":"cat"},{"kind":"cat","lives":null}]}}',
        "body /pet/friends/1/lives",
        "Input should be a valid integer, not None (and 3 more)",
    ),
    "no tag of them": (Cat | Dog, b'{"kind":"cow"}', "body /kind", "Input should be 'cat', not 'cow' (and 1 more)"),
    "no alternative at all": (Owner, b'{"pet":[]}', "body /pet", "Input should be an object, not [] (and 1 more)"),
    "a tag where there is no union": (
        Owner,
        b'{"pet":{"kind":"dog"},"state":"b"}',
        "body /state",
        "Input should be 'a', not 'b'",
    ),
    "an integer written otherwise": (list[int], b'[1.0,"2"]', "body /1", "Input should be a valid integer, not '2'"),
    "no JSON": (int, b"<html>", "body", "no JSON, expected value at line 1 column 1: b'<html>'"),
    "infinite": (float, b"Infinity", "body", "no JSON, expected value at line 1 column 1: b'Infinity'"),
}


@pytest.mark.parametrize(("kind", "body", "where", "what"), BROKEN.values(), ids=BROKEN)
def test_broken(kind: object, body: bytes, where: str, what: str) -> None:
    with pytest.raises(BrokenBodyError) as caught:
        Reads("json", kind).value(body, "utf-8")
    assert (where, what) == (caught.value.where, caught.value.what)


def test_strict_enough() -> None:
    """A number without a fraction is an integer, however it is written."""
    assert Reads("json", list[int]).value(b"[1.0, 2e0]", "utf-8") == [1, 2]
    assert Reads("json", list[float]).value(b"[1, 2.5]", "utf-8") == [1.0, 2.5]
