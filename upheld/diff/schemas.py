"""Two schemas of one place to what changed there, each change with its verdict and the value that shows a break."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from upheld.diff.answer import Included, Refused
from upheld.diff.confirm import Validators
from upheld.diff.finding import ABSENT, Finding
from upheld.diff.forms import All, Lists, Objects, Texts, written
from upheld.diff.include import Inclusion
from upheld.diff.instances import Instances
from upheld.diff.leaf import Leaf, Steps, type_name
from upheld.diff.nodes import Nodes, Source
from upheld.diff.normal import Forms
from upheld.diff.sameness import Sameness
from upheld.diff.walk import Reached, Walker
from upheld.diff.wire import is_written
from upheld.diff.words import message, rule, subject
from upheld.model import Json, Proof, Side, Verdict
from upheld.pointer import pointer

SPARED = {Side.REQUEST: "readOnly", Side.RESPONSE: "writeOnly"}
VARIED_MOST = 2
"""So many values are put into different objects where the smallest shows nothing."""
WHOLE = frozenset({"alternative", "enum-value", "null", "schema", "type"})
"""What a schema that accepts anything can differ in: it stands somewhere, though it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a schema stands in both documents, and how what it describes is sent."""

    side: Side
    old: Json
    new: Json
    old_tokens: tuple[str, ...]
    """To the schema, from the document."""
    new_tokens: tuple[str, ...]
    wire: bool = False
    """Whether it is text there: in an address, a header or a form."""


class Schemas:
    """Compares the schemas of two documents, each pair once."""

    def __init__(self, old: Mapping[str, Json], new: Mapping[str, Json], sameness: Sameness) -> None:
        """Take both documents."""
        self._sources = {
            (name, side): Source(name=name, document=document, spared=SPARED[side] if _is_3_0(document) else "")
            for name, document in (("the old contract", old), ("the new contract", new))
            for side in Side
        }
        self._sameness = sameness
        self._nodes = Nodes()
        forms = self._forms = Forms(self._nodes)
        instances = Instances(forms)
        self._closed = {wire: Inclusion(forms, instances, wire=wire, same=self._same) for wire in (False, True)}
        self._instances = instances
        pure = {
            wire: Inclusion(forms, instances, closed=False, wire=wire, same=self._same, values=1)
            for wire in (False, True)
        }
        self._walkers = {wire: Walker(self._closed[wire], pure[wire], self._same) for wire in (False, True)}
        self._validators = Validators()
        self._proven: dict[tuple[int, Side], tuple[Leaf, Finding]] = {}
        self._known: dict[tuple[int, int, Side, bool], list[Finding]] = {}

    def compare(self, place: Place) -> list[Finding]:
        """Return what changed at a place; the same schemas at two places have the same changes."""
        if self._sameness.same(place.old, place.new):
            return []
        old = self._nodes.of(self._sources["the old contract", place.side], place.old, place.old_tokens)
        new = self._nodes.of(self._sources["the new contract", place.side], place.new, place.new_tokens)
        key = (self._resolved(old), self._resolved(new), place.side, place.wire)
        if key not in self._known:
            self._known[key] = list(self._compared(place, old, new))
        return self._known[key]

    def _resolved(self, condition: All) -> int:
        """Return the node that stands for a schema wherever it is referred to from; -1 for what accepts anything."""
        return self._nodes.resolved(condition[0]) if condition else -1

    def smallest(self, raw: Json, tokens: tuple[str, ...], side: Side, *, old: bool) -> Json:
        """Return a small value that a schema accepts; `ABSENT` where none was found."""
        name = "the old contract" if old else "the new contract"
        values = self._instances.some(self._nodes.of(self._sources[name, side], raw, tokens))
        return values[0] if values else ABSENT

    def kinds(self, raw: Json, tokens: tuple[str, ...], side: Side, *, old: bool) -> frozenset[str]:
        """Return the types of JSON that a schema accepts."""
        name = "the old contract" if old else "the new contract"
        form = self._forms.form(self._nodes.of(self._sources[name, side], raw, tokens))
        return frozenset(type_name(part) for part in form.parts)

    def _same(self, small: All, big: All) -> bool:
        """Return whether two single nodes, one of each document, are word for word the same."""
        if len(small) != 1 or len(big) != 1:
            return False
        one, other = self._nodes[small[0]], self._nodes[big[0]]
        if one.source is None or other.source is None:
            return False
        return one.source.name != other.source.name and self._sameness.same(one.raw, other.raw)

    def _compared(self, place: Place, old: All, new: All) -> Iterator[Finding]:
        small, big = (old, new) if place.side is Side.REQUEST else (new, old)
        answer = self._closed[place.wire].decide(small, big)
        whole = Verdict.COMPATIBLE if isinstance(answer, Included) else Verdict.UNDECIDED
        leaves = self._walkers[place.wire].leaves(small, big)
        if place.side is Side.RESPONSE:  # nobody fills in what an answer lacks
            leaves = (reached for reached in leaves if reached.leaf.what != "default")
        found = _smallest(self._told(reached, place, whole) for reached in leaves)
        proven: set[tuple[str, str]] = set()
        for one in found:
            if one.value is not ABSENT and one.rule.endswith(("-schema-narrowed", "-schema-widened")):
                proof = (one.rule, written(one.value))
                if proof in proven:  # the same, seen from another part of a union
                    continue
                proven.add(proof)
            yield one
        if whole is Verdict.COMPATIBLE or any(one.verdict is not Verdict.COMPATIBLE for one in found):
            return
        # Something breaks that has no leaf of its own: what is refused is refused for several reasons at once.
        values = answer.values if isinstance(answer, Refused) else ()
        leaf = Leaf(what="schema", loses=True, small=None, big=None, values=values, unsure=True)
        named = self._judged(leaf, (), place, whole)
        old_place, new_place = pointer(place.old_tokens), pointer(place.new_tokens)
        if named.verdict is Verdict.UNDECIDED:
            named = replace(
                named, rule="schema-changed", message=f"{subject(new_place)} changed in a way that is not decided"
            )
        yield replace(named, old=old_place, new=new_place)

    def _told(self, reached: Reached, place: Place, whole: Verdict) -> Finding:
        """Return a leaf with its verdict; what a union cannot make up for is the same wherever it is reached from."""
        key = (id(reached.leaf), place.side)
        if key in self._proven and reached.plain:
            return self._proven[key][1]
        found = self._judged(reached.leaf, reached.steps, place, whole)
        if found.verdict is Verdict.BREAKING or not (reached.leaf.values or reached.leaf.unsure):
            self._proven[key] = (reached.leaf, found)
        return found

    def _judged(self, leaf: Leaf, steps: Steps, place: Place, whole: Verdict) -> Finding:
        """Return a leaf with its verdict: a value breaks if a validator of one side accepts it and the other's not."""
        verdict = whole if leaf.values or leaf.unsure else Verdict.COMPATIBLE
        hidden = any(isinstance(part, Texts) for part, _ in steps)  # a validator may not look into the text
        witness = ABSENT
        for made in self._made(steps, leaf.values):
            if made is ABSENT or (place.wire and not is_written(made)):
                continue
            sent, accepted = self._held(place, made)
            if sent and accepted is False:
                verdict, witness = Verdict.BREAKING, made
                break
            if sent and accepted and not leaf.unsure and not hidden:  # something above makes up for it
                verdict = Verdict.COMPATIBLE
        if verdict is Verdict.UNDECIDED and leaf.what in ("schema", "extra-members"):
            leaf = replace(leaf, what="changed")
        requested = place.side is Side.REQUEST
        old, new = (leaf.small, leaf.big) if requested else (leaf.big, leaf.small)
        if not steps and leaf.what in WHOLE:
            old, new = old or pointer(place.old_tokens), new or pointer(place.new_tokens)
        return Finding(
            rule=rule(leaf, place.side),
            verdict=verdict,
            proof=Proof.WITNESS if verdict is Verdict.BREAKING else Proof.STRUCTURE,
            old=old,
            new=new,
            message=message(leaf, place.side, old, new),
            value=witness,
            deprecated=leaf.deprecated,
        )

    def _made(self, steps: Steps, values: Sequence[Json]) -> Iterator[Json]:
        """Yield values of the root that have one of some values at its place; the smallest, then others.

        A union may take the smallest object for another of its alternatives, whose members are told apart by more.
        """
        yield from (self._embedded(steps, value) for value in values)
        at, part, name = next(
            ((at, part, name) for at, (part, name) in enumerate(reversed(steps)) if isinstance(part, Objects)),
            (0, None, ""),
        )
        if isinstance(part, Objects) and isinstance(name, str):
            above, below = steps[: len(steps) - at - 1], steps[len(steps) - at :]
            for value in values[:VARIED_MOST]:
                inner = self._embedded(below, value)
                around = self._instances.around(part, name, inner) if inner is not ABSENT else ()
                yield from (self._embedded(above, one) for one in around)

    def _embedded(self, steps: Steps, value: Json) -> Json:
        """Return a value within the smallest value of the root that has it at its place."""
        for part, token in reversed(steps):
            made: Json = None
            if isinstance(part, Lists) and isinstance(token, int):
                made = self._instances.array(part, token, value)
            elif isinstance(part, Objects) and isinstance(token, str):
                made = self._instances.object(part, {token: value})
            elif isinstance(part, Texts):
                made = json.dumps(value, ensure_ascii=False)
            if made is None:
                return ABSENT
            value = made
        return value

    def _held(self, place: Place, value: Json) -> tuple[bool | None, bool | None]:
        """Return whether the sending and the accepting side take a value."""
        old, new = (
            self._validators.accepts(self._sources[name, place.side], raw, value, wire=place.wire)
            for name, raw in (("the old contract", place.old), ("the new contract", place.new))
        )
        return (old, new) if place.side is Side.REQUEST else (new, old)


def _smallest(found: Iterable[Finding]) -> list[Finding]:
    """Return changes, those that are told alike once: the one that the smallest value shows."""
    kept: dict[tuple[str, Verdict, str | None, str | None, str], Finding] = {}
    for one in found:
        key = (one.rule, one.verdict, one.old, one.new, one.message)
        other = kept.setdefault(key, one)
        if one.value is not ABSENT and len(written(one.value)) < len(written(other.value)):
            kept[key] = one
    return list(kept.values())


def _is_3_0(document: Mapping[str, Json]) -> bool:
    return str(document.get("openapi", "")).startswith("3.0")
