"""What every format says in the same words."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from upheld.model import Change, Comparison, Counterexample, Json, Side, Verdict
from upheld.wording import counted, joined

TITLES = {Verdict.BREAKING: "Breaking", Verdict.UNDECIDED: "Undecided", Verdict.COMPATIBLE: "Compatible"}
"""In the order in which they are shown."""

LONGEST, LONGEST_SHOWN = 200, 40
"""A text of more characters is cut; so many of it are shown."""
ITEMS_MOST, ITEMS_SHOWN = 20, 3
"""A list of more items is cut; so many of it are shown."""


def groups(changes: Sequence[Change]) -> Iterator[tuple[Verdict, list[Change]]]:
    """Yield the verdicts that there are with their changes, what breaks first."""
    order = list(TITLES)
    ranked = sorted(changes, key=lambda change: order.index(change.verdict))
    for verdict, group in groupby(ranked, key=lambda change: change.verdict):
        yield verdict, _merged(group)


def _merged(changes: Iterable[Change]) -> list[Change]:
    """Put together what happened in the same words at several operations, without a witness: told once, at all."""
    merged: dict[object, Change] = {}
    for change in changes:
        alike = (change.rule, change.level, change.message, change.approval) if change.witness is None else id(change)
        first = merged.get(alike)
        if first is None:
            merged[alike] = change
        else:
            operations = tuple(dict.fromkeys((*first.operations, *change.operations)))
            merged[alike] = replace(first, operations=operations)
    return list(merged.values())


def summary(changes: Sequence[Change]) -> dict[str, int]:
    """Return how many changes there are of each verdict."""
    return {f"{verdict}": sum(change.verdict is verdict for change in changes) for verdict in TITLES}


def counts(changes: Sequence[Change]) -> str:
    """Return `2 breaking changes, 1 undecided and 3 compatible`; `no changes` for none."""
    found = [(number, verdict) for verdict, number in summary(changes).items() if number]
    if not found:
        return "no changes"
    (number, verdict), *rest = found
    return joined([counted(number, f"{verdict} change"), *(f"{number:,} {verdict}" for number, verdict in rest)])


def sides(comparison: Comparison) -> str:
    """Return `from a.json to b.json`."""
    return f"from {comparison.old} to {comparison.new}"


def where(change: Change) -> str:
    """Return `GET /books and 3 more`; `The document as a whole` where it is at no operation."""
    if not change.operations:
        return "The document as a whole"
    first, *rest = change.operations
    return f"{first} and {len(rest):,} more" if rest else first


def pointers(change: Change) -> str:
    """Return where it stands in the documents: one pointer, or both where they differ; "" where nowhere."""
    return " → ".join(dict.fromkeys(pointer for pointer in (change.old, change.new) if pointer))


def lead(witness: Counterexample) -> str:
    """Return `accepted by the old contract, refused by the new`."""
    verb = "accepted" if witness.side is Side.REQUEST else "allowed"
    return f"{verb} by the {witness.accepted_by} contract, refused by the {witness.refused_by}"


def shown(witness: Counterexample) -> Iterator[str]:
    """Yield the request or the answer, line by line: what it is, its headers, its body; else the bare value."""
    exchange = witness.exchange
    if not exchange:
        yield text(_short(witness.value))
        return
    if witness.side is Side.REQUEST:
        yield _short(f"{exchange.get('method', '')} {exchange.get('target', '')}".strip())
    else:
        yield f"{exchange.get('status', '')}"
    headers = exchange.get("headers") or {}
    for name, value in headers.items() if isinstance(headers, dict) else ():
        yield f"{name}: {_short(value) if isinstance(value, str) else text(_short(value))}"
    if "body" in exchange and (exchange["body"] is not None or witness.value is None):
        yield text(_short(exchange["body"]))


def _short(value: Json) -> Json:
    """Return a value as it is shown to people: long texts and lists are cut, and say how long they are."""
    match value:
        case str() if len(value) > LONGEST:
            return f"{value[:LONGEST_SHOWN]}… ({counted(len(value), 'character')})"
        case list() if len(value) > ITEMS_MOST:
            return [*map(_short, value[:ITEMS_SHOWN]), f"… ({counted(len(value), 'item')})"]
        case list():
            return [_short(item) for item in value]
        case dict():
            return {name: _short(item) for name, item in value.items()}
    return value


def text(value: Json) -> str:
    """Return JSON on one line."""
    return json.dumps(value, ensure_ascii=False)


def approval(change: Change) -> str:
    """Return `approved until 2026-08-01: reason`; "" where it is not."""
    given = change.approval
    return f"approved until {given.expires}: {given.reason}" if given is not None else ""


def advice(comparison: Comparison, failing: int) -> str:
    """Return the command to type next; "" where nothing fails."""
    left = [change for change in comparison.changes if change.approval is None] if failing else []
    return f"upheld explain {max(left, key=lambda change: change.level.weight).rule}" if left else ""
