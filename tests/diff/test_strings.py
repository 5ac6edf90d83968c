"""Lengths, expressions, formats and listed texts: which of them leave nothing uncovered."""

import pytest

from tests.diff.asked import ask, document
from upheld.diff import strings
from upheld.diff.forms import Texts
from upheld.diff.texts import SAMPLES, WIDER, keeps
from upheld.model import Json

TEXT: dict[str, Json] = {"type": "string"}

CASES: dict[str, tuple[dict[str, Json], dict[str, Json], str, str]] = {
    "a shorter range": ({**TEXT, "minLength": 2, "maxLength": 3}, {**TEXT, "minLength": 1, "maxLength": 4}, "included", "refused"),
    "at least nothing": ({**TEXT, "minLength": 0}, TEXT, "included", "included"),
    "no length at all": ({**TEXT, "minLength": 2, "maxLength": 1}, {"type": "null"}, "included", "refused"),
    "characters are counted, not bytes": ({"const": "é"}, {**TEXT, "maxLength": 1}, "included", "refused"),
    "a character beyond the first plane is one": ({"const": "😀"}, {**TEXT, "maxLength": 1}, "included", "refused"),
    "lengths that adjoin": (
        TEXT, {"anyOf": [{**TEXT, "maxLength": 3}, {**TEXT, "minLength": 4}]}, "included", "included"
    ),
    "lengths that leave a gap": (
        TEXT, {"anyOf": [{**TEXT, "maxLength": 2}, {**TEXT, "minLength": 4}]}, "refused", "included"
    ),
    "an expression that says a length": ({**TEXT, "pattern": "^.{2}$"}, {**TEXT, "maxLength": 2}, "included", "refused"),
    "two spellings of an expression": ({**TEXT, "pattern": "^[ab]$"}, {**TEXT, "pattern": "^(a|b)$"}, "included", "included"),
    "an expression anywhere": ({**TEXT, "pattern": "^a"}, {**TEXT, "pattern": "a"}, "included", "refused"),
    "expressions of which no text matches both": (
        {"allOf": [{**TEXT, "pattern": "^a"}, {"pattern": "^b"}]}, {"type": "null"}, "included", "refused"
    ),
    "a listed text that does not match": ({"enum": ["a", "b"], "pattern": "^a$"}, {"const": "a"}, "included", "included"),
    "a format asks for more than text": ({**TEXT, "format": "uuid"}, TEXT, "included", "refused"),
    "a format that nobody asserts": ({**TEXT, "format": "password"}, {**TEXT, "format": "binary"}, "included", "included"),
    "a format within a wider one": ({**TEXT, "format": "uri"}, {**TEXT, "format": "uri-reference"}, "included", "refused"),
    "formats that have nothing in common": ({**TEXT, "format": "uuid"}, {**TEXT, "format": "date"}, "refused", "refused"),
    "a listed text keeps a format": ({"const": "2020-01-31"}, {**TEXT, "format": "date"}, "included", "refused"),
    "all but the empty text": ({**TEXT, "minLength": 1}, {"not": {"const": ""}}, "included", "refused"),
    "JSON within a text": (
        {**TEXT, "contentMediaType": "application/json", "contentSchema": {"type": "integer"}},
        {**TEXT, "contentMediaType": "application/json", "contentSchema": {"type": "number"}},
        "included",
        "unproven",  # no validator looks into a text
    ),
}  # fmt: skip


@pytest.mark.parametrize(("small", "big", "forwards", "backwards"), CASES.values(), ids=CASES)
def test_decide(small: Json, big: Json, forwards: str, backwards: str) -> None:
    assert forwards == ask(document(small), document(big)).word
    assert backwards == ask(document(big), document(small)).word


def test_nothing_is_told_of_an_expression_that_cannot_be_read() -> None:
    unread, texts = document({**TEXT, "pattern": "("}), document(TEXT)
    assert "included" == ask(unread, texts).word
    assert ask(texts, unread).word in {"undecided", "unproven"}


SOME: dict[str, tuple[Texts, list[str]]] = {
    "any": (Texts(), ["", "a"]),
    "of a length": (Texts(low=2), ["aa", "abb"]),
    "of one length": (Texts(low=1, high=1), ["a"]),
    "listed, short ones first": (Texts(values=frozenset({"ccc", "b", "aa"})), ["b", "aa"]),
    "listed, which keep a format": (Texts(values=frozenset({"b", "192.0.2.1"}), formats=frozenset({"ipv4"})), ["192.0.2.1"]),
    "that match": (Texts(patterns=frozenset({"^[xy]$"})), ["x", "y"]),
    "of a format": (Texts(formats=frozenset({"date"})), ["2020-01-31", "2020-02-01"]),
    "longer than anybody makes one": (Texts(low=10**7), []),
}  # fmt: skip


@pytest.mark.parametrize(("part", "expected"), SOME.values(), ids=SOME)
def test_some(part: Texts, expected: list[str]) -> None:
    assert expected == strings.some(part, 2)


EMPTY: dict[str, tuple[Texts, bool]] = {
    "any": (Texts(), False),
    "matches two that exclude each other": (Texts(patterns=frozenset({"^a$", "^b$"})), True),
    "matches one that is longer": (Texts(patterns=frozenset({"^aa$"}), high=1), True),
    "listed, and none keeps the format": (Texts(values=frozenset({"a"}), formats=frozenset({"date"})), True),
    "listed, and one keeps the format": (Texts(values=frozenset({"a", "2020-01-31"}), formats=frozenset({"date"})), False),
    "matches what cannot be read": (Texts(patterns=frozenset({"("})), False),
}  # fmt: skip


@pytest.mark.parametrize(("part", "expected"), EMPTY.values(), ids=EMPTY)
def test_is_empty(part: Texts, *, expected: bool) -> None:
    assert expected is strings.is_empty(part)


@pytest.mark.parametrize("form", SAMPLES)
def test_samples_keep_their_format(form: str) -> None:
    assert len(set(SAMPLES[form])) >= 2
    assert [True] * len(SAMPLES[form]) == [keeps(form, sample) for sample in SAMPLES[form]]
    assert keeps(form, "\N{SNOWMAN} {") is False, "a validator asserts it"


@pytest.mark.parametrize(("form", "wider"), [(form, wide) for form, some in WIDER.items() for wide in sorted(some)])
def test_wider_formats_are_kept(form: str, wider: str) -> None:
    assert [True] * len(SAMPLES[form]) == [keeps(wider, sample) for sample in SAMPLES[form]]
