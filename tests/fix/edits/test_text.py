"""Sources of every kind stay as they are outside the edit; texts are written readably."""

import ast

import pytest

from tests.fix.edits.cases import finder
from upheld.fix.edits import EditError, Entry, Import, Place, Respond, apply
from upheld.fix.edits.literals import literal
from upheld.fix.edits.text import Text

ENTRY = Entry(model="P")
SAID = "responses={404: {'model': P}}"

SOURCES = {
    "CRLF": "x = 1\r\n@app.get(\r\n    'x',  # y\r\n)\r\ndef f():\r\n    '''a\r\n    b'''\r\n",
    "CR": "x = 1\r@app.get(\r    'x',  # y\r)\rdef f(): ...\r",
    "mixed": "x = 1\r\ny = 2\n@app.get(\n    'x',  # y\n)\ndef f(): ...\r\nz = 3\r",
    "tabs": "if x:\n\t@app.get(\n\t\t'x',  # y\n\t)\n\tdef f(): ...\n",
    "form feeds": "x = 1\n\f\n@app.get(\n    'x',  # y\n)\ndef f():\n    pass\n\f\n",
    "trailing blanks": "x = 1   \n@app.get(  \n    'x',  # y  \n)  \ndef f(): ...  \n   \n",
    "no last line end": "@app.get(\n    'x',  # y\n)\ndef f(): ...",
    "a byte order mark": "\ufeff@app.get(\n    'x',  # y\n)\ndef f(): ...\n",
    "separators that end no line": "# a\x0bb\x0cc\x1cd\x85e\u2028f\n@app.get(\n    'x',  # y\n)\ndef f(): ...\n",
    "letters of several bytes": "'é'; app = '漢'\n@app.get(\n    'x',  # y\n)\ndef f(): ...\n",
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_all_else_stays(source: str) -> None:
    bare = source.removeprefix("\ufeff")
    place = finder(bare)("app.get")
    after = apply(source, [Respond(place, "404", ENTRY)], width=88)
    newline = Text(bare).newline
    indent = "\t\t" if "\t" in source else "    "
    line = f"{newline}{indent}{SAID},"
    assert line in after
    assert source == after.replace(line, "", 1)


def test_nothing_to_do() -> None:
    assert "this is not ( Python" == apply("this is not ( Python", [], width=88)


BROKEN = {
    "does not parse": ("x = (\n", "line 1: '(' was never closed, expected Python that parses"),
    "a lone surrogate": (
        "x = '\ud800'\n",
        (
            "the source cannot be parsed ('utf-8' codec can't encode character '\\ud800' in position 5: surrogates not "
            "allowed), expected Python"
        ),
    ),
    "two of one name": ("f(a=1, a=2)\n", "line 1: keyword argument repeated: a, expected Python that parses"),
}


@pytest.mark.parametrize(("source", "message"), BROKEN.values(), ids=BROKEN)
def test_broken(source: str, message: str) -> None:
    with pytest.raises(EditError) as raised:
        apply(source, [Import("a", "b")], width=88)
    assert message == str(raised.value)


def test_no_such_line() -> None:
    with pytest.raises(EditError) as raised:
        apply("f()\n", [Respond(Place(line=7, column=0), "404", ENTRY)], width=88)
    assert "line 7: no such line, the source has 2" == str(raised.value)


LITERALS = {
    "plain": ("No such book", '"No such book"'),
    "single quotes": ("It's", '"It\'s"'),
    "double quotes": ('"no"', "'\"no\"'"),
    "both": ('It\'s "no"', "'It\\'s \"no\"'"),
    "as many of both": ("'\"", '"\'\\""'),
    "lines": ("a\n\tb\r\n", '"a\\n\\tb\\r\\n"'),
    "backslashes": ("a\\b", '"a\\\\b"'),
    "letters": ("größer als 漢字 🎉", '"größer als 漢字 🎉"'),
    "what cannot be seen": ("\x00\x7f\u200b\U000e0001", '"\\x00\\x7f\\u200b\\U000e0001"'),
    "a lone surrogate": ("\ud800", '"\\ud800"'),
}


@pytest.mark.parametrize(("said", "code"), LITERALS.values(), ids=LITERALS)
def test_literal(said: str, code: str) -> None:
    assert code == literal(said, Text(""))
    assert said == ast.literal_eval(code)


ENCODINGS = {
    "utf-8": ("# coding: utf-8\n", '"größer 漢"'),
    "latin-1, on the second line": ("#!/usr/bin/python\n# -*- coding: latin-1 -*-\n", '"größer \\u6f22"'),
    "too late": ("\nx = 1\n# coding: ascii\n", '"größer 漢"'),
    "one that nobody knows": ("# coding: klingon\n", '"größer 漢"'),
}


@pytest.mark.parametrize(("source", "code"), ENCODINGS.values(), ids=ENCODINGS)
def test_encoding(source: str, code: str) -> None:
    assert code == literal("größer 漢", Text(source))


QUOTES = {
    "none": ("x = 1", '"'),
    "as many": ("'a', \"b\"", '"'),
    "single": ("'a', 'b', \"c\"", "'"),
    "docstrings and texts with quotes do not count": ("'''a'''; x = '\"', '\"', \"c\"", '"'),
}


@pytest.mark.parametrize(("source", "quote"), QUOTES.values(), ids=QUOTES)
def test_quote(source: str, quote: str) -> None:
    assert quote == Text(source).quote
