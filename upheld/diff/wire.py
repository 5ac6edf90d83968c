"""Values as they stand in an address, a header or a form: everything is text there, and null is nothing at all."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from upheld.diff.forms import Booleans, Form, Lists, Nulls, Numbers, Part, Texts, join, written
from upheld.diff.meeting import has_number
from upheld.diff.normal import Forms
from upheld.model import Json

READINGS_MOST = 64
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,300})(\.[0-9]{1,300})?")


def on_the_wire(form: Form, forms: Forms, *, big: bool) -> Form:
    """Return a form as it is compared on the wire.

    The accepting side takes any number for a text where it takes any text. One item of a list stands there as the item
    alone would.
    """
    parts: list[Part] = []
    for part in form.parts:
        if isinstance(part, Lists):
            if part.low <= 1 and part.high != 0:
                item = forms.form(part.item(0)).parts
                parts += (_text(one) for one in item if not isinstance(one, Nulls | Lists))
            if part.high is None or part.high > 1:
                parts.append(replace(part, low=max(part.low, 2)))
        elif not isinstance(part, Nulls):
            parts.append(_text(part))
    if big and any(isinstance(part, Texts) and part.free for part in parts):
        parts.append(Numbers())
    return join([Form(tuple(parts))])


def _text(part: Part) -> Part:
    """Return listed values as the texts that stand for them."""
    match part:
        case Booleans():
            texts = frozenset(written(value) for value in part.values)
        case Numbers(values=frozenset() as values):
            texts = frozenset(written(value) for value in values)
        case _:
            return part
    return Texts(values=texts, atoms=part.atoms, origin=part.origin)


def unread(part: Part, big: Form) -> Part:
    """Return a part; of listed texts, those that the accepting side does not read as numbers and accept as such."""
    if not isinstance(part, Texts) or part.values is None:
        return part
    numbers = [other for other in big.of(Numbers) if not other.atoms]
    left = (text for text in part.values if not any(_is_accepted(text, other) for other in numbers))
    return replace(part, values=frozenset(left))


def _is_accepted(text: str, part: Part) -> bool:
    """Return whether a text stands for a number that a part accepts."""
    read = _number(text)
    return read is not None and isinstance(part, Numbers) and has_number(part, read)


def is_written(value: Json) -> bool:
    """Return whether anything stands there for a value: for null and an empty list nothing does."""
    if isinstance(value, dict):
        return all(item is not None and item != [] for item in value.values())
    return value is not None and value != []


def readings(value: Json) -> Iterator[Json]:
    """Yield what a value may be read as that was written there, each reading once."""
    seen = set()
    for reading in _readings(value):
        if (text := written(reading)) not in seen:
            seen.add(text)
            yield reading


def _readings(value: Json) -> Iterator[Json]:
    match value:
        case dict():
            each = [list(islice(readings(item), 4)) for item in value.values()]
            yield from (dict(zip(value, items, strict=True)) for items in islice(product(*each), READINGS_MOST))
        case list():
            each = [list(islice(readings(item), 2)) for item in value]
            yield from (list(items) for items in islice(product(*each), READINGS_MOST))
            if len(value) == 1:
                yield from readings(value[0])
        case None:
            yield None
        case _:
            yield from _scalars(value)
            yield from ([reading] for reading in _scalars(value))


def _scalars(value: Json) -> Iterator[Json]:
    yield value
    text = value if isinstance(value, str) else written(value)
    yield text
    if (read := _number(text)) is not None:
        yield read
    if text in ("true", "false"):
        yield text == "true"


def _number(text: str) -> int | float | None:
    """Return the number that a text stands for; `None` where it stands for none."""
    if not _NUMBER.fullmatch(text):
        return None
    return int(text) if text.lstrip("-").isdecimal() else float(text)
