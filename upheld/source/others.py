"""Values that would do as well: what an earlier request stored under the first one is in the way of the next."""

import itertools
import string
from collections.abc import Callable, Iterator
from typing import Any

_OTHERS_MOST, _MISSED_MOST = 8, 4
"""How many others are looked for, and after how many that do not do no more are: the value is asked for itself."""
_KINDS = (string.digits, string.ascii_lowercase, string.ascii_uppercase)


def others(value: Any, does: Callable[[Any], bool]) -> list[Any]:
    """Return values like one that do as well; none where too many near it do not."""
    kept: list[Any] = []
    missed = 0
    for other in itertools.islice(_alike(value), _OTHERS_MOST + _MISSED_MOST):
        if does(other):
            kept.append(other)
        else:
            missed += 1
        if len(kept) == _OTHERS_MOST or missed == _MISSED_MOST:
            break
    return kept if len(kept) > missed else []


def _alike(value: Any) -> Iterator[Any]:
    if type(value) is int:
        yield from (value + step for step in itertools.count(1))
    elif type(value) is str:
        found = next(((at, kind) for at in reversed(range(len(value))) for kind in _KINDS if value[at] in kind), None)
        if found is None:
            yield from (value + letter for letter in string.ascii_lowercase)
            return
        at, kind = found
        start = kind.index(value[at])
        yield from (value[:at] + kind[(start + step) % len(kind)] + value[at + 1 :] for step in range(1, len(kind)))
