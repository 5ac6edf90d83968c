"""Whether all texts of one kind are texts of others, decided; with the shortest that are not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from upheld.diff.expressions import ANY, Node, UnsureError, read, sets
from upheld.diff.machine import ALWAYS, NEVER, Alphabet, Budget, Machine, Mask, State

__all__ = ["Language", "UnsureError", "word"]

_STEPS_MOST = 400_000
"""Half a second, about."""
_LENGTH_MOST = 100_000

_Place = tuple[State, ...]
"""Where a text leads in the automaton of each expression."""


@dataclass(frozen=True, slots=True)
class Language:
    """Texts that match all `patterns` and have from `low` to `high` characters.

    Shapes: patterns match anywhere in a text, as JSON Schema has it; lengths count code points.
    """

    patterns: tuple[str, ...] = ()
    low: int = 0
    high: int | None = None


def word(inside: Language, outside: Sequence[Language] = (), *, count: int = 1) -> tuple[str, ...]:
    """Return up to `count` of the shortest texts that are in one language and in none of others; () where none is.

    Shapes: shorter texts first, and those that read well before others; fewer than `count` are all there are.
    Errors: UnsureError where an expression is not read for sure, a text would be very long, or the search grows too
    large; but where what is read is enough to tell that there is no such text, () it is.
    """
    # Within `inside` its own patterns hold already, whatever they mean.
    others = [Language(tuple(set(o.patterns) - set(inside.patterns)), o.low, o.high) for o in outside]
    nodes: dict[str, Node] = {}
    doubt: UnsureError | None = None
    for pattern in sorted({*inside.patterns, *(pattern for other in others for pattern in other.patterns)}):
        try:
            nodes[pattern] = read(pattern)
        except UnsureError as error:
            doubt = error
    # Fewer conditions and fewer exceptions leave more texts: where those are none, there were none before.
    wider = Language(tuple(p for p in inside.patterns if p in nodes), inside.low, inside.high)
    known = [other for other in others if nodes.keys() >= set(other.patterns)]
    found = tuple(islice(_Search.begin(wider, known, nodes).words(), count))
    if doubt is not None and found:
        raise doubt
    return found


@dataclass(slots=True)
class _Search:
    """All automata walked at once, one length of texts after another."""

    machine: Machine
    inside: Language
    outside: list[Language]
    patterns: dict[str, int]
    """The part of a place that each is."""
    layers: list[frozenset[_Place]]
    """Where texts of each length lead, as far as it may matter."""
    period: int = 0
    """After so many layers the last of them come again; 0 as long as that is not seen."""
    numbers: dict[frozenset[_Place], int] = field(default_factory=dict)
    ways: dict[_Place, tuple[tuple[Mask, _Place], ...]] = field(default_factory=dict)
    exceptions: dict[_Place, tuple[Language, ...] | None] = field(default_factory=dict)

    @classmethod
    def begin(cls, inside: Language, outside: list[Language], nodes: dict[str, Node]) -> "_Search":
        """Return a search that has seen the empty text."""
        machine = Machine(
            Alphabet([ANY, *(found for node in nodes.values() for found in sets(node))]), Budget(_STEPS_MOST)
        )
        patterns = {pattern: number for number, pattern in enumerate(nodes)}
        search = cls(machine, inside, outside, patterns, [])
        start = tuple(machine.start(node) for node in nodes.values())
        search.layers.append(frozenset() if search.is_lost(start) else frozenset({start}))
        search.numbers[search.layers[0]] = 0
        return search

    def words(self) -> Iterator[str]:
        for length, ends in self.lengths():
            yield from self.spelled(length, ends)

    def lengths(self) -> Iterator[tuple[int, frozenset[_Place]]]:
        """Yield the lengths that texts sought for have, in order, and where these lead."""
        marks = self.marks()
        length = barren = 0
        while layer := self.layer(length):
            if length in marks:
                barren = 0
                if not self.has_hope(layer, length):
                    return
            if ends := frozenset(place for place in layer if self.is_sought(place, length)):
                yield length, ends
                barren = 0
            else:
                barren += 1
            length += 1
            # What was in vain for a whole period stays so until another length makes a difference.
            if self.period and barren >= self.period:
                later = [mark for mark in marks if mark >= length]
                if not later:
                    return
                length = min(later)

    def marks(self) -> set[int]:
        """Return the lengths from which on others are wanted."""
        all_ = [self.inside, *self.outside]
        return {0, *(one.low for one in all_), *(one.high + 1 for one in all_ if one.high is not None)}

    def layer(self, length: int) -> frozenset[_Place]:
        while len(self.layers) <= length and not self.period:
            following = frozenset(place for before in self.layers[-1] for _, place in self.edges(before))
            self.machine.budget.spend(len(following) + 1)
            if following in self.numbers:
                self.period = len(self.layers) - self.numbers[following]
            else:
                self.numbers[following] = len(self.layers)
                self.layers.append(following)
        if length >= len(self.layers):
            first = len(self.layers) - self.period
            length = first + (length - first) % self.period
        return self.layers[length]

    def edges(self, place: _Place) -> tuple[tuple[Mask, _Place], ...]:
        """Return where another character leads, those that read well first; without what leads nowhere."""
        if place not in self.ways:
            found: list[tuple[Mask, _Place]] = [(self.machine.alphabet.all, ())]
            for state in place:
                moves = self.machine.moves(state)
                self.machine.budget.spend(len(found) * len(moves))
                found = [(a & b, (*so_far, to)) for a, so_far in found for b, to in moves if a & b]
            merged: dict[_Place, Mask] = {}
            for mask, to in found:
                if not self.is_lost(to):
                    merged[to] = merged.get(to, 0) | mask
            self.ways[place] = tuple(sorted(((m, to) for to, m in merged.items()), key=lambda way: way[0] & -way[0]))
        return self.ways[place]

    def is_lost(self, place: _Place) -> bool:
        """Return whether no text that begins so is sought for."""
        return any(place[self.patterns[pattern]] == NEVER for pattern in self.inside.patterns) or any(
            all(place[self.patterns[pattern]] == ALWAYS for pattern in other.patterns)
            and not self.is_room(self.inside.low, [other])
            for other in self.outside
        )

    def is_room(self, length: int, exceptions: Sequence[Language]) -> bool:
        """Return whether some length is wanted, from one on, that no exception has."""
        for other in sorted(exceptions, key=lambda other: other.low):
            if other.low > length:
                break
            if other.high is None:
                return False
            length = max(length, other.high + 1)
        return self.inside.high is None or length <= self.inside.high

    def excepted(self, place: _Place) -> tuple[Language, ...] | None:
        """Return what takes away some lengths of the texts that lead here; `None` where these do not match."""
        if place not in self.exceptions:
            accepted = {pattern for pattern, part in self.patterns.items() if self.machine.accepts(place[part])}
            self.exceptions[place] = (
                tuple(other for other in self.outside if accepted.issuperset(other.patterns))
                if accepted.issuperset(self.inside.patterns)
                else None
            )
        return self.exceptions[place]

    def is_sought(self, place: _Place, length: int) -> bool:
        exceptions = self.excepted(place)
        if exceptions is None or length < self.inside.low:
            return False
        return (self.inside.high is None or length <= self.inside.high) and not any(
            other.low <= length and (other.high is None or length <= other.high) for other in exceptions
        )

    def has_hope(self, layer: frozenset[_Place], length: int) -> bool:
        """Return whether any place that can be reached would be right for a text of some length still to come."""
        length = max(length, self.inside.low)
        seen, fresh = set(layer), list(layer)
        while fresh:
            following: list[_Place] = []
            for place in fresh:
                exceptions = self.excepted(place)
                if exceptions is not None and self.is_room(length, exceptions):
                    return True
                self.machine.budget.spend(1)
                for _, to in self.edges(place):
                    if to not in seen:
                        seen.add(to)
                        following.append(to)
            fresh = following
        return False

    def spelled(self, length: int, ends: frozenset[_Place]) -> Iterator[str]:
        """Yield all texts of a length that lead to some places."""
        if length > _LENGTH_MOST:
            raise UnsureError(f"a text of {length} characters")
        ahead = [ends]
        for number in reversed(range(length)):
            layer = self.layer(number)
            self.machine.budget.spend(len(layer))
            ahead.append(frozenset(p for p in layer if any(to in ahead[-1] for _, to in self.edges(p))))
        ahead.reverse()
        chars: list[str] = []
        ways = [self.steps(place, ahead[1:2]) for place in ahead[0]] if length else []
        if not length:
            yield ""
        while ways:
            step = next(ways[-1], None)
            if step is None:
                ways.pop()
                del chars[-1:]
                continue
            char, place = step
            if len(ways) == length:
                yield "".join(chars) + char
            else:
                chars.append(char)
                ways.append(self.steps(place, ahead[len(ways) + 1 : len(ways) + 2]))

    def steps(self, place: _Place, ahead: list[frozenset[_Place]]) -> Iterator[tuple[str, _Place]]:
        """Yield the characters that lead on, and where."""
        return (
            (char, to)
            for mask, to in self.edges(place)
            if to in ahead[0]
            for char in self.machine.alphabet.characters(mask)
        )
