"""Two schemas side by side, down to the leaves where they differ.

Whether a leaf breaks anybody is decided at the root, since a union above it may make up for it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from upheld.diff import strings
from upheld.diff.answer import Included, Refused
from upheld.diff.aspects import Pair, aspects, formats
from upheld.diff.finding import ABSENT
from upheld.diff.forms import (
    EVERYTHING,
    KINDS,
    All,
    Fixed,
    Form,
    Lists,
    Members,
    Nulls,
    Numbers,
    Objects,
    Part,
    Texts,
    full,
    kind_of,
)
from upheld.diff.include import Inclusion
from upheld.diff.leaf import Leaf, Steps, is_component, type_name
from upheld.diff.matching import matched, strange
from upheld.diff.meeting import member
from upheld.diff.names import Names
from upheld.diff.said import Said
from upheld.model import Json
from upheld.pointer import escaped

Whole: TypeAlias = tuple[All, All]
"""The nodes of both sides, the sending one first."""


TRIED_MOST = 12
"""So many values are tried where conditions differ that are told apart by their text alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """Two schemas below two others."""

    whole: Whole
    step: tuple[Part, str | int] | None = None
    """On the sending side, the part and the member or item of it."""
    quiet: bool
    """Whether those above accept the same."""
    plain: bool
    """Whether there was nothing else that the accepting side could take it for: no union on the way."""
    defaults: bool = True
    """Whether a default is told: not of what may be missing on one side alone, where it says no more than that."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A leaf, and how it is reached from the root."""

    leaf: Leaf
    steps: Steps
    plain: bool
    """Whether there is no union on the way."""


Found: TypeAlias = Iterator[Leaf | Child]


class Walker:
    """Finds the leaves of two schemas."""

    def __init__(self, inclusion: Inclusion, pure: Inclusion, same: Callable[[All, All], bool]) -> None:
        """Take what decides; what decides by JSON Schema alone, whose equals have no leaves; and what is the same."""
        self._inclusion = inclusion
        self._pure = pure
        self._same = same
        self._instances = inclusion.instances
        self._nodes = inclusion.forms.nodes
        self._said = Said(self._nodes)
        self._names_of = Names(inclusion.forms)
        self._visits: dict[tuple[Whole, bool], tuple[Leaf | Child, ...]] = {}

    def leaves(self, small: All, big: All) -> Iterator[Reached]:
        """Yield the leaves of two schemas, in the order of their members, and how they are reached.

        What is found at two schemas is found once: the same leaf is the same object wherever it is reached from.
        """
        seen: set[Whole] = set()
        waiting = [Child(whole=(small, big), quiet=False, plain=True)]
        steps: list[Steps] = [()]
        while waiting:
            child, above = waiting.pop(), steps.pop()
            if child.whole in seen or self._same(*child.whole):
                continue
            seen.add(child.whole)
            inner: list[tuple[Child, Steps]] = []
            for found in self._visit(child):
                if isinstance(found, Leaf):
                    if child.defaults or found.what != "default":
                        yield Reached(found, above, child.plain)
                else:
                    step = () if found.step is None else (found.step,)
                    inner.append((replace(found, plain=found.plain and child.plain), (*above, *step)))
            for one, way in reversed(inner):
                waiting.append(one)
                steps.append(way)

    def _visit(self, child: Child) -> tuple[Leaf | Child, ...]:
        key = (child.whole, child.quiet)
        if key not in self._visits:
            self._visits[key] = tuple(self._walk(child.whole, quiet=child.quiet))
        return self._visits[key]

    def _walk(self, whole: Whole, *, quiet: bool) -> Found:
        """Yield the leaves of two schemas; of `quiet` ones, which accept the same, only what no validator looks at."""
        yield from self._said.leaves(whole)
        quiet = quiet or self._is_equal(*whole)
        sent, accepted = (self._form(condition) for condition in whole)
        if not quiet and any(not form.parts or _is_any(form) for form in (sent, accepted)):
            yield self._extreme(sent, accepted, whole)
            return
        for kind in KINDS:
            mine, theirs = sent.of(kind), accepted.of(kind)
            if mine and theirs:
                yield from self._kind(mine, theirs, whole, quiet=quiet)
            elif (mine or theirs) and not quiet and not self._is_taken(mine or theirs, whole[1 if mine else 0]):
                yield self._type(kind, mine, whole)

    def _form(self, condition: All) -> Form:
        """Return the form of nodes as people know it; on the wire null is nothing."""
        form = self._inclusion.forms.form(condition)
        wire = self._inclusion.wire
        return Form(tuple(part for part in form.parts if not isinstance(part, Nulls))) if wire else form

    def _is_taken(self, parts: Sequence[Part], condition: All) -> bool:
        """Whether nodes would accept some parts though none of theirs is of that type: a number for a text."""
        form = self._pure.form(condition, big=True)
        return all(isinstance(self._pure.cover(part, form.of(kind_of(part))), Included) for part in parts)

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

    def _kind(self, sent: Sequence[Part], accepted: Sequence[Part], whole: Whole, *, quiet: bool) -> Found:
        pairs, lost, gained = matched(sent, accepted, self._inclusion)
        if len(sent) == len(accepted) == 1 and pairs and self._is_replaced(*pairs[0]):
            pairs, lost, gained = [], list(sent), list(accepted)
        for one, other in pairs:
            pair = self._pair(one, other, whole, plain=len(accepted) == 1 and not self._inclusion.wire)
            if one.atoms != other.atoms and not quiet:
                yield from self._conditions(one, other, whole)
            yield from self._said.renamed(pair)
            yield from formats(pair, *(self._said.of_part(part, "format") for part in (one, other)))
            if not quiet:
                yield from aspects(pair, self._inclusion)
            yield from self._within(pair, quiet=quiet)
        if quiet:
            return
        for part in lost:
            yield from self._alternative(part, accepted, whole, loses=True)
        for part in gained:
            yield from self._alternative(part, sent, whole, loses=False)

    def _is_replaced(self, one: Part, other: Part) -> bool:
        """Whether another schema stands where one stood, with little in common: its members are not told one by one."""
        if not isinstance(one, Objects) or not isinstance(other, Objects):
            return False
        return strange(one, other) and self._said.are_others(one.origin, other.origin)

    def _pair(self, one: Part, other: Part, whole: Whole, *, plain: bool) -> Pair:
        places = self._place(one, whole[0]), self._place(other, whole[1])
        named = [is_component(place) for place in places]
        about = next(iter(filter(None, self._places(whole))), None) if named[0] != named[1] else None
        return Pair(one, other, *places, plain, about)

    def _conditions(self, one: Part, other: Part, whole: Whole) -> Iterator[Leaf]:
        """Yield the leaf of conditions that are told apart by their text alone; those of a union are the whole's."""
        lost, gained = other.atoms - one.atoms, one.atoms - other.atoms
        leaf = Pair(one, other, *self._places(whole)).leaf("schema", loses=bool(lost), unsure=bool(lost))
        if lost:
            yield replace(leaf, values=tuple(self._instances.of_part(one, TRIED_MOST)))
        elif gained:
            yield leaf

    def _within(self, pair: Pair, *, quiet: bool) -> Found:
        match pair.one, pair.other:
            case Lists() as one, Lists() as other:
                for at in range(max(len(one.prefix), len(other.prefix)) + 1):
                    if any(part.high is not None and at >= part.high for part in (one, other)):
                        break
                    yield Child(whole=(one.item(at), other.item(at)), step=(one, at), quiet=quiet, plain=pair.plain)
            case Objects() as one, Objects() as other:
                yield from self._objects(pair, one, other, quiet=quiet)
            case Texts(content=tuple() as held), Texts(content=tuple() as wanted):
                yield Child(whole=(held, wanted), step=(pair.one, ""), quiet=quiet, plain=False)

    def _type(self, kind: type[Part], sent: Sequence[Part], whole: Whole) -> Leaf:
        """Return the leaf of a type that one side alone has: the sending one, if parts of it are given."""
        values = [value for part in sent for value in self._instances.of_part(part, 3 if self._inclusion.wire else 1)]
        small, big = self._places(whole)
        return Leaf(
            what="null" if kind is Nulls else "type",
            loses=bool(sent),
            small=small,
            big=big,
            values=tuple(values),
            unsure=bool(sent) and not values,
            sent=self._types(whole[0]),
            accepted=self._types(whole[1]),
        )

    def _extreme(self, sent: Form, accepted: Form, whole: Whole) -> Leaf:
        """Return the one leaf of schemas of which one accepts anything or nothing."""
        loses = not accepted.parts or _is_any(sent)
        kinds = {kind_of(part) for part in accepted.parts}
        lost = [part for part in sent.parts if kind_of(part) not in kinds] or list(sent.parts)
        small, big = self._places(whole)
        return Leaf(
            what="type",
            loses=loses,
            small=small,
            big=big,
            values=tuple(value for part in lost for value in self._instances.of_part(part)) if loses else (),
            unsure=loses,
            sent=self._types(whole[0]),
            accepted=self._types(whole[1]),
        )

    def _types(self, condition: All) -> str:
        names = dict.fromkeys(type_name(part) for part in self._inclusion.forms.form(condition).parts)
        return "any" if len(names) >= len(KINDS) else " or ".join(names) or "nothing"

    def _alternative(self, part: Part, others: Sequence[Part], whole: Whole, *, loses: bool) -> Iterator[Leaf]:
        """Yield the leaf of a part that has no counterpart, unless the others make up for it."""
        answer = self._inclusion.cover(part, others) if loses else self._pure.cover(part, others)
        if isinstance(answer, Included):
            return
        listed = isinstance(part, Fixed) or (isinstance(part, Numbers | Texts) and part.values is not None)
        place = self._place(part, whole[not loses])
        small, big = self._places(whole)
        called = self._names_of.of(part, others, big if loses else small)
        yield Leaf(
            what="enum-value" if listed else "alternative",
            loses=loses,
            small=place if loses else small,
            big=big if loses else place,
            about=big if loses else small,
            values=answer.values if loses and isinstance(answer, Refused) else (),
            unsure=loses and not isinstance(answer, Refused),
            sent=called if loses else "",
            accepted="" if loses else called,
        )

    def _places(self, whole: Whole) -> tuple[str | None, str | None]:
        """Return where nodes stand; where both are but references, where they lead to."""
        found = [condition[0] if condition else -1 for condition in whole]
        led = [self._nodes.resolved(node) if node >= 0 else -1 for node in found]
        references = all(one != other for one, other in zip(found, led, strict=True))
        nodes = led if references and not self._said.are_others(*led) else found
        small, big = (self._held(node) for node in nodes)
        return small, big

    def _held(self, node: int) -> str | None:
        return self._nodes.place(node) if node >= 0 and self._nodes[node].source is not None else None

    def _place(self, part: Part | None, whole: All) -> str | None:
        node = part.origin if part is not None and part.origin >= 0 else self._nodes.resolved(whole[0]) if whole else -1
        return self._held(node)

    # Members ----------------------------------------------------------------------------------------------------

    def _objects(self, pair: Pair, one: Objects, other: Objects, *, quiet: bool) -> Found:
        names = [*one.members, *sorted(one.required), *other.members, *sorted(other.required)]
        for name in dict.fromkeys(names):
            yield from self._member(pair, one, other, name, quiet=quiet)
        yield from self._said.visibility(one, other)
        theirs = dict(other.patterns)
        for pattern, condition in one.patterns:
            if pattern in theirs:
                name = next(iter(strings.some(Texts(patterns=frozenset({pattern})))), pattern)
                yield Child(whole=(condition, theirs[pattern]), step=(one, name), quiet=quiet, plain=pair.plain)
        yield from self._extra(pair, one, other, quiet=quiet)

    def _member(self, pair: Pair, one: Objects, other: Objects, name: str, *, quiet: bool) -> Found:
        mine, theirs = (name in part.members or name in part.required for part in (one, other))
        whole = member(one, name), member(other, name)
        if mine and theirs:
            alike = (name in one.required) == (name in other.required)
            if not self._same(*whole):
                yield Child(whole=whole, step=(one, name), quiet=quiet, plain=pair.plain, defaults=alike)
            if quiet or alike:
                return
        places = [
            self._held(condition[0] if condition else -1) or (f"{place}/properties/{escaped(name)}" if place else None)
            for condition, place in zip(whole, (pair.small, pair.big), strict=True)
        ]
        if mine and theirs:
            loses = name in other.required
            values = self._objects_of(one, {name: ABSENT}) if loses else ()
            leaf = pair.leaf("member-required", loses=loses, values=values, unsure=loses and not values)
            yield replace(leaf, small=places[0], big=places[1], about=None)
            return
        if quiet or (self._said.is_spared(pair, name) and name not in one.required | other.required):
            return
        part = one if mine else other
        values, unsure = self._member_values(one, other, name, mine=mine)
        if self._said.is_spared(pair, name):
            leaf = pair.leaf("member-required", loses=theirs, values=values if theirs else (), unsure=theirs)
            yield replace(leaf, small=places[0] if mine else None, big=places[1] if theirs else None, about=None)
            return
        leaf = pair.leaf(
            "required-member" if name in part.required else "member", loses=theirs, values=values, unsure=unsure
        )
        gone = self._said.of(whole[0] if mine else whole[1], "deprecated") is True
        small, big = (places[0] if mine else None), (places[1] if theirs else None)
        yield replace(leaf, small=small, big=big, about=None, deprecated=gone)

    def _member_values(self, one: Objects, other: Objects, name: str, *, mine: bool) -> tuple[tuple[Json, ...], bool]:
        """Return objects that show that one side alone knows a member, and whether there may be others."""
        if not mine and name in other.required:
            values = self._objects_of(one, {name: ABSENT})
            return values, not values
        if not mine and not one.says_extra:
            return (), False
        answer = self._inclusion.decide(member(one, name), member(other, name))
        if isinstance(answer, Included):
            return (), False
        values = answer.values if isinstance(answer, Refused) else ()
        return self._objects_of(one, *({name: value} for value in values)), True

    def _objects_of(self, part: Objects, *given: dict[str, Json]) -> tuple[Json, ...]:
        made = (self._instances.object(part, one) for one in given)
        return tuple(value for value in made if value is not None)

    def _extra(self, pair: Pair, one: Objects, other: Objects, *, quiet: bool) -> Found:
        """Yield the leaves of the members without a name of their own."""
        never = self._nodes.never
        name = next(self._instances.names(one, 3), "")
        maps = one.says_extra and other.says_extra and never not in (one.extra, other.extra)
        if maps and name:
            whole = one.extra or EVERYTHING, other.extra or EVERYTHING
            yield Child(whole=whole, step=(one, name), quiet=quiet, plain=pair.plain)
        patterns = [{pattern for pattern, _ in part.patterns} for part in (one, other)]
        alike = one.names == other.names and patterns[0] == patterns[1]
        if quiet or (alike and (maps or one.extra == other.extra)):
            return
        # As if nothing else was different; the members that one side alone names are told of already.
        names = Members({**other.members, **one.members})
        mine = replace(one, members=names, low=0, high=None)
        theirs = replace(other, members=names, required=one.required, low=0, high=None, atoms=one.atoms)
        lost = self._inclusion.within(mine, theirs)
        if not isinstance(lost, Included):
            given = lost.values if isinstance(lost, Refused) else ()
            values = self._objects_of(one, *(value for value in given if isinstance(value, dict)))
            yield pair.leaf("extra-members", loses=True, values=values, unsure=True)
        elif not isinstance(self._pure.within(mine, theirs), Included):
            yield pair.leaf("extra-members", loses=True)
        elif not isinstance(self._pure.within(theirs, mine), Included):
            yield pair.leaf("extra-members", loses=False)


def _is_any(form: Form) -> bool:
    """Whether a form accepts anything, null perhaps apart."""
    return all(full(kind) in form.parts for kind in KINDS if kind is not Nulls)
