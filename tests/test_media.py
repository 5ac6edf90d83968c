"""Media types and bodies, as they stand on the wire."""

import pytest

from upheld.media import documented_media, holds_surrogates, is_json, items, media_type, parse_json, single
from upheld.model import Json, MediaType

NAMES = {
    None: ("", False),
    "": ("", False),
    "application/json": ("application/json", True),
    "Application/JSON ; charset=utf-8": ("application/json", True),
    "application/problem+json": ("application/problem+json", True),
    "text/plain": ("text/plain", False),
    "application/jsonl": ("application/jsonl", False),
}


@pytest.mark.parametrize(("value", "expected"), NAMES.items())
def test_names(value: str | None, expected: tuple[str, bool]) -> None:
    name = media_type(value)
    assert expected == (name, is_json(name))


DOCUMENTED: dict[str, tuple[list[str], str, str | None]] = {
    "exact": (["text/*", "text/csv"], "text/csv", "text/csv"),
    "a range": (["*/*", "text/*"], "text/csv", "text/*"),
    "any": (["*/*", "image/*"], "text/csv", "*/*"),
    "with parameters": (["text/csv; header=present"], "text/csv", "text/csv; header=present"),
    "none": (["image/*"], "text/csv", None),
    "nothing": ([], "text/csv", None),
}


@pytest.mark.parametrize(("names", "sent", "expected"), DOCUMENTED.values(), ids=DOCUMENTED)
def test_documented_media(names: list[str], sent: str, expected: str | None) -> None:
    content = {name: MediaType(schema={"title": name}) for name in names}
    found = documented_media(content, sent)
    assert expected == (None if found is None else next(name for name in names if content[name] is found))


JSONS: dict[str, tuple[bytes, Json]] = {
    "a value": (b' {"a": [1, 1.5, null, true]} ', {"a": [1, 1.5, None, True]}),
    "beyond ASCII": ('"ä"'.encode(), "ä"),
    "big": (b"1e300", 1e300),
}


@pytest.mark.parametrize(("body", "expected"), JSONS.values(), ids=JSONS)
def test_parse_json(body: bytes, expected: Json) -> None:
    assert expected == parse_json(body)


NO_JSON = [b"", b"{", b"NaN", b"[Infinity]", b"-Infinity", b"1e999", b"-1e999", b"\xff", b"'a'", b"9" * 5000]


@pytest.mark.parametrize("body", NO_JSON)
def test_no_json(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever its words
        parse_json(body)


def test_too_deep_json() -> None:
    with pytest.raises(RecursionError):
        parse_json(b"[" * 100_000)


SURROGATES = {
    b'"\\ud800"': True,
    b'"\\uDFFF"': True,
    b'"\\ud83d\\ude00"': False,
    b'"\\ude00\\ud83d"': True,
    b'"\\ud83d\\ud83d\\ude00"': True,
    b'"\\\\ud800"': False,
    b'"\\\\\\ud800"': True,
    b'"\\u00e4"': False,
    b'"d800"': False,
}


@pytest.mark.parametrize(("body", "expected"), SURROGATES.items())
def test_surrogates(body: bytes, expected: bool) -> None:
    assert expected is holds_surrogates(body)


SINGLE: dict[str, tuple[bytes, str, list[Json]]] = {
    "JSON": (b'{"a": 1}', "application/json", [{"a": 1}]),
    "no JSON": (b"a", "application/json", ["a"]),
    "no UTF-8": (b"\xff", "application/json", ["\ufffd"]),
    "empty": (b"", "application/json", [""]),
    "too deep": (b"[" * 100_000, "application/json", ["[" * 100_000]),
    "a text": ("ä".encode(), "text/plain", ["ä"]),
    "another charset": (b"\xe4", "text/plain", []),
    "bytes": (b"\xff", "image/png", []),
}


@pytest.mark.parametrize(("body", "sent", "expected"), SINGLE.values(), ids=SINGLE)
def test_single(body: bytes, sent: str, expected: list[Json]) -> None:
    assert expected == list(single(body, sent))


STREAM = (
    b": hello\nevent: a\ndata: 1\ndata:2\nid: 7\nretry: 30\nretry: x\nother: y\nlone\n\n\r\n\r\ndata\r\n\r\ndata: cut"
)
EVENTS = [{"event": "a", "data": "1\n2", "id": "7", "retry": 30}, {"data": ""}]
ITEMS: dict[str, tuple[bytes, str, bool, list[Json]]] = {
    "lines": (b'1\n\n{"a": 2}\r\nx\n', "application/jsonl", True, [1, {"a": 2}, "x"]),
    "the last line without its end": (b"1\n2", "application/jsonl", True, [1, 2]),
    "the last line cut off": (b"1\n2", "application/jsonl", False, [1]),
    "events": (STREAM, "text/event-stream", True, [*EVENTS, {"data": "cut"}]),
    "events cut off": (STREAM, "text/event-stream", False, EVENTS),
    "nothing": (b"", "application/jsonl", True, []),
}


@pytest.mark.parametrize(("body", "sent", "whole", "expected"), ITEMS.values(), ids=ITEMS)
def test_items(body: bytes, sent: str, whole: bool, expected: list[Json]) -> None:
    assert expected == list(items(body, sent, whole=whole))
