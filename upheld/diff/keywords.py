"""The keywords of numbers and texts."""

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from upheld.diff.forms import All, Number, Numbers, Texts
from upheld.diff.meeting import tidy
from upheld.diff.texts import SAMPLES
from upheld.model import Json

DECIMAL = r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$"
"""What Pydantic since 2.12 says of a `Decimal` in a text; before it said nothing. It is the same type to the app."""


def numbers(raw: Mapping[str, Any], number: int, *, whole: bool) -> Numbers | None:
    """Return the numbers that a schema accepts; `None` where there are none."""
    low, low_open = _bound(raw.get("minimum"), raw.get("exclusiveMinimum"), max, -math.inf)
    high, high_open = _bound(raw.get("maximum"), raw.get("exclusiveMaximum"), min, math.inf)
    steps = frozenset({Fraction(str(raw["multipleOf"]))}) if raw.get("multipleOf") else frozenset()
    return tidy(
        Numbers(low=low, low_open=low_open, high=high, high_open=high_open, whole=whole, steps=steps, origin=number)
    )


def _bound(
    bound: Json, exclusive: Json, tighter: Callable[[Number, Number], Number], none: Number
) -> tuple[Number, bool]:
    if isinstance(exclusive, bool):  # OpenAPI 3.0
        return (none, False) if bound is None else (bound, exclusive)
    if exclusive is None:
        return (none, False) if bound is None else (bound, False)
    if bound is None or tighter(bound, exclusive) == exclusive:
        return exclusive, True
    return bound, False


def sizes(raw: Mapping[str, Any], of: str) -> tuple[int, int | None]:
    """Return the least and the greatest size that a schema accepts: `Length`, `Items` or `Properties`.

    A size may be written as a float without a fraction (JSON Schema 2020-12, 6.3.1).
    """
    high = raw.get(f"max{of}")
    return int(raw.get(f"min{of}", 0)), None if high is None else int(high)


def texts(raw: Mapping[str, Any], number: int, content: All | None) -> Texts | None:
    """Return the texts that a schema accepts; `None` where there are none."""
    form, pattern = raw.get("format"), raw.get("pattern")
    low, high = sizes(raw, "Length")
    if high is not None and low > high:
        return None
    return Texts(
        low=low,
        high=high,
        patterns=frozenset({pattern}) if isinstance(pattern, str) and pattern != DECIMAL else frozenset(),
        formats=frozenset({form}) if isinstance(form, str) and form in SAMPLES else frozenset(),
        content=content,
        origin=number,
    )
