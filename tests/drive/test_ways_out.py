"""Through which lines a function hands something back, read from its source."""

import functools
from collections.abc import Callable
from typing import Any

import pytest

from upheld.drive.ways_out import ways_out

# Each ends in a comment that names its ways out, as lines counted from the `def`.


def one() -> int:
    return 1


def two(a: int) -> int:
    if a:
        return 1
    return 2


def falls() -> None:
    print("x")  # noqa: T201 - a statement


def in_all_places(a: Any) -> Any:
    for _ in a:
        return 1
    while a:
        return 2
    with a:
        return 3
    try:  # type: ignore[unreachable]  # a case for the parser, never called
        return 4
    except ValueError:
        return 5
    else:
        return 6
    finally:
        a()
    match a:
        case 1:
            return 7
    return 8


def inner_ones_do_not_count(a: Any) -> Any:
    def inner() -> int:
        return 1

    class Inner:
        def method(self) -> int:
            return 2

    return inner, Inner, a


def raises_at_its_end(a: int) -> int:
    if a:
        return 1
    raise ValueError


def streams() -> Any:
    yield 1
    _ = yield 2
    yield from ()
    return 3


def only_raises() -> None:
    raise ValueError


@functools.cache
def decorated() -> int:
    return 1


FUNCTIONS: dict[str, tuple[Callable[..., Any], list[int]]] = {
    "one": (one, [1]),
    "two": (two, [2, 3]),
    "it falls off its end": (falls, [1]),
    "in all places": (in_all_places, [2, 4, 6, 8, 10, 12, 17, 18]),
    "inner ones do not count": (inner_ones_do_not_count, [8]),
    "it raises at its end": (raises_at_its_end, [2]),
    "a generator yields": (streams, [1, 2, 3]),
    "it only raises": (only_raises, [1]),
    "decorated": (decorated.__wrapped__, [2]),
}


@pytest.mark.parametrize(("function", "offsets"), FUNCTIONS.values(), ids=FUNCTIONS)
def test_ways_out(function: Callable[..., Any], offsets: list[int]) -> None:
    first = function.__code__.co_firstlineno
    assert [first + offset for offset in offsets] == list(ways_out(function))


WITHOUT: dict[str, Any] = {
    "a lambda": lambda: 1,
    "a class": type("Made", (), {}),
    "a builtin": len,
    "made at run time": eval("lambda: 1"),  # noqa: S307 - without source
}


@pytest.mark.parametrize("function", WITHOUT.values(), ids=WITHOUT)
def test_without_source(function: Any) -> None:
    assert () == ways_out(function)
