"""Keyword arguments of a call: set, replaced, removed, and laid out as Black and Ruff would."""

import pytest

from tests.fix.edits.cases import finder
from upheld.fix.edits import EditError, Keyword, apply

SET: dict[str, tuple[str, str | None, str]] = {
    "added": ("f(1)", "2", "f(1, a=2)"),
    "added to nothing": ("f()", "2", "f(a=2)"),
    "added to blanks": ("f( )", "2", "f(a=2)"),
    "added to a remark": (
        "f(\n    # nothing yet\n)",
        "2",
        "f(  \n    # nothing yet\n)".replace("f(  \n", "f(\n    a=2\n"),
    ),
    "added within blanks": ("f( 1 )", "2", "f( 1, a=2 )"),
    "added behind a comma": ("f(1,)", "2", "f(1, a=2,)"),
    "added before what is spread": ("f(1, **{'b': 3})", "2", "f(1, a=2, **{'b': 3})"),
    "replaced": ("f(a=1, b=2)", "{}", "f(a={}, b=2)"),
    "replaced, in parentheses": ("f(a = (1), b=2)", "{}", "f(a = {}, b=2)"),
    "replaced in what is spread": ("f(**{'a': 1})", "2", "f(**{'a': 2})"),
    "equal": ("f(a={'b' : 1})", '{"b": 1}', "f(a={'b' : 1})"),
    "removed": ("f(0, a=1, b=2)", None, "f(0, b=2)"),
    "removed first": ("f(a=1, b=2)", None, "f(b=2)"),
    "removed last": ("f(0, a=1)", None, "f(0)"),
    "removed last, behind a comma": ("f(0, a=1,)", None, "f(0,)"),
    "the only one removed": ("f(a=1)", None, "f()"),
    "the only one removed from its line": ("f(\n    a=1,\n)", None, "f()"),
    "the only one removed, a remark kept": ("f(\n    # why\n    a=1,\n)", None, "f(\n    # why\n    \n)"),
    "not there": ("f(b=1)", None, "f(b=1)"),
    "removed from what is spread": ("f(**{'a': 1, 'b': 2})", None, "f(**{'b': 2})"),
    "the outermost of a chain": ("f(1).g(2)", "3", "f(1).g(2, a=3)"),
    "not of what another returns": ("f(1)(2)", "3", "f(1, a=3)(2)"),
    "as the file quotes": ("f('x', 'y')", '{"b": "it\'s"}', "f('x', 'y', a={'b': \"it's\"})"),
    "first on its line removed": ("f(\n    a=1, b=2,\n    c=3)", None, "f(\n    b=2,\n    c=3)"),
    "last on its line removed": ("f(\n    b=2, a=1,  # both\n    c=3)", None, "f(\n    b=2,  # both\n    c=3)"),
    "behind several a line": ("f(0, 1,\n  2, 3)", "4", "f(0, 1,\n  2, 3,\n  a=4)"),
    "behind what hugs": ("f([\n    1,\n])", "4", "f([\n    1,\n], a=4)"),
    "behind a long text": ('f(0, b="""x\ny""")', "4", 'f(\n    0,\n    b="""x\ny""",\n    a=4,\n)'),
    "a remark behind the last": ("f(\n    b=2  # two\n)", "4", "f(\n    b=2,  # two\n    a=4,\n)"),
    "a remark below the last": (
        "f(\n    0,\n    b=2  # two\n    # end\n)",
        "4",
        "f(\n    0,\n    b=2,  # two\n    a=4\n    # end\n)",
    ),
    "a comma on the next line": ("f(\n    0\n    , b=2\n)", "4", "f(\n    0\n    , b=2, a=4\n)"),
    "tabs": ("f(\n\t0,\n)", "4", "f(\n\t0,\n\ta=4,\n)"),
    "behind letters of several bytes": ("é = 'ÄÖ', f('ß')", "1", "é = 'ÄÖ', f('ß', a=1)"),
    "on several levels": (
        'g(f("a rather long argument", "and another one, which makes it long"))',
        '["too long for a line"]',
        (
            'g(\n    f(\n        "a rather long argument",\n        "and another one, which makes it long",\n'
            '        a=["too long for a line"],\n    )\n)'
        ),
    ),
    "joined on a line": (
        'x = f("a rather long argument", "and another one, which makes it lo")',
        "[1, 2, 3, 4, 5, 6]",
        'x = f(\n    "a rather long argument", "and another one, which makes it lo", a=[1, 2, 3, 4, 5, 6]\n)',
    ),
    "beside a remark that counts": (
        'f("a rather long argument", "and another one, which makes it lo")  # says a lot',
        "[1, 2]",
        'f(\n    "a rather long argument", "and another one, which makes it lo", a=[1, 2]\n)  # says a lot',
    ),
    "beside a remark to a tool": (
        'f("a rather long argument", "and another one, which makes it lo")  # noqa: E501, F401, I001, D100',
        "[1, 2]",
        'f("a rather long argument", "and another one, which makes it lo", a=[1, 2])  # noqa: E501, F401, I001, D100',
    ),
    "wide letters": (
        'f("漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字")',
        '"漢字漢字漢字漢字漢字"',
        'f(\n    "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",\n    a="漢字漢字漢字漢字漢字",\n)',
    ),
    "tuples, sets and lists": (
        'f("a rather long argument", "and another one")',
        '({"a text of some length", "another text of some length"}, ("third",), [], [{}, {"fourth": 4}])',
        (
            'f(\n    "a rather long argument",\n    "and another one",\n    a=(\n'
            '        {"a text of some length", "another text of some length"},\n        ("third",),\n        [],\n'
            '        [{}, {"fourth": 4}],\n    ),\n)'
        ),
    ),
}


@pytest.mark.parametrize(("before", "value", "after"), SET.values(), ids=SET)
def test_keyword(before: str, value: str | None, after: str) -> None:
    once = apply(before, [Keyword(finder(before)("f("), "a", value)], width=88)
    assert after == once
    assert after == apply(once, [Keyword(finder(once)("f("), "a", value)], width=88)


REFUSED = {
    "no call": ("x = 1", "x", "1", "line 1, column 1: no call begins here"),
    "two expressions": (
        "f()",
        "f",
        "a b",
        "line 1: invalid syntax. Perhaps you forgot a comma?, expected Python that parses",
    ),
    "no expression": ("f()", "f", "a; b", "line 1: invalid syntax, expected Python that parses"),
    "shared": (
        "O = {'a': 1}\nP = O\nf(**O)",
        "f",
        None,
        "line 3, column 5: a= stands in O, which is used elsewhere too",
    ),
}


@pytest.mark.parametrize(("before", "needle", "value", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(before: str, needle: str, value: str | None, message: str) -> None:
    with pytest.raises(EditError) as raised:
        apply(before, [Keyword(finder(before)(needle), "a", value)], width=88)
    assert message == str(raised.value)
