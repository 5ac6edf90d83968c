"""Which requests of a check make a script: for each documented response that was seen a few, and what they need."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from upheld.media import FORMS, STREAMS, documented_media, is_json, items, media_type, parse_json
from upheld.model import Exchange, Json, Operation
from upheld.multipart import split
from upheld.roundtrip.needs import Linked, needed
from upheld.roundtrip.script import Answered, Step, Taken
from upheld.schema import Judge

CANDIDATES = 3
"""So many requests are tried for each response that was seen."""
SPARES_MOST = 40
"""So many requests of an operation are said by the client, without an app."""
SPARE_BYTES = 65_536
"""Longer bodies are left out of it."""

Goal = tuple[str, str]
"""An operation's label, and the documented key of a response."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What was selected."""

    steps: tuple[Step, ...]
    """In the order sent."""
    chosen: tuple[Exchange, ...]
    """The exchange of each step."""
    clean: tuple[bool, ...]
    """Whether the answer of each kept the docs."""
    blamed: frozenset[tuple[str, int]] = frozenset()
    """Operations, by label, and statuses of which the check has said something."""
    spares: tuple[Step, ...]
    spared: tuple[Exchange, ...]
    """The exchange of each spare."""
    goals: tuple[Goal, ...]
    """The documented responses that the check saw, in the document's order."""


def key(operation: Operation, status: int) -> str | None:
    """Return the documented key that a status falls under; `None` where there is none."""
    return operation.covering(status) if status else None


def select(history: Sequence[Exchange], clean: Callable[[Exchange], bool], linked: Linked) -> Selection:
    """Return what to ask again; `clean` says of an exchange that its answer kept the docs."""
    goals: dict[Goal, list[int]] = {}
    usable = [place for place, exchange in enumerate(history) if _can_be_asked(exchange)]
    for place in usable:
        exchange = history[place]
        under = key(exchange.operation, exchange.status)
        if under is not None and clean(exchange):
            goals.setdefault((exchange.operation.label, under), []).append(place)
    candidates = {place for found in goals.values() for place in _candidates(found, history)}
    needs = needed(history, usable, candidates, linked)
    places = candidates | needs
    ordered = sorted(places)
    at = {place: position for position, place in enumerate(ordered)}
    steps = tuple(
        _step(history[place], _taken(linked(history[place], place), at), is_needed=place in needs) for place in ordered
    )
    spared = list(_spares(history, clean))
    blamed = {(history[at].operation.label, history[at].status) for at in usable if not clean(history[at])}
    documented = {exchange.operation.label: exchange.operation for exchange in history}
    return Selection(
        steps=steps,
        chosen=tuple(history[place] for place in ordered),
        clean=tuple(clean(history[place]) for place in ordered),
        blamed=frozenset(blamed),
        spares=tuple(_step(exchange, whole=True) for exchange in spared),
        spared=tuple(spared),
        goals=tuple(
            (label, under)
            for label, operation in documented.items()
            for under in operation.responses
            if (label, under) in goals
        ),
    )


def _can_be_asked(exchange: Exchange) -> bool:
    return bool(exchange.status) and not exchange.timed_out and exchange.seen.quirk is None


def _candidates(found: list[int], history: Sequence[Exchange]) -> list[int]:
    """Return the places to try: those that keep the docs before others, but one of each, then the shortest."""

    def rank(place: int) -> tuple[int, int]:
        return len(history[place].request.target) + history[place].request.body_bytes, place

    kept = [place for place in found if history[place].violations == ()]
    broken = [place for place in found if history[place].violations != ()]
    first = [*kept[:1], *broken[:1]]
    rest = [*sorted(kept, key=rank), *sorted(broken, key=rank)]
    return list(dict.fromkeys([*first, *rest]))[:CANDIDATES]


def _taken(links: Sequence[Taken], at: dict[int, int]) -> tuple[Taken, ...]:
    return tuple(
        Taken(where=link.where, producer=at[link.producer], pointer=link.pointer, in_header=link.in_header)
        for link in links
        if link.producer in at
    )


def _is_valid(exchange: Exchange) -> bool:
    """Whether a request keeps the docs, and nothing that they cannot say: what the bare type refuses no client says."""
    return exchange.violations == () and not any(refusal.bare for refusal in exchange.seen.refusals)


def _step(exchange: Exchange, taken: tuple[Taken, ...] = (), *, is_needed: bool = False, whole: bool = False) -> Step:
    kept = Answered(status=exchange.status)
    if whole:
        kept = Answered(status=exchange.status, headers=exchange.headers, body=exchange.body)
    return Step(
        label=exchange.operation.label,
        request=exchange.request,
        answered=kept,
        valid=_is_valid(exchange),
        needed=is_needed,
        items=_items(exchange) if exchange.cut else None,
        undocumented=_undocumented(exchange) if exchange.violations == () else (),
        taken=taken,
    )


def _items(exchange: Exchange) -> int:
    """Return how many items, or parts, of an answer without end can be waited for."""
    sent = media_type(exchange.header("content-type"))
    if sent in STREAMS:
        return sum(
            "data" in one if isinstance(one, dict) and sent == "text/event-stream" else True
            for one in items(exchange.body, sent, whole=False)
        )
    return 1 if exchange.body else 0


def _undocumented(exchange: Exchange) -> tuple[tuple[str | int, ...], ...]:
    """Return the members of a body that its schema does not name: nobody has promised that they can be sent."""
    request, documented = exchange.request, exchange.operation.body
    kind = request.header("content-type") or ""
    sent = media_type(kind)
    entry = documented_media(documented.content, sent) if documented is not None else None
    if entry is None or entry.schema is None or not request.body:
        return ()
    value = _value(request.sent or b"", kind, sent)
    return tuple(Judge.of(exchange.operation.document).extra_members(entry.schema, value))


def _value(body: bytes, kind: str, sent: str) -> Json:
    if is_json(sent):
        try:
            return parse_json(body)
        except (ValueError, RecursionError):
            return None
    if sent == FORMS[0]:
        return dict(parse_qsl(body.decode("latin-1"), keep_blank_values=True, errors="surrogateescape"))
    return {part.name: part.data for part in split(body, kind) or ()} if sent == FORMS[1] else None


def _spares(history: Sequence[Exchange], clean: Callable[[Exchange], bool]) -> Iterator[Exchange]:
    """Yield exchanges that differ in what the client says or reads, in the order sent."""
    counts: dict[str, int] = {}
    seen = set[tuple[str, object, int, bytes]]()
    for exchange in history:
        label = exchange.operation.label
        if not _can_be_asked(exchange) or exchange.cut or not exchange.complete:
            continue
        if (
            exchange.request.body_bytes > SPARE_BYTES
            or len(exchange.body) > SPARE_BYTES
            or counts.get(label, 0) >= SPARES_MOST
        ):
            continue
        same = (label, exchange.request if exchange.violations == () else None, exchange.status, exchange.body)
        if same in seen or key(exchange.operation, exchange.status) is None or not clean(exchange):
            continue
        seen.add(same)
        counts[label] = counts.get(label, 0) + 1
        yield exchange
