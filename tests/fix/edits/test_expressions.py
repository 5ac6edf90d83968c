"""Single expressions: replaced, or taken out of what holds them."""

import pytest

from tests.fix.edits.cases import finder
from upheld.fix.edits import EditError, Keyword, Remove, Replace, Respond, apply
from upheld.fix.edits.kinds import Edit, Entry

REPLACED = {
    "a value": ("x = 1  # one\n", "1", None, "2", "x = 2  # one\n"),
    "the smallest": ("x = a.b.c\n", "a", None, "d", "x = d.b.c\n"),
    "the one that ends so": ("x = a.b.c\n", "a", ".c", "d", "x = d.c\n"),
    "the same": ("x = 'a'\n", "'a'", None, '"a"', "x = 'a'\n"),
    "an argument": ("f(a)(b, 1)\n", "1", None, "g(2)", "f(a)(b, g(2))\n"),
    "deep down": ("x = [1, {2: f(3, (4, 5))}]\n", "4", None, "6", "x = [1, {2: f(3, (6, 5))}]\n"),
    "what needs no parentheses": ("f(a, b=c)\n", "c", None, "d or e", "f(a, b=d or e)\n"),
    "what needs parentheses": ("x = a.b\n", "a", None, "d or e", "x = (d or e).b\n"),
    "a number before a dot": ("x = a.b\n", "a", None, "1", "x = (1).b\n"),
    "a tuple": ("f(a)\n", "a", None, "1, 2", "f((1, 2))\n"),
    "a name given": ("f(a)\n", "a", None, "b := 1", "f((b := 1))\n"),
    "what gets too long": (
        "response = JSONResponse(content, status_code=404, headers=headers)\n",
        "content",
        None,
        'problem("a rather long text")',
        'response = JSONResponse(\n    problem("a rather long text"), status_code=404, headers=headers\n)\n',
    ),
    "an annotation": ("def f(a: int) -> int: ...\n", "int", None, "str", "def f(a: str) -> int: ...\n"),
}


@pytest.mark.parametrize(("before", "needle", "end", "code", "after"), REPLACED.values(), ids=REPLACED)
def test_replace(before: str, needle: str, end: str | None, code: str, after: str) -> None:
    at = finder(before)
    assert after == apply(before, [Replace(at(needle), code, at(end) if end else None)], width=80)


REMOVED = {
    "an element": ("x = [1, 2, 3]\n", "2", "x = [1, 3]\n"),
    "the last element": ("x = [1, 2, 3]\n", "3", "x = [1, 2]\n"),
    "the only element": ("x = [1]\n", "1", "x = []\n"),
    "of a set": ("x = {1, 2}\n", "1", "x = {2}\n"),
    "of a tuple": ("x = (1, 2, 3)\n", "1", "x = (2, 3)\n"),
    "down to one": ("x = (1, 2)\n", "2", "x = (1,)\n"),
    "the only one of a tuple": ("x = (1,)\n", "1", "x = ()\n"),
    "an entry": ("x = {'a': 1, 'b': 2}\n", "'a'", "x = {'b': 2}\n"),
    "what is spread": ("x = {**a, 'b': 2}\n", "a", "x = {'b': 2}\n"),
    "an argument": ("f(1, a=2)\n", "1", "f(a=2)\n"),
    "a named argument": ("f(1, a=2)\n", "2", "f(1)\n"),
    "a line": ("x = [\n    1,  # one\n    2,  # two\n]\n", "1", "x = [\n    2,  # two\n]\n"),
    "the last line": ("x = [\n    1,  # one\n    2  # two\n]\n", "2 ", "x = [\n    1  # one\n]\n"),
}


@pytest.mark.parametrize(("before", "needle", "after"), REMOVED.values(), ids=REMOVED)
def test_remove(before: str, needle: str, after: str) -> None:
    assert after == apply(before, [Remove(finder(before)(needle))], width=88)


REFUSED: dict[str, tuple[str, str, str]] = {
    "the only one of a set": ("x = {1}\n", "1", "line 1, column 6: the only element of a set cannot be taken out"),
    "what nothing holds": ("x = 1\n", "1", "line 1, column 5: no element, key or argument begins here"),
    "a tuple without parentheses": ("x = 1, 2\n", "2", "line 1, column 8: no bracket closes here"),
}


@pytest.mark.parametrize(("before", "needle", "message"), REFUSED.values(), ids=REFUSED)
def test_remove_refused(before: str, needle: str, message: str) -> None:
    with pytest.raises(EditError) as raised:
        apply(before, [Remove(finder(before)(needle))], width=88)
    assert message == str(raised.value)


def test_nothing_to_replace() -> None:
    source = "x = 1  # one\n"
    with pytest.raises(EditError) as raised:
        apply(source, [Replace(finder(source)("# one"), "2")], width=88)
    assert "line 1, column 8: no such expression begins here" == str(raised.value)


def test_what_another_edit_took_out() -> None:
    source = "f(a=g(b), c=1)\n"
    at = finder(source)
    edits: list[Edit] = [Keyword(at("f"), "a", None), Replace(at("b"), "2")]
    with pytest.raises(EditError) as raised:
        apply(source, edits, width=88)
    assert "line 1, column 7: another edit has taken out what stands here" == str(raised.value)


def test_many_in_one_expression() -> None:
    source = "@app.get('/x', a=[1, 2], b=c)\ndef f(): ...\n"
    at = finder(source)
    edits: list[Edit] = [
        Respond(at("app"), "404", Entry(model="P")),
        Remove(at("1")),
        Replace(at("c)"), "d"),
        Keyword(at("app"), "e", "2"),
    ]
    after = "@app.get('/x', a=[2], b=d, responses={404: {'model': P}}, e=2)\ndef f(): ...\n"
    assert after == apply(source, edits, width=88)
