"""What a case of an edit is, and how it is tried: after it the source parses, and a second time changes nothing."""

import ast
from collections.abc import Callable, Sequence
from typing import TypeAlias

from upheld.fix.edits import Edit, Place, apply

At: TypeAlias = Callable[..., Place]
"""`at("app.get")`: where that text begins; `at("app.get", 1)`: where it begins the second time."""
Make: TypeAlias = Callable[[At], Sequence[Edit]]
Case: TypeAlias = tuple[str, Make, str]
"""Before, the edits, after."""


def finder(source: str) -> At:
    """Return what tells places of a source."""

    def at(needle: str, nth: int = 0) -> Place:
        offset = -1
        for _ in range(nth + 1):
            offset = source.index(needle, offset + 1)
        before = source[:offset].replace("\r\n", "\n").replace("\r", "\n")
        return Place(line=before.count("\n") + 1, column=len(before.rpartition("\n")[2].encode()))

    return at


def changed(before: str, make: Make, *, width: int = 88) -> str:
    """Return the source after the edits, which are made once more to see that nothing changes."""
    after = apply(before, make(finder(before)), width=width)
    ast.parse(after.removeprefix("\ufeff"))
    assert after == apply(after, make(finder(after)), width=width)
    return after
