"""A traced function's returns and exceptions are recorded, and what it does stays what it was."""

import asyncio
import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from upheld.drive.frames import Frames
from upheld.drive.tracing import Traced, traced

FRAMES = Frames(Path(__file__).parents[2])


def picks(a: int) -> int:
    if a:
        return 1
    return 2


def recurses(a: int) -> int:
    return recurses(a - 1) if a else 0


async def waits() -> int:
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return 1


def catches() -> int:
    try:
        inner()
    except KeyError:
        return 1
    return 2


def inner() -> None:
    raise KeyError


def parses() -> int:
    try:
        json.loads("{")
    except ValueError:
        return 1
    return 2


CASES: dict[str, tuple[Callable[..., Any], Callable[[], Any], int | None, tuple[Callable[..., Any], int] | None]] = {
    "one way": (picks, lambda: picks(1), 2, None),
    "another": (picks, lambda: picks(0), 3, None),
    "the outermost call's": (recurses, lambda: recurses(3), 1, None),
    "after waiting": (waits, lambda: asyncio.run(waits()), 3, None),
    "an exception of one's own": (catches, catches, 4, (inner, 1)),
    "an exception of a library": (parses, parses, 4, None),
    "a function that was not called": (picks, lambda: waits, None, None),
}


@pytest.mark.parametrize(("function", "call", "returned", "raised"), CASES.values(), ids=CASES)
def test_traced(
    function: Callable[..., Any],
    call: Callable[[], Any],
    returned: int | None,
    raised: tuple[Callable[..., Any], int] | None,
) -> None:
    expected = call()
    with traced(function, FRAMES) as found:
        result = call()
    assert type(expected) is type(result)
    first = function.__code__.co_firstlineno
    assert returned == (found.returned[-1] - first if found.returned else None)
    if raised is not None:
        assert found.raised is not None
        assert (raised[0].__name__, raised[0].__code__.co_firstlineno + raised[1]) == (
            found.raised[0].co_name,
            found.raised[1],
        )


def test_in_threads() -> None:
    with traced(picks, FRAMES) as found:
        thread = threading.Thread(target=picks, args=(1,))
        thread.start()
        thread.join()
    assert [picks.__code__.co_firstlineno + 2] == found.returned


def test_without_a_function() -> None:
    with traced(None, FRAMES) as found:
        catches()
    assert [] == found.returned
    assert found.raised is not None


def test_undone() -> None:
    before = sys.gettrace()
    with pytest.raises(KeyError), traced(picks, FRAMES):
        inner()
    assert before is sys.gettrace()
    assert Traced() == Traced(returned=[], raised=None)
