"""Inclusion of languages of texts: what is decided, with which words, what is not, and that chance finds no error."""

import re
from functools import cache
from itertools import product

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upheld.diff.automata import Language, UnsureError, word

UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
PART = r"(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)"
VERSION = rf"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-{PART}(\.{PART})*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$"
DECIMAL = r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$"
"""What Pydantic 2.11 wrote for a `Decimal`."""
CENTS = r"^(?!^[-+.]*$)[+-]?0*(?:\d{0,3}|(?=[\d.]{1,6}0*$)\d{0,3}\.\d{0,2}0*$)"
"""What it wrote for one of five digits, two of them decimals; the first branch has no end."""
EMAIL = r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
PASSWORD = r"^(?=.*[A-Z])(?=.*[a-z])(?=.*\d).{8,64}$"

INCLUDED: dict[str, tuple[str, str]] = {
    "the same": ("^[a-z]+$", "^[a-z]+$"),
    "spelled otherwise": (r"^\d+$", "^[0-9]+$"),
    "a class within another": ("^[a-z0-9-]+$", "^[a-z0-9_-]+$"),
    "a branch less": ("^(red|green)$", "^(red|green|blue)$"),
    "anchored in each branch": ("^(a|b)$", "^a$|^b$"),
    "branches anchored on one side": ("^a|b$", "^a.*|.*b$|\n"),
    "an anchor in a group": ("(^a)(b$)", "^ab$"),
    "unanchored is padded": (r"^[\s\S]*ab[\s\S]*$", "ab"),
    "and holds what is longer": ("abc", "b"),
    "more repeats are fewer texts": ("^a{3,5}$", "^a{2,}$"),
    "unanchored repeats": ("a{3}", "a{2}"),
    "lazy like greedy": ("^a*?b??c+?$", "^a*b?c+$"),
    "loops of loops": ("^(a*b*)*$", "^(a|b)*$"),
    "loops the other way": ("^(a|b)*$", "^(a*b*)*$"),
    "loops of nothing": ("^(|a|()*)*$", "^a*$"),
    "a class of nothing": (r"[^\s\S]", "^x$"),
    "an anchor within has no texts": ("a^b", "^x$"),
    "nor has an end within": ("a$b", "^x$"),
    "anchors may meet": ("^$^", "^$"),
    "a separator or an edge": ("(^|,)a(,|$)", "a"),
    "dates": (r"^\d{4}-\d{2}-\d{2}$", "^[0-9-]{10}$"),
    "uuid": (UUID, "^[0-9a-fA-F-]{36}$"),
    "versions": (VERSION, r"^\d+\.\d+\.\d+"),
    "decimals": (DECIMAL, CENTS),
    "mail": (EMAIL, r"^[^@]+@[^@]+\.[^@]+$"),
    "addresses": (r"^https?:\/\/[a-z.-]{1,256}\.[a-z]{1,6}([a-z0-9.\/?=&-]*)$", r"^https?://[^\s]+$"),
    "looking ahead": (PASSWORD, "[A-Z]"),
    "looking ahead, reordered": (PASSWORD, r"^(?=.*\d)(?=.*[a-z])(?=.*[A-Z]).{8,}$"),
    "looking ahead within": (r"^a(?!b)\w$", "^a[^b]$"),
    "the same without": ("^a[ac]$", "^a(?!b)[abc]$"),
    "looking ahead unanchored": ("(?=ab)a", "ab"),
    "looking ahead to the end": ("^a(?=b$)", "^ab$"),
    "looking ahead from the beginning": ("(?=^a)", "^a"),
    "not ahead of the end": ("a(?!$)", r"a[\s\S]"),
    "looking ahead in looking ahead": ("^(?!a(?!b))a", "^ab"),
    "looking ahead at what never is": ("^(?=a)(?!a)", "^x$"),
    "promises kept at once": ("^(?=a)a$", "^(?!b)a$"),
    "unread, the same": (r"\bx\b", r"\bx\b"),
    "large numbers": ("^a{1,100000}$", "^a{0,100000}$"),
    "many ways": ("^(a|aa)*b{50}$", "^[ab]{50,}$"),
    "(.*a) more often": ("(.*a){21}", "(.*a){20}"),
}

DIFFERENT: dict[str, tuple[str, str, str]] = {
    "a class beyond another": ("^[a-z0-9_-]+$", "^[a-z0-9-]+$", "_"),
    "a branch more": ("^(red|green|blue)$", "^(red|green)$", "blue"),
    "begins or ends": ("^a|b$", "^(a|b)$", "aa"),
    "unanchored": ("a", "^a$", "aa"),
    "no end": ("^a", "^a$", "aa"),
    "no beginning": ("a$", "^a$", "aa"),
    "a new line behind the end": (r"^a\n?$", "^a$", "a\n"),
    "fewer repeats": ("^a{2,}$", "^a{3,5}$", "aa"),
    "more repeats": ("^(ab){2,6}$", "^(ab){1,5}$", "abababababab"),
    "a dot is no new line": (r"^[\s\S]$", "^.$", "\n"),
    "a dot is any other": ("^.$", "^[a-zA-Z0-9]$", "-"),
    "beyond ASCII": ("^.$", r"^[\x00-\x7f]$", "\xa1"),
    "beyond the first plane": ("^.$", r"^[\u0000-\uffff]$", "\U00010000"),
    "digits": (r"^\w$", r"^\D$", "0"),
    "dates": ("^[0-9-]{10}$", r"^\d{4}-\d{2}-\d{2}$", "0000000000"),
    "uuid": ("^[0-9a-fA-F-]{36}$", UUID, "a" * 36),
    "versions": (r"^\d+\.\d+\.\d+$", VERSION, "00.0.0"),
    "decimals": (CENTS, DECIMAL, "a"),
    "mail": (r"^[^@]+@[^@]+\.[^@]+$", EMAIL, "a@a._"),
    "looking ahead": (PASSWORD, r"^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*[!?]).{8,64}$", "aaaaaaA0"),
    "looking ahead unanchored": ("(?!a)[abc]", "b", "c"),
    "looking ahead twice": ("^(?=a*b)(?=.*c)", "^abc", "bc"),
    "not ahead": ("^(?!.*--)[a-c-]+$", "^[a-c]+$", "-"),
    "ahead of the end": ("^a(?=b?$)", "^ab$", "a"),
    "a class of nothing": ("^x$", r"[^\s\S]", "x"),
    "nothing": ("", "a", ""),
    "nothing or something": ("^()?$", "^a?b$", ""),
    "large numbers": ("^a{1,100000}$", "a{2,100000}", "a"),
    "one of many texts": ("^(a|b)*$", "^(a(a|b)*|b*|b(a|b)*b|b*a(a|b)*b.*)$", "ba"),
}


@pytest.mark.parametrize(("inside", "outside"), INCLUDED.values(), ids=INCLUDED)
def test_included(inside: str, outside: str) -> None:
    assert () == word(Language((inside,)), [Language((outside,))])


@pytest.mark.parametrize(("inside", "outside", "text"), DIFFERENT.values(), ids=DIFFERENT)
def test_different(inside: str, outside: str, text: str) -> None:
    assert (text,) == word(Language((inside,)), [Language((outside,))])
    assert (True, False) == (valid(inside, text), valid(outside, text))


L = Language
LANGUAGES: dict[str, tuple[Language, list[Language], tuple[str, ...]]] = {
    "any text": (L(), [], ("", "a", "b")),
    "none": (L(("a", "^b")), [L(("a",))], ()),
    "all of several patterns": (L(("^[ab]$", "^[bc]$")), [], ("b",)),
    "patterns that exclude each other": (L(("^a", "^b")), [], ()),
    "a pattern less": (L(("^a", "b$")), [L(("^a",))], ()),
    "one of several": (L(("^[abc]$",)), [L(("a",)), L(("b",))], ("c",)),
    "covered by several": (L(("^[ab]$",)), [L(("a",)), L(("b",))], ()),
    "outside all of several patterns": (L(("^[abc]$",)), [L(("[ab]", "[bc]"))], ("a", "c")),
    "finite": (L(("^[a-c]?$",)), [], ("", "a", "b")),
    "all there are": (L(("^(x|yy)$",)), [], ("x", "yy")),
    "all that another leaves": (L(("^a*$",)), [L(("^aaa*$",))], ("", "a")),
    "in order of length": (L(("^(ab)*$",)), [], ("", "ab", "abab")),
    "lengths": (L(low=2, high=3), [L(low=3)], ("aa", "ab", "ac")),
    "no length": (L(low=3, high=2), [], ()),
    "lengths covered by two": (L(low=1, high=9), [L(high=4), L(low=5)], ()),
    "lengths between two": (L(("^a*$",)), [L(high=3), L(low=5)], ("aaaa",)),
    "a length that a pattern lacks": (L(("^(ab)*$",), 3, 3), [], ()),
    "a length that a pattern has": (L(("^(ab)*$",), 3), [], ("abab", "ababab", "abababab")),
    "as a pattern says it": (L(low=1, high=9), [L((r"^[\s\S]{1,9}$",))], ()),
    "a pattern says less": (L(high=9), [L((r"^[\s\S]{1,9}$",))], ("",)),
    "a pattern with lengths beside it": (L(("^[ab]{2,9}$",), 1, 3), [L(("^[a-c]{1,3}$",))], ()),
    "and the other way round": (L(("^[ab]{1,3}$",)), [L(("^[a-c]{2,9}$",), 1, 2)], ("a", "b", "aaa")),
    "longer than elsewhere": (L(("^[a-z]+$",), high=10000), [L(("^[a-z0-9]+$",), high=5000)], ("a" * 5001, "a" * 5000 + "b", "a" * 5000 + "c")),
    "not longer": (L(("^[a-z]+$",), high=5000), [L(("^[a-z0-9]+$",), high=10000)], ()),
    "two periods": (L(("^(aa)*$",), 10), [L(("^(aaa)*$",))], ("a" * 10, "a" * 14, "a" * 16)),
    "periods that cover": (L(("^(a{6})*$",), 100), [L(("^(aa)*$",), 50)], ()),
    "periods far away": (L(("^(aa)*$",)), [L(("^a*$",), high=999), L(("^(aaaa)*$",))], ("a" * 1002, "a" * 1006, "a" * 1010)),
    "code points": (L((r"^\u{1F600}*$",), 2, 2), [], ("\U0001f600" * 2,)),
    "unread, but no text is left": (L((r"\bx", "^$"), low=1), [], ()),
    "unread, but not needed": (L(("^x$",)), [L((r"\b",)), L(("x",))], ()),
    "unread, held by itself": (L((r"\bx",), low=2), [L((r"\bx",), low=1)], ()),
    "looking ahead and lengths": (L(("^(?=.*b)a",), 3, 3), [], ("aab", "acb", "adb")),
}  # fmt: skip


@pytest.mark.parametrize(("inside", "outside", "texts"), LANGUAGES.values(), ids=LANGUAGES)
def test_languages(inside: Language, outside: list[Language], texts: tuple[str, ...]) -> None:
    assert texts == word(inside, outside, count=3)


UNSURE: dict[str, tuple[Language, list[Language]]] = {
    "not read": (L((r"\bx",)), []),
    "not read outside": (L(("^x",)), [L((r"\bx",))]),
    "not read beside what is": (L((r"\bx", "^x")), [L(("^y",))]),
    "would be needed": (L(("^xy?$",)), [L((r"\b",)), L(("y",))]),
    "a very long text": (L(high=10**9), [L(high=10**8)]),
    "many ways": (L(("(a|aa)*b{500}",)), [L(("^x",))]),
    "what came twenty characters ago": (L(("^.*a.{20}$",)), [L(("^.*a.{19}$",)), L(("^.{0,20}$",)), L(("a.{21}$",))]),
    "loops in loops": (L(("^((a{1,100}b?){1,100}c?){1,100}$",)), [L(("^((a{1,100}b?){1,100}c?){1,99}$",))]),
    "optional many times": (L(("^(a?){5000}$",)), [L(("^(a?){4999}$",))]),
    "nothing very often": (L(("^(){500000000}$",)), []),
    "all of many": (L(("^(a{101}|b)*$", "^(a{103}|b)*$", "^(a{107}|b)*$"), low=1), [L(("b",))]),
}


@pytest.mark.parametrize(("inside", "outside"), UNSURE.values(), ids=UNSURE)
def test_unsure(inside: Language, outside: list[Language]) -> None:
    with pytest.raises(UnsureError):
        word(inside, outside)


def valid(pattern: str, text: str) -> bool:
    return validator(pattern).is_valid(text)


@cache
def validator(pattern: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({"pattern": pattern})


CLASSES = [r"^\d$", r"^\D$", r"^\w$", r"^\W$", r"^\s$", r"^\S$", r"^[^\s\d]$", r"^[\W_]$", r"^[\x00-\u{FFFF}]$"]


@pytest.mark.parametrize("pattern", CLASSES)
def test_classes_hold_what_the_validator_says(pattern: str) -> None:
    codes = [*range(0xD800), *range(0xE000, 0x10000)]
    expected = {chr(code) for code in codes if valid(pattern, chr(code))}
    assert expected == set(word(Language((pattern, r"^[\u0000-\uffff]$")), count=0x10000))


ATOMS = st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", "[b-d]", "^", "$", "", r"\w"])
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda several: f"({'|'.join(several)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "*?", "{2}", "{1,2}", "{2,}", "{0}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        st.tuples(st.sampled_from(["?=", "?!"]), inner).map(lambda pair: f"({pair[0]}{pair[1]})"),
    ),
    max_leaves=8,
)
BOUNDS = st.one_of(st.just((0, None)), st.tuples(st.integers(0, 4), st.one_of(st.none(), st.integers(0, 6))))
LANGUAGE = st.tuples(st.lists(EXPRESSIONS, max_size=2), BOUNDS).map(lambda drawn: L(tuple(drawn[0]), *drawn[1]))
WORDS = ["".join(chars) for length in range(6) for chars in product("abc", repeat=length)]
CHANCE = settings(max_examples=200, deadline=None, database=None, derandomize=True)


def has(language: Language, text: str) -> bool:
    """Ask Python, in its own words for what ECMA means by them."""
    if not language.low <= len(text) <= (language.high if language.high is not None else len(text)):
        return False
    ours = (pattern.replace("$", r"\Z").replace(".", r"[^\n\r\u2028\u2029]") for pattern in language.patterns)
    return all(re.search(pattern, text, re.ASCII) for pattern in ours)


@CHANCE
@given(inside=LANGUAGE, outside=st.lists(LANGUAGE, max_size=2))
def test_no_word_is_missed_and_none_is_wrong(inside: Language, outside: list[Language]) -> None:
    texts = word(inside, outside, count=20)
    expected = {text for text in WORDS if has(inside, text) and not any(has(other, text) for other in outside)}
    assert sorted(set(texts), key=lambda text: (len(text), texts.index(text))) == list(texts)
    assert [] == [text for text in texts if not has(inside, text) or any(has(other, text) for other in outside)]
    # What is missing is longer than all that was asked for, or as long.
    assert set() == {text for text in expected if len(texts) < 20 or len(text) < len(texts[-1])} - set(texts)


@CHANCE
@given(one=LANGUAGE, other=LANGUAGE)
def test_laws(one: Language, other: Language) -> None:
    both = Language((*one.patterns, *other.patterns), max(one.low, other.low), one.high)
    assert () == word(one, [one])
    assert () == word(one, [other, one])
    assert () == word(both, [one])
    assert bool(word(one)) >= bool(word(one, [other])) >= bool(word(one, [other, both]))


ROUNDS = st.tuples(st.integers(0, 9), st.integers(1, 6)).map(lambda drawn: f"^a{{{drawn[0]}}}(a{{{drawn[1]}}})*$")
LENGTHS = st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 90)))
ROUND = st.tuples(st.lists(ROUNDS, max_size=2), LENGTHS).map(lambda drawn: L(tuple(drawn[0]), *drawn[1]))


@CHANCE
@given(inside=ROUND, outside=st.lists(ROUND, max_size=3))
def test_lengths_that_come_again_and_again(inside: Language, outside: list[Language]) -> None:
    """Three hundred characters are more than any bound and, behind it, all periods together."""
    inside = Language(("^a*$", *inside.patterns), inside.low, inside.high)
    texts = ["a" * length for length in range(300)]
    expected = [text for text in texts if has(inside, text) and not any(has(other, text) for other in outside)]
    assert expected[:5] == list(word(inside, outside, count=5))
