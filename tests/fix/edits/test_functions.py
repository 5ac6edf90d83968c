"""Signatures: where a further parameter goes, and `def` for `async def`."""

import pytest

from tests.fix.edits.cases import changed, finder
from upheld.fix.edits import Edit, EditError, Parameter, Synchronous, apply

DEFAULT = "lang: str | None = None"
PLAIN = "lang: str"

PARAMETERS: dict[str, tuple[str, str, str]] = {
    "alone": ("def f(): ...\n", DEFAULT, f"def f({DEFAULT}): ...\n"),
    "alone, without a default": ("def f(): ...\n", PLAIN, f"def f({PLAIN}): ...\n"),
    "last": ("def f(a, b=1): ...\n", DEFAULT, f"def f(a, b=1, {DEFAULT}): ...\n"),
    "last, without defaults": ("def f(a): ...\n", PLAIN, f"def f(a, {PLAIN}): ...\n"),
    "behind defaults": ("def f(a, b=1): ...\n", PLAIN, f"def f(a, b=1, *, {PLAIN}): ...\n"),
    "behind defaults, before all others": (
        "def f(a, b=1, **rest): ...\n",
        PLAIN,
        f"def f(a, b=1, *, {PLAIN}, **rest): ...\n",
    ),
    "before all others": ("def f(**rest): ...\n", PLAIN, f"def f({PLAIN}, **rest): ...\n"),
    "among keywords": ("def f(a=1, *, b): ...\n", PLAIN, f"def f(a=1, *, b, {PLAIN}): ...\n"),
    "behind a list": ("def f(a=1, *b): ...\n", PLAIN, f"def f(a=1, *b, {PLAIN}): ...\n"),
    "behind a slash": ("def f(a, /): ...\n", PLAIN, f"def f(a, /, {PLAIN}): ...\n"),
    "there": ("def f(*, lang=1): ...\n", PLAIN, "def f(*, lang=1): ...\n"),
    "there as the list": ("def f(*lang): ...\n", PLAIN, "def f(*lang): ...\n"),
    "async": ("async def f(): ...\n", PLAIN, f"async def f({PLAIN}): ...\n"),
    "decorated, in a class": (
        "class A:\n    @app.get('/')\n    def f(self) -> list[int]:  # says\n        # does\n        ...\n",
        PLAIN,
        f"class A:\n    @app.get('/')\n    def f(self, {PLAIN}) -> list[int]:  # says\n        # does\n        ...\n",
    ),
    "before a decorated body": (
        "def f():\n    @a(1)\n    def g(): ...\n",
        PLAIN,
        f"def f({PLAIN}):\n    @a(1)\n    def g(): ...\n",
    ),
    "on lines": (
        "def f(\n    a: int,  # one\n    b: int = 1,\n    # all\n    **rest: int,\n) -> None: ...\n",
        DEFAULT,
        f"def f(\n    a: int,  # one\n    b: int = 1,\n    {DEFAULT},\n    # all\n    **rest: int,\n) -> None: ...\n",
    ),
    "aligned": ("def f(a,\n      b=1):\n    ...\n", DEFAULT, f"def f(a,\n      b=1,\n      {DEFAULT}):\n    ...\n"),
    "joined": (
        "def a_function_of_some_length(\n    a_parameter: Annotated[int, 1], another_one: int = 1\n): ...\n",
        "c=1",
        "def a_function_of_some_length(\n    a_parameter: Annotated[int, 1], another_one: int = 1, c=1\n): ...\n",
    ),
    "joined, and too long": (
        "def a_function_of_some_length(\n    a_parameter: Annotated[int, 1], another_one: Annotated[int, 1] = 1\n): ...\n",
        DEFAULT,
        (
            "def a_function_of_some_length(\n    a_parameter: Annotated[int, 1],\n    another_one: Annotated[int, 1] = 1,\n"
            f"    {DEFAULT},\n): ...\n"
        ),
    ),
    "too long": (
        "def a_function(a_parameter: Annotated[int, 1], another_one: int = 1) -> None:\n    pass\n",
        DEFAULT,
        f"def a_function(\n    a_parameter: Annotated[int, 1], another_one: int = 1, {DEFAULT}\n) -> None:\n    pass\n",
    ),
    "one, too long": (
        "def a_function_with_a_name_that_is_longer_than_most() -> dict[str, list[int]]: ...\n",
        DEFAULT,
        f"def a_function_with_a_name_that_is_longer_than_most(\n    {DEFAULT},\n) -> dict[str, list[int]]: ...\n",
    ),
}


@pytest.mark.parametrize(("before", "code", "after"), PARAMETERS.values(), ids=PARAMETERS)
def test_parameter(before: str, code: str, after: str) -> None:
    first = "async" if "async" in before else "def"
    assert after == changed(before, lambda at: [Parameter(at(first), code)])


SYNCHRONOUS = {
    "plain": ("async def f(): ...\n", "def f(): ...\n"),
    "spaced": ("async  def  f(): ...\n", "def  f(): ...\n"),
    "continued": ("async \\\n  def f(): ...\n", "def f(): ...\n"),
    "a joined signature that fits now": (
        "async def a_function_of_some_length(\n    a_parameter: int, another_one: int, a_third_one: int\n): ...\n",
        "def a_function_of_some_length(a_parameter: int, another_one: int, a_third_one: int): ...\n",
    ),
    "a joined signature that still does not": (
        "async def a_function_of_quite_some_length(\n    a_parameter: int, another_one: int, a_third_one: int\n): ...\n",
        "def a_function_of_quite_some_length(\n    a_parameter: int, another_one: int, a_third_one: int\n): ...\n",
    ),
    "already": ("def f(): ...\n", "def f(): ...\n"),
}


@pytest.mark.parametrize(("before", "after"), SYNCHRONOUS.values(), ids=SYNCHRONOUS)
def test_synchronous(before: str, after: str) -> None:
    once = apply(before, [Synchronous(finder(before)("async" if "async" in before else "def"))], width=88)
    assert after == once
    assert after == apply(once, [Synchronous(finder(once)("def"))], width=88)


def test_both_at_once() -> None:
    before = "async def f(a=1): ...\n"
    place = finder(before)("async")
    edits: list[Edit] = [Synchronous(place), Parameter(place, PLAIN), Parameter(place, DEFAULT)]
    assert f"def f(a=1, *, {PLAIN}): ...\n" == apply(before, edits, width=88)


REFUSED = {
    "no function": ("x = 1\n", PLAIN, "line 1, column 1: no function begins here"),
    "no parameter": ("def f(): ...\n", "a, b", "'a, b' is not one parameter"),
    "no code": ("def f(): ...\n", "a b", "line 1: invalid syntax, expected Python that parses"),
}


@pytest.mark.parametrize(("before", "code", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(before: str, code: str, message: str) -> None:
    with pytest.raises(EditError) as raised:
        apply(before, [Parameter(finder(before)(before[:3]), code)], width=88)
    assert message == str(raised.value)


def test_what_awaits_stays_asynchronous() -> None:
    source = "async def f():\n    await g()\n"
    with pytest.raises(EditError) as raised:
        apply(source, [Synchronous(finder(source)("async"))], width=88)
    assert "line 2: 'await' outside async function, expected Python that parses" == str(raised.value)
