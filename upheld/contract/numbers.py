"""Numbers as JSON means them: `1.0` is `1`, and there is no NaN."""

import math

LARGEST_EXACT = 2**53
"""Integers up to here are exact as floats, so that `1.0` and `1` are the same JSON number."""


def number(value: float) -> int | float:
    """Return a float, as an integer where it is one. Errors: ValueError for NaN and infinities."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number that JSON can say")
    return int(value) if value.is_integer() and abs(value) < LARGEST_EXACT else value
