"""Tells whether an answer shows something of an operation that none before it did."""

import json
from collections.abc import Iterator

from upheld.model import Exchange, Json, Location

_BODY_MOST = 65_536


class News:
    """What the answers of one operation have shown so far: statuses, lines, refusals, what was broken, members."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: set[tuple[object, ...]] = set()

    def brings(self, exchange: Exchange) -> bool:
        """Take an exchange, and return whether it showed anything new."""
        before = len(self._known)
        self._known.update(_shown(exchange))
        return len(self._known) > before


def _shown(exchange: Exchange) -> Iterator[tuple[object, ...]]:
    status, seen = exchange.status, exchange.seen
    yield status, seen.quirk, *_place(seen.built), *_place(seen.returned)
    yield "head", status, *(name for name, _ in exchange.headers)
    for raised in (seen.raised, seen.escaped, seen.late):
        if raised is not None:
            yield "raised", status, raised.kind, *_place(raised.location)
    for blocking in seen.blocking:
        yield "blocking", *_place(blocking.location)
    for leak in seen.leaked:
        yield "leaked", *_place(leak)
    for refusal in seen.refusals:
        yield "refused", refusal.kind, *_names(refusal.where)
    for violation in exchange.violations or ():
        yield "broken", status // 100, violation.keyword, *_names(violation.where)
    if 200 <= status < 300 and len(exchange.body) <= _BODY_MOST:
        for shape in _shapes(exchange.body):
            yield "body", status, *shape
    if 200 <= status < 300 and not exchange.body and exchange.request.body:
        for shape in _shapes(exchange.request.body):  # what is taken and not told may show elsewhere
            yield "taken", status, *shape


def _place(location: Location | None) -> tuple[object, ...]:
    return (location.path, location.line) if location is not None else ()


def _names(where: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return a place without the positions in its lists."""
    return tuple(step for step in where if isinstance(step, str))


def _shapes(body: bytes) -> Iterator[tuple[object, ...]]:
    """Yield what a JSON value is made of, two levels deep."""
    try:
        value: Json = json.loads(body)
    except (ValueError, RecursionError):
        return
    for part in value[:3] if isinstance(value, list) else (value,):
        if isinstance(part, dict):
            yield tuple(sorted(f"{name} {type(member).__name__}" for name, member in part.items()))
        else:
            yield (type(part).__name__,)
