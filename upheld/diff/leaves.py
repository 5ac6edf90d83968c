"""Where two schemas differ: the leaves, each with what happened there and values that may show it.

Both schemas are walked side by side in their forms. `small` is what is sent: the old schema of a request, the new one
of an answer. A leaf says whether it takes something away there (`loses`), which is what breaks, or adds something; whether
it really breaks anybody is decided at the root, since a union above may make up for it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from upheld.diff import numbers, strings
from upheld.diff.forms import (
    EVERYTHING,
    KINDS,
    NAMES,
    All,
    Booleans,
    Fixed,
    Lists,
    Nulls,
    Numbers,
    Objects,
    Part,
    Texts,
    written,
)
from upheld.diff.include import Included, Inclusion, Refused
from upheld.diff.instances import ABSENT
from upheld.diff.matching import matched
from upheld.diff.meeting import member, tidy
from upheld.model import Json

Steps: TypeAlias = tuple[tuple[Part, str | int], ...]
"""The way from the root to a value: on the sending side, the part and the member or item of it, outermost first."""


Maybe: TypeAlias = Sequence[Json] | None
"""Values that show a difference: none, or `None` where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One difference between two schemas."""

    what: str
    """The end of its rule where something is lost in a request: `enum-value-removed` for `enum-value`."""
    loses: bool
    """Whether the sending side may now send, or could send before, what is not accepted; else it is the other way."""
    steps: Steps
    values: tuple[Json, ...] = ()
    """What may be sent there and is refused, the likeliest first."""
    unsure: bool = False
    """Whether it could not be told if such values are."""
    small: int = -1
    """The node on the sending side; -1 for none."""
    big: int = -1
    names: tuple[str, ...] = ()
    """The members, values or types that it is about."""
    sent: str = ""
    """What the sending side says, in short."""
    accepted: str = ""
    tokens: tuple[str, ...] = field(default=())
    """From both nodes to the keyword or the member that says so."""


class Walker:
    """Finds the leaves of two schemas."""

    def __init__(self, inclusion: Inclusion, pure: Inclusion) -> None:
        """Take what decides, and what decides by JSON Schema alone, objects open: its equals have no leaves."""
        self._inclusion = inclusion
        self._pure = pure
        self._instances = inclusion.instances

    def leaves(self, small: All, big: All) -> list[Leaf]:
        """Return the leaves of two schemas, in the order of their members."""
        return list(self._walk(small, big, (), set()))

    def _walk(self, small: All, big: All, steps: Steps, seen: set[tuple[All, All]]) -> Iterator[Leaf]:
        if small == big or (small, big) in seen or self._is_equal(small, big):
            return
        seen.add((small, big))
        sent, accepted = self._inclusion.form(small), self._inclusion.form(big, big=True)
        for kind in KINDS:
            yield from self._kind(kind, sent.of(kind), accepted.of(kind), steps, (small, big), seen)

    def _is_equal(self, small: All, big: All) -> bool:
        decide = self._pure.decide
        return (
            isinstance(decide(small, big), Included)
            and isinstance(decide(big, small), Included)
            and self._names(small) == self._names(big)
        )

    def _names(self, condition: All) -> set[str]:
        parts = self._inclusion.forms.form(condition).parts
        return {name for part in parts if isinstance(part, Objects) for name in part.members}

    def _kind(
        self,
        kind: type[Part],
        sent: Sequence[Part],
        accepted: Sequence[Part],
        steps: Steps,
        whole: tuple[All, All],
        seen: set[tuple[All, All]],
    ) -> Iterator[Leaf]:
        if not sent and not accepted:
            return
        if not sent or not accepted:
            yield self._type(kind, sent, accepted, steps, whole)
            return
        pairs, lost, gained = matched(sent, accepted, self._inclusion)
        for one, other in pairs:
            yield from self._pair(one, other, steps, seen)
        fixed = [part for part in lost if isinstance(part, Fixed)], [part for part in gained if isinstance(part, Fixed)]
        for loses, parts in zip((True, False), fixed, strict=True):
            if parts:
                yield self._listed(parts, steps, whole, loses=loses)
        for part in lost:
            if not isinstance(part, Fixed):
                yield from self._alternative(part, accepted, steps, whole, loses=True)
        for part in gained:
            if not isinstance(part, Fixed):
                yield from self._alternative(part, sent, steps, whole, loses=False)

    def _type(
        self, kind: type[Part], sent: Sequence[Part], accepted: Sequence[Part], steps: Steps, whole: tuple[All, All]
    ) -> Leaf:
        """Return the leaf of a type that one side alone has."""
        values = [value for part in sent for value in self._instances.of_part(part)]
        return Leaf(
            what="null" if kind is Nulls else "type",
            loses=bool(sent),
            steps=steps,
            values=tuple(values),
            small=_origin(sent, whole[0]),
            big=_origin(accepted, whole[1]),
            names=(_type_name([*sent, *accepted], kind),),
            sent=self._types(whole[0]),
            accepted=self._types(whole[1]),
        )

    def _types(self, condition: All) -> str:
        form = self._inclusion.forms.form(condition)
        return " or ".join(_type_name(parts, kind) for kind in KINDS if (parts := form.of(kind)))

    def _alternative(
        self, part: Part, others: Sequence[Part], steps: Steps, whole: tuple[All, All], *, loses: bool
    ) -> Iterator[Leaf]:
        """Yield the leaf of a part that has no counterpart, unless the others make up for it."""
        answer = self._inclusion.cover(part, others) if loses else self._pure.cover(part, others)
        if isinstance(answer, Included):
            return
        listed = isinstance(part, Numbers | Texts) and part.values is not None
        yield Leaf(
            what="enum-value" if listed else "alternative",
            loses=loses,
            steps=steps,
            values=answer.values if loses and isinstance(answer, Refused) else (),
            unsure=loses and not isinstance(answer, Refused),
            small=part.origin if loses else _origin((), whole[0]),
            big=_origin((), whole[1]) if loses else part.origin,
            names=(self.described(part),),
        )

    def _listed(self, parts: Sequence[Fixed], steps: Steps, whole: tuple[All, All], *, loses: bool) -> Leaf:
        return Leaf(
            what="enum-value",
            loses=loses,
            steps=steps,
            values=tuple(part.value for part in parts) if loses else (),
            small=_origin((), whole[0]),
            big=_origin((), whole[1]),
            names=tuple(part.text for part in parts),
        )

    # Pairs of parts ---------------------------------------------------------------------------------------------

    def _pair(self, one: Part, other: Part, steps: Steps, seen: set[tuple[All, All]]) -> Iterator[Leaf]:
        if one.atoms != other.atoms:
            yield self._leaf(one, other, steps, "schema", loses=True, unsure=True)
        match one, other:
            case Booleans(), Booleans():
                yield from self._values(one, other, steps, one.values, other.values)
            case Numbers(), Numbers():
                yield from self._numbers(one, other, steps)
            case Texts(), Texts():
                yield from self._texts(one, other, steps)
            case Lists(), Lists():
                yield from self._lists(one, other, steps, seen)
            case Objects(), Objects():
                yield from self._objects(one, other, steps, seen)

    def _leaf(self, one: Part, other: Part, steps: Steps, what: str, *, loses: bool, **more: object) -> Leaf:
        leaf = Leaf(what=what, loses=loses, steps=steps, small=one.origin, big=other.origin)
        return replace(leaf, **more)  # type: ignore[arg-type]  # the fields that are named where it is called

    def _values(
        self, one: Part, other: Part, steps: Steps, sent: frozenset[Json] | None, accepted: frozenset[Json] | None
    ) -> Iterator[Leaf]:
        """Yield the leaves of listed values: where one side alone lists them, all else is lost or gained."""
        if sent is not None and accepted is not None:
            for loses, apart in ((True, sent - accepted), (False, accepted - sent)):
                if apart:
                    values = sorted(apart, key=lambda value: (isinstance(value, str), value))
                    names = tuple(written(value) for value in values)
                    told = tuple(values) if loses else ()
                    yield self._leaf(one, other, steps, "enum-value", loses=loses, values=told, names=names)
        elif accepted is not None or sent is not None:
            loses = sent is None
            answer = self._inclusion.cover(one, [other]) if loses else None
            names = tuple(written(value) for value in sorted(accepted or sent or (), key=str))
            yield self._leaf(
                one, other, steps, "enum-value", loses=loses, names=names,
                values=answer.values if isinstance(answer, Refused) else (),
                sent="any" if loses else "listed", accepted="listed" if loses else "any",
            )  # fmt: skip

    def _numbers(self, one: Numbers, other: Numbers, steps: Steps) -> Iterator[Leaf]:
        if one.values is not None or other.values is not None:
            yield from self._values(one, other, steps, one.values, other.values)
            return
        if one.whole != other.whole:
            lost = replace(one, whole=other.whole)
            found = numbers.uncovered(one, [lost]) if other.whole else []
            names = ("integer", "number")
            yield self._leaf(
                one, other, steps, "type", loses=other.whole, values=tuple(found or ()), names=names,
                sent=_type_name([one], Numbers), accepted=_type_name([other], Numbers),
            )  # fmt: skip
        bounds = {key: getattr(other, key) for key in ("low", "low_open", "high", "high_open", "steps", "without")}
        mine = {key: getattr(one, key) for key in bounds}
        lost_values = numbers.uncovered(one, [_tidied(replace(one, **bounds))])
        gained_values = numbers.uncovered(other, [_tidied(replace(other, **mine))])
        yield from self._aspect(one, other, steps, "range", lost_values, gained_values)

    def _texts(self, one: Texts, other: Texts, steps: Steps) -> Iterator[Leaf]:
        if one.values is not None or other.values is not None:
            yield from self._values(one, other, steps, one.values, other.values)
            return
        for what, keys in (
            ("length", ("low", "high")),
            ("pattern", ("patterns",)),
            ("format", ("formats",)),
            ("schema", ("without",)),
        ):
            theirs = {key: getattr(other, key) for key in keys}
            mine = {key: getattr(one, key) for key in keys}
            if theirs != mine:
                lost = strings.uncovered(one, [replace(one, **theirs)])
                gained = strings.uncovered(other, [replace(other, **mine)])
                yield from self._aspect(one, other, steps, what, lost, gained)

    def _aspect(
        self,
        one: Part,
        other: Part,
        steps: Steps,
        what: str,
        lost: Sequence[Json] | None,
        gained: Sequence[Json] | None,
    ) -> Iterator[Leaf]:
        said = {"sent": told(one, what), "accepted": told(other, what)}
        if lost or lost is None:
            values = tuple(lost or ())
            yield self._leaf(one, other, steps, what, loses=True, values=values, unsure=lost is None, **said)
        if gained or (gained is None and lost == []):
            yield self._leaf(one, other, steps, what, loses=False, **said)

    def _lists(self, one: Lists, other: Lists, steps: Steps, seen: set[tuple[All, All]]) -> Iterator[Leaf]:
        sizes = replace(one, low=other.low, high=other.high, unique=other.unique)
        mine = replace(other, low=one.low, high=one.high, unique=one.unique)
        yield from self._sizes(one, other, steps, sizes, mine)
        last = max(len(one.prefix), len(other.prefix))
        for at in range(last + 1):
            if any(part.high is not None and at >= part.high for part in (one, other)):
                break
            yield from self._walk(one.item(at), other.item(at), (*steps, (one, at)), seen)

    def _sizes(self, one: Part, other: Part, steps: Steps, theirs: Part, mine: Part) -> Iterator[Leaf]:
        said = {"sent": told(one, "size"), "accepted": told(other, "size")}
        if said["sent"] == said["accepted"]:
            return
        lost, gained = self._inclusion.within(one, theirs), self._inclusion.within(other, mine)
        if not isinstance(lost, Included):
            values = lost.values if isinstance(lost, Refused) else ()
            yield self._leaf(one, other, steps, "size", loses=True, values=values, unsure=not values, **said)
        if not isinstance(gained, Included):
            yield self._leaf(one, other, steps, "size", loses=False, **said)

    def _objects(self, one: Objects, other: Objects, steps: Steps, seen: set[tuple[All, All]]) -> Iterator[Leaf]:
        sizes = replace(one, low=other.low, high=other.high), replace(other, low=one.low, high=one.high)
        yield from self._sizes(one, other, steps, *sizes)
        names = [*one.members, *sorted(one.required - one.members.keys())]
        names += [name for name in (*other.members, *sorted(other.required)) if name not in names]
        for name in dict.fromkeys(names):
            yield from self._member(one, other, name, steps, seen)
        yield from self._extra(one, other, steps, seen)

    def _member(
        self, one: Objects, other: Objects, name: str, steps: Steps, seen: set[tuple[All, All]]
    ) -> Iterator[Leaf]:
        mine, theirs = _knows(one, name), _knows(other, name)
        tokens = ("properties", name)
        if mine and theirs:
            if (name in one.required) != (name in other.required):
                loses = name in other.required
                values = self._objects_of(one, {name: ABSENT}) if loses else ()
                yield self._leaf(
                    one, other, steps, "member-required", loses=loses, values=values, names=(name,), tokens=tokens
                )
            yield from self._walk(member(one, name), member(other, name), (*steps, (one, name)), seen)
            return
        part = one if mine else other
        what = "required-member" if name in part.required else "member"
        values = ()
        if mine:
            answer = self._inclusion.decide(member(one, name), member(other, name))
            if isinstance(answer, Refused):
                values = self._objects_of(one, *({name: value} for value in answer.values))
        elif name in other.required:
            values = self._objects_of(one, {name: ABSENT})
        elif one.says_extra:
            answer = self._inclusion.decide(member(one, name), member(other, name))
            if isinstance(answer, Refused):
                values = self._objects_of(one, *({name: value} for value in answer.values))
        yield self._leaf(one, other, steps, what, loses=theirs, values=values, names=(name,), tokens=tokens)

    def _objects_of(self, part: Objects, *given: dict[str, Json]) -> tuple[Json, ...]:
        made = (self._instances.object(part, one) for one in given)
        return tuple(value for value in made if value is not None)

    def _extra(self, one: Objects, other: Objects, steps: Steps, seen: set[tuple[All, All]]) -> Iterator[Leaf]:
        told_apart = [(p, c) for p, c in one.patterns if p in dict(other.patterns)]
        for pattern, condition in told_apart:
            name = next(iter(strings.some(Texts(patterns=frozenset({pattern})))), pattern)
            yield from self._walk(condition, dict(other.patterns)[pattern], (*steps, (one, name)), seen)
        bare = one.extra, one.names, {p for p, _ in one.patterns}
        if bare == (other.extra, other.names, {p for p, _ in other.patterns}):
            return
        name = next(self._instances.names(one, 3), "")
        never = self._inclusion.forms.nodes.never
        if one.says_extra and other.says_extra and never not in (one.extra, other.extra) and name:
            mine, theirs = one.extra or EVERYTHING, other.extra or EVERYTHING
            yield from self._walk(mine, theirs, (*steps, (one, name)), seen)
            if one.names == other.names and not one.patterns and not other.patterns:
                return
        mine_only = replace(one, low=0, high=None)
        theirs_only = replace(other, members=one.members, required=one.required, low=0, high=None)
        lost = self._inclusion.within(mine_only, replace(theirs_only, atoms=frozenset()))
        gained = self._pure.within(theirs_only, mine_only)
        narrowed = self._pure.within(mine_only, theirs_only)
        if not isinstance(lost, Included) or not isinstance(narrowed, Included):
            values = self._objects_again(one, lost.values) if isinstance(lost, Refused) else ()
            unsure = not isinstance(lost, Included | Refused)
            yield self._leaf(one, other, steps, "extra-members", loses=True, values=values, unsure=unsure)
        elif not isinstance(gained, Included):
            yield self._leaf(one, other, steps, "extra-members", loses=False)

    def _objects_again(self, part: Objects, values: Iterable[Json]) -> tuple[Json, ...]:
        """Return objects with the same members as values have, and whatever else a part needs."""
        return self._objects_of(part, *(value for value in values if isinstance(value, dict)))

    def described(self, part: Part) -> str:
        """Return what to call a part: the name of the schema that says it, or its type."""
        node = part.origin
        pointer = self._inclusion.forms.nodes.place(node) if node >= 0 else ""
        if pointer.startswith("/components/schemas/") and pointer.count("/") == 3:
            return pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        if isinstance(part, Numbers | Texts) and part.values is not None:
            return ", ".join(written(value) for value in sorted(part.values, key=str)[:5])
        return _type_name([part], type(part))


def _tidied(part: Numbers) -> Numbers:
    return tidy(part) or replace(part, values=frozenset())


def _knows(part: Objects, name: str) -> bool:
    return name in part.members or name in part.required


def _origin(parts: Sequence[Part], whole: All) -> int:
    return next((part.origin for part in parts if part.origin >= 0), whole[0] if whole else -1)


def _type_name(parts: Sequence[Part], kind: type[Part]) -> str:
    if kind is Numbers and all(isinstance(part, Numbers) and part.whole for part in parts):
        return "integer"
    return NAMES.get(kind, "object")


def told(part: Part, what: str) -> str:
    """Return in words what a part says of one aspect."""
    match what, part:
        case "range", Numbers():
            low = f"{'>' if part.low_open else '≥'} {part.low}" if part.low > float("-inf") else ""
            high = f"{'<' if part.high_open else '≤'} {part.high}" if part.high < float("inf") else ""
            steps = [f"multiple of {step.numerator / step.denominator:g}" for step in sorted(part.steps)]
            return ", ".join(filter(None, (low, high, *steps))) or "any"
        case "length", Texts():
            return _between(part.low, part.high, "character")
        case "pattern", Texts():
            return " and ".join(sorted(part.patterns)) or "any"
        case "format", Texts():
            return " and ".join(sorted(part.formats)) or "any"
        case "size", Lists():
            return _between(part.low, part.high, "item") + (", no two equal" if part.unique else "")
        case "size", Objects():
            return _between(part.low, part.high, "member")
    return ""


def _between(low: int, high: int | None, noun: str) -> str:
    if high is None:
        return f"at least {low} {noun}{'' if low == 1 else 's'}" if low else "any"
    return f"{low} to {high} {noun}s" if low != high else f"{low} {noun}{'' if low == 1 else 's'}"
