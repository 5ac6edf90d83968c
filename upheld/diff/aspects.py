"""The leaves of two parts that are versions of each other: numbers, texts, sizes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from upheld.diff import numbers, strings
from upheld.diff.answer import Included, Refused
from upheld.diff.forms import Booleans, Lists, Numbers, Objects, Part, Texts, written
from upheld.diff.include import Inclusion
from upheld.diff.leaf import Leaf, listing, told, type_name
from upheld.diff.meeting import tidy
from upheld.diff.texts import SAMPLES
from upheld.model import Json

UNSEEN = frozenset({"binary"})
"""Formats that say the same as `contentMediaType`, which FastAPI writes instead of them since 0.119."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parts that are versions of each other, and where they stand."""

    one: Part
    other: Part
    small: str | None
    big: str | None
    plain: bool = False
    """Whether there is nothing else that the accepting side could take such a value for."""
    about: str | None = None
    """What to call them by, where one of them alone is a component."""

    def leaf(
        self,
        what: str,
        *,
        loses: bool,
        values: Sequence[Json] = (),
        unsure: bool = False,
        sent: str = "",
        accepted: str = "",
    ) -> Leaf:
        """Return a leaf of them."""
        return Leaf(
            what=what,
            loses=loses,
            small=self.small,
            big=self.big,
            values=tuple(values),
            unsure=unsure,
            sent=sent,
            accepted=accepted,
            about=self.about,
        )


def aspects(pair: Pair, inclusion: Inclusion) -> Iterator[Leaf]:
    """Yield the leaves of two parts, members and items apart."""
    one, other = replace(pair.one, atoms=frozenset()), replace(pair.other, atoms=frozenset())
    pair = replace(pair, one=one, other=other)
    match one, other:
        case Booleans(), Booleans():
            yield from _values(pair, inclusion, one.values, other.values)
        case Numbers(), Numbers():
            yield from _numbers(pair, inclusion, one, other)
        case Texts(), Texts():
            yield from _texts(pair, inclusion, one, other)
        case Lists(), Lists():
            theirs = replace(one, low=other.low, high=other.high, unique=other.unique)
            mine = replace(other, low=one.low, high=one.high, unique=one.unique)
            yield from _sizes(pair, inclusion, theirs, mine)
        case Objects(), Objects():
            yield from _sizes(
                pair,
                inclusion,
                replace(one, low=other.low, high=other.high),
                replace(other, low=one.low, high=one.high),
            )


def formats(pair: Pair, first: Json, second: Json) -> Iterator[Leaf]:
    """Yield the leaf of two formats that no validator asserts."""
    known = (*SAMPLES, *UNSEEN)
    seen = [form if isinstance(form, str) and form not in known else None for form in (first, second)]
    if seen[0] != seen[1]:
        yield pair.leaf("format-changed", loses=False, sent=seen[0] or "none", accepted=seen[1] or "none")


def _values(
    pair: Pair, inclusion: Inclusion, sent: frozenset[Json] | None, accepted: frozenset[Json] | None
) -> Iterator[Leaf]:
    """Yield the leaves of listed values; where one side alone lists them, all others are lost or gained."""
    if sent is None or accepted is None:
        answer = inclusion.cover(pair.one, [pair.other]) if sent is None else None
        yield pair.leaf(
            "enum-value", loses=sent is None, values=answer.values if isinstance(answer, Refused) else (),
            sent=listing(sent) if sent is not None else type_name(pair.one),
            accepted=listing(accepted) if accepted is not None else type_name(pair.other),
        )  # fmt: skip
        return
    lost, gained = sent - accepted, accepted - sent
    if lost:
        values = sorted(lost, key=lambda value: (len(written(value)), written(value)))
        yield pair.leaf("enum-value", loses=True, values=values, sent=listing(lost))
    if gained:
        yield pair.leaf("enum-value", loses=False, accepted=listing(gained))


def _numbers(pair: Pair, inclusion: Inclusion, one: Numbers, other: Numbers) -> Iterator[Leaf]:
    if one.values is not None or other.values is not None:
        yield from _values(pair, inclusion, one.values, other.values)
        return
    if one.whole != other.whole:
        found = numbers.uncovered(one, [_tidied(replace(one, whole=True))]) if other.whole else ()
        yield pair.leaf(
            "type", loses=other.whole, values=found or (), unsure=found is None, sent=type_name(one),
            accepted=type_name(other),
        )  # fmt: skip
    bounds = ("low", "low_open", "high", "high_open", "steps", "without")
    yield from _aspect(
        pair,
        "range",
        numbers.uncovered(one, [_tidied(replace(one, **{key: getattr(other, key) for key in bounds}))]),
        numbers.uncovered(other, [_tidied(replace(other, **{key: getattr(one, key) for key in bounds}))]),
    )


def _tidied(part: Numbers) -> Numbers:
    return tidy(part) or replace(part, values=frozenset())


TEXT_ASPECTS = {"length": ("low", "high"), "pattern": ("patterns",), "format": ("formats",), "schema": ("without",)}


def _texts(pair: Pair, inclusion: Inclusion, one: Texts, other: Texts) -> Iterator[Leaf]:
    if one.values is not None or other.values is not None:
        yield from _values(pair, inclusion, one.values, other.values)
        return
    if (one.content is None) != (other.content is None):
        # What JSON the text holds is another leaf's; here one side says that it is any text.
        loses = one.content is None
        yield pair.leaf("schema", loses=loses, values=strings.some(one) if loses else (), unsure=loses)
    for aspect, keys in TEXT_ASPECTS.items():
        mine = {key: getattr(one, key) for key in keys}
        theirs = {key: getattr(other, key) for key in keys}
        if mine != theirs:
            fewer = strings.uncovered(one, [replace(one, **theirs)])
            more = strings.uncovered(other, [replace(other, **mine)])
            yield from _aspect(pair, aspect, fewer, more)


def _aspect(pair: Pair, what: str, lost: Sequence[Json] | None, gained: Sequence[Json] | None) -> Iterator[Leaf]:
    """Yield the leaves of one aspect: `None` where it is not known whether there are such values."""
    sent, accepted = told(pair.one, what), told(pair.other, what)
    if lost is None and gained is None:
        yield pair.leaf("changed", loses=True, unsure=True, sent=sent, accepted=accepted)
    elif lost or lost is None:
        yield pair.leaf(what, loses=True, values=lost or (), unsure=lost is None, sent=sent, accepted=accepted)
    if gained or (gained is None and lost == []):
        yield pair.leaf(what, loses=False, sent=sent, accepted=accepted)


def _sizes(pair: Pair, inclusion: Inclusion, theirs: Part, mine: Part) -> Iterator[Leaf]:
    sent, accepted = told(pair.one, "size"), told(pair.other, "size")
    if sent == accepted:
        return
    lost, gained = inclusion.within(pair.one, theirs), inclusion.within(pair.other, mine)
    if not isinstance(lost, Included):
        values = lost.values if isinstance(lost, Refused) else ()
        yield pair.leaf("size", loses=True, values=values, unsure=not values, sent=sent, accepted=accepted)
    if not isinstance(gained, Included):
        yield pair.leaf("size", loses=False, sent=sent, accepted=accepted)
