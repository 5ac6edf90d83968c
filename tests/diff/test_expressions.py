"""Expressions are read as ECMA 262 has them, or not at all."""

import re

import jsonschema_rs
import pytest

from upheld.diff.automata import Language, word
from upheld.diff.expressions import UnsureError, read

READ: dict[str, tuple[str, tuple[str, ...]]] = {
    "slash": (r"^\/$", ("/",)),
    "hyphen": (r"^\-$", ("-",)),
    "punctuation": (r"^\.\*\[\]\$\^\|\"\#\ \@$", ('.*[]$^|"# @',)),
    "brackets that close nothing": ("^]}$", ("]}",)),
    "hexadecimal": (r"^\x41\u00e9\u{1F600}$", ("A\xe9\U0001f600",)),
    "four digits and then another": (r"^\u00410$", ("A0",)),
    "control characters": (r"^\t\n\v\f\r\cA\cz$", ("\t\n\v\f\r\x01\x1a",)),
    "named": ("^(?<first>a)(?<second_2>b)$", ("ab",)),
    "named in Python's way": ("^(?P<first>a)$", ("a",)),
    "a set": ("^[abd-f]$", ("a", "b", "d", "e", "f")),
    "hyphens in a set": ("^[-a]$", ("a", "-")),
    "a hyphen at its end": ("^[a-]$", ("a", "-")),
    "a hyphen behind a range": ("^[a-b-d]$", ("a", "b", "d", "-")),
    "a class at its end": (r"^[^\D3-9]$", ("0", "1", "2")),
    "escapes in a set": (r"^[\]\-\x41-\u0042]$", ("A", "B", "-", "]")),
    "a bracket in a set": ("^[[a]$", ("a", "[")),
    "a set that looks like one in another": ("^[[a]]$", ("a]", "[]")),
    "what looks like set arithmetic": ("^[a&&|~~b]$", ("a", "b", "&", "~", "|")),
    "a caret later in a set": ("^[a^]$", ("a", "^")),
    "no greed": ("^a{1,2}?b??$", ("a", "aa", "ab", "aab")),
    "never": ("^a{0}b$", ("b",)),
    "an empty branch": ("^(?:a|)$", ("", "a")),
    "no expression": ("^(?!.)$", ("",)),
    "nested": ("^((((a))))$", ("a",)),
    "beyond ASCII": ("^\xe9$", ("\xe9",)),
}


@pytest.mark.parametrize(("pattern", "texts"), READ.values(), ids=READ)
def test_read(pattern: str, texts: tuple[str, ...]) -> None:
    assert texts == word(Language((pattern,)), count=9)
    assert all(jsonschema_rs.Draft202012Validator({"pattern": pattern}).is_valid(text) for text in texts)


NOT_READ: dict[str, tuple[str, str]] = {
    "Python's beginning": (r"\Aa", r"'\\Aa' at 2: \A is not read"),
    "Python's end": (r"a\Z", r"'a\\Z' at 3: \Z is not read"),
    "a word's end": (r"\bx", r"'\\bx' at 2: \b is not read"),
    "no word's end": (r"x\B", r"'x\\B' at 3: \B is not read"),
    "a backspace": (r"[\b]", r"'[\\b]' at 3: \b is not read"),
    "a word's beginning elsewhere": (r"\<a", r"'\\<a' at 2: \< is not read"),
    "a back reference": (r"(a)\1", r"'(a)\\1' at 5: \1 is not read"),
    "a named one": (r"(?<n>a)\k<n>", r"'(?<n>a)\\k<n>' at 9: \k is not read"),
    "an octal number": (r"\012", r"'\\012' at 2: \0 is not read"),
    "a bell": (r"\a", r"'\\a' at 2: \a is not read"),
    "a letter of a name": (r"\N{DIGIT ONE}", r"'\\N{DIGIT ONE}' at 2: \N is not read"),
    "Unicode's properties": (r"\p{L}", r"'\\p{L}' at 2: \p is not read"),
    "a long number": (r"\U0001F600", r"'\\U0001F600' at 2: \U is not read"),
    "a letter by itself": (r"\é", r"'\\é' at 2: \é is not read"),
    "flags": ("(?i)a", "'(?i)a' at 2: a flag, or a group of another kind"),
    "a group's flags": ("(?s:.)", "'(?s:.)' at 2: a flag, or a group of another kind"),
    "a comment": ("(?#a)", "'(?#a)' at 2: a flag, or a group of another kind"),
    "an atomic group": ("(?>a)", "'(?>a)' at 2: a flag, or a group of another kind"),
    "a named reference in Python's way": ("(?P<n>a)(?P=n)", "'(?P<n>a)(?P=n)' at 10: a flag, or a group of another kind"),
    "looking behind": ("(?<=a)b", "'(?<=a)b' at 3: look-behind, or not a new name"),
    "not behind": ("(?<!a)b", "'(?<!a)b' at 3: look-behind, or not a new name"),
    "the same name": ("(?<n>a)(?<n>b)", "'(?<n>a)(?<n>b)' at 11: look-behind, or not a new name"),
    "a number for a name": ("(?<1>a)", "'(?<1>a)' at 4: look-behind, or not a new name"),
    "possessive": ("a*+", "'a*+' at 2: possessive, or repeated twice"),
    "twice": ("a{2}{3}", "'a{2}{3}' at 4: possessive, or repeated twice"),
    "nothing to repeat": ("^(*a)", "'^(*a)' at 3: nothing to repeat"),
    "a brace": ("{", "'{' at 1: nothing to repeat"),
    "a place, repeated": ("^*a", "'^*a' at 2: a place, repeated"),
    "looking ahead, repeated": ("(?=a)?a", "'(?=a)?a' at 6: a place, repeated"),
    "at most, in Python's way": ("a{,3}", "'a{,3}' at 2: not a number of times"),
    "no number": ("a{b}", "'a{b}' at 2: not a number of times"),
    "an open number": ("a{2", "'a{2' at 3: not a number of times"),
    "a space in it": ("a{1, 2}", "'a{1, 2}' at 4: not a number of times"),
    "backwards": ("a{3,2}", "'a{3,2}' at 6: not a number of times"),
    "beyond all bounds": ("a{1000000000}", "'a{1000000000}' at 12: not a number of times"),
    "an empty set": ("[]a]", "'[]a]' at 1: an empty set, or a bracket in it"),
    "anything": ("[^]", "'[^]' at 2: an empty set, or a bracket in it"),
    "a range of classes": (r"[\w-.]", r"'[\\w-.]' at 5: not a range"),
    "a range to a class": (r"[a-\d]", r"'[a-\\d]' at 5: not a range"),
    "a range backwards": ("[z-a]", "'[z-a]' at 4: not a range"),
    "an open set": ("[a", "'[a' at 2: it ends too early"),
    "an open group": ("(a", "'(a' at 2: a group that never ends"),
    "a group's end": ("a)", "'a)' at 1: a group that was never opened"),
    "a backslash": ("\\", r"'\\' at 1: it ends too early"),
    "no control character": (r"\c1", r"'\\c1' at 3: not a control character"),
    "no hexadecimal number": (r"\x4g", r"'\\x4g' at 2: not a hexadecimal number"),
    "too few digits": (r"\u12", r"'\\u12' at 2: not a hexadecimal number"),
    "no digits": (r"\u{}", r"'\\u{}' at 3: not a hexadecimal number"),
    "open digits": (r"\u{12", r"'\\u{12' at 3: not a hexadecimal number"),
    "no character": (r"\u{110000}", r"'\\u{110000}' at 3: not a character"),
    "half of one": (r"\ud83d\ude00", r"'\\ud83d\\ude00' at 2: not a character"),
    "half of one as it is": ("\ud83d", r"'\ud83d' at 0: half of a surrogate pair"),
    "too deep": ("(" * 60 + ")" * 60, f"'{'(' * 60 + ')' * 60}' at 51: groups in groups in groups"),
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "message"), NOT_READ.values(), ids=NOT_READ)
def test_not_read(pattern: str, message: str) -> None:
    with pytest.raises(UnsureError, match=f"^{re.escape(message)}$"):
        read(pattern)
