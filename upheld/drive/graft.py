"""Grafts: what breaks a request, put into one that was accepted, where something else may have refused it first.

A title that is too long goes unnoticed while its number is taken, or the order that it belongs to is paid.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence

from upheld.drive.shape import Shape, members, take_apart
from upheld.drive.splice import Splicer
from upheld.model import Exchange, Refusal, Request, Violation

_COUNTS = frozenset({"minItems", "maxItems"})

Broken = tuple[Request, Violation]
"""A request, and the one thing in it that breaks what is documented."""


def masked(exchange: Exchange) -> Broken | None:
    """Return the request of an exchange that was refused for something else than the one thing that is broken."""
    violations = exchange.violations or ()
    if len(violations) != 1 or not 400 <= exchange.status < 500 or exchange.seen.quirk is not None:
        return None
    if len(violations[0].where) < 2 or any(_is_it(refusal, violations[0]) for refusal in exchange.seen.refusals):
        return None
    return exchange.request, violations[0]


def _is_it(refusal: Refusal, violation: Violation) -> bool:
    """Return whether validation refused what is broken, or something that it is part of."""
    length = min(len(refusal.where), len(violation.where))
    if violation.keyword in _COUNTS and length < len(refusal.where):
        return False  # one of the items, not their number
    return refusal.where[:length] == violation.where[:length]


def grafts(broken: Iterable[Broken], accepted: Sequence[Request], splicer: Splicer) -> Iterator[Request]:
    """Yield what is broken as part of a request that was accepted last, and of one that is like it but for names."""
    for request, violation in broken:
        other = take_apart(request, splicer.operation)
        base = take_apart(accepted[-1], splicer.operation) if accepted else None
        if base is not None and other is not None:
            for host in (splicer.renewed(base), base):
                if (made := _grafted(host, other, violation)) is not None:
                    yield made.built()


def _grafted(base: Shape, other: Shape, violation: Violation) -> Shape | None:
    kind, name = str(violation.where[0]), str(violation.where[1])
    match kind:
        case "path":
            return base.with_path(name, dict(other.path)[name])
        case "body" if base.form:
            rest = [part for part in base.form if part.name != name]
            return base.with_parts([*rest, *(part for part in other.form if part.name == name)])
        case "body":
            return _with_member(base, other, violation) if base.has_json and other.has_json else None
    key = name.lower() if kind == "header" else name
    values = [value for known, value in other.pairs(kind) if known == key]
    return base.with_pair(kind, key, values[-1] if values else None)


def _with_member(base: Shape, other: Shape, violation: Violation) -> Shape:
    path = violation.where[1:]
    mine, theirs = dict(members(base.body)), dict(members(other.body))
    if path[:-1] and path[:-1] not in mine:
        path = path[:1]  # there is nothing to put it into
    if path not in theirs:
        return base.without_member(path)
    value = theirs[path]
    if violation.keyword in _COUNTS and isinstance(value, list) and mine.get(path):
        value = list(itertools.islice(itertools.cycle(mine[path]), len(value)))  # only their number is broken
    return base.with_member(path, value)
