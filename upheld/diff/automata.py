"""Whether all texts of one kind are texts of others, decided; with the shortest that are not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from upheld.diff.expressions import ANY, Counted, UnsureError, counted, sets
from upheld.diff.machine import ALWAYS, NEVER, Alphabet, Budget, Machine, Mask, State

__all__ = ["Language", "UnsureError", "word"]

_STEPS_MOST = 500_000
"""About as many microseconds."""
_LENGTH_MOST = 100_000

_Place = tuple[State, ...]
"""Where a text leads in the automaton of each expression."""
_Way = tuple[str, frozenset[_Place]]
"""A character, and the places that it leads to."""


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
    others = [
        Language(tuple(pattern for pattern in one.patterns if pattern not in inside.patterns), one.low, one.high)
        for one in outside
    ]
    read: dict[str, Counted] = {}
    doubt: UnsureError | None = None
    for pattern in sorted({pattern for one in (inside, *others) for pattern in one.patterns}):
        try:
            read[pattern] = counted(pattern)
        except UnsureError as error:
            doubt = error
    # Fewer conditions and fewer exceptions leave more texts: where those are none, there were none before.
    kept = Language(tuple(pattern for pattern in inside.patterns if pattern in read), inside.low, inside.high)
    search = _begun(kept, [one for one in others if read.keys() >= set(one.patterns)], read)
    found = tuple(islice(search.words(), count if doubt is None else 1))
    if doubt is not None and found:
        raise doubt
    return found


@dataclass(frozen=True, slots=True)
class _Texts:
    """A language, its patterns told by their part of a place."""

    parts: tuple[int, ...]
    low: int
    high: int | None

    def has(self, length: int) -> bool:
        return self.low <= length and (self.high is None or length <= self.high)

    def is_room(self, length: int, others: Sequence["_Texts"]) -> bool:
        """Return whether it has some length, from one on, that no other has."""
        length = max(length, self.low)
        for other in sorted(others, key=lambda other: other.low):
            if other.has(length):
                if other.high is None:
                    return False
                length = other.high + 1
        return self.has(length)


def _begun(inside: Language, outside: Sequence[Language], read: Mapping[str, Counted]) -> "_Search":
    numbers = {pattern: number for number, pattern in enumerate(read)}

    def texts(language: Language) -> _Texts:
        lows, highs = [language.low], [language.high]
        for pattern in language.patterns:
            _, low, high = read[pattern]
            lows.append(low)
            highs.append(high)
        parts = tuple(numbers[pattern] for pattern in language.patterns)
        return _Texts(parts, max(lows), min((high for high in highs if high is not None), default=None))

    nodes = [node for node, _, _ in read.values()]
    alphabet = Alphabet([ANY, *(found for node in nodes for found in sets(node))])
    machine = Machine(alphabet, Budget(_STEPS_MOST))
    start = tuple(machine.start(node) for node in nodes)
    return _Search(machine, texts(inside), [texts(one) for one in outside], start)


class _Search:
    """All automata walked at once, one length of texts after another."""

    def __init__(self, machine: Machine, inside: _Texts, outside: Sequence[_Texts], start: _Place) -> None:
        self.machine = machine
        self.inside = inside
        self.outside = outside
        self.whole = [one for one in outside if not inside.is_room(0, [one])]
        """What takes away every length there is."""
        self.ways: dict[_Place, tuple[tuple[Mask, _Place], ...]] = {}
        self.exceptions: dict[_Place, tuple[_Texts, ...] | None] = {}
        self.layers = [frozenset() if self.is_lost(start) else frozenset({start})]
        """Where texts of each length lead, as far as it may matter."""
        self.numbers = {self.layers[0]: 0}
        self.period = 0
        """After so many layers the last of them come again; 0 as long as that is not seen."""

    def words(self) -> Iterator[str]:
        for length, ends in self.lengths():
            yield from self.spelled(length, ends)

    def lengths(self) -> Iterator[tuple[int, frozenset[_Place]]]:
        """Yield the lengths that the texts sought have, in order, and where these lead."""
        bounded = [self.inside, *self.outside]
        marks = {0, *(one.low for one in bounded), *(one.high + 1 for one in bounded if one.high is not None)}
        length = barren = 0
        while layer := self.layer(length):
            self.machine.budget.spend(5 + 3 * len(layer))
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
            # What was in vain for a whole period stays so until other lengths are wanted.
            if self.period and barren >= self.period:
                later = [mark for mark in marks if mark >= length]
                if not later:
                    return
                length = min(later)

    def layer(self, length: int) -> frozenset[_Place]:
        while len(self.layers) <= length and not self.period:
            following = frozenset(place for before in self.layers[-1] for _, place in self.edges(before))
            self.machine.budget.spend(5 + len(following))
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
        """Return where another character leads, without what leads nowhere.

        What has to match is followed thread by thread: one that gets through will do, and there are far fewer threads
        than sets of them. What must not match has to be known whole.
        """
        if place not in self.ways:
            found: list[tuple[Mask, _Place]] = [(self.machine.alphabet.all, ())]
            for part, state in enumerate(place):
                moves = self.machine.moves(state)
                if part in self.inside.parts:
                    moves = tuple((mask, single) for mask, to in moves for single in self.machine.split(to))
                self.machine.budget.spend(5 + 2 * len(found) * len(moves))
                found = [(a & b, (*so_far, to)) for a, so_far in found for b, to in moves if a & b]
            merged: dict[_Place, Mask] = {}
            for mask, to in found:
                merged[to] = merged.get(to, 0) | mask
            self.ways[place] = tuple((mask, to) for to, mask in merged.items() if not self.is_lost(to))
        return self.ways[place]

    def is_lost(self, place: _Place) -> bool:
        """Return whether no text that begins so is sought."""
        return any(place[part] == NEVER for part in self.inside.parts) or any(
            all(place[part] == ALWAYS for part in one.parts) for one in self.whole
        )

    def excepted(self, place: _Place) -> tuple[_Texts, ...] | None:
        """Return what takes lengths away from the texts that lead here; `None` where these are not inside."""
        if place not in self.exceptions:
            accepted = {part for part, state in enumerate(place) if self.machine.accepts(state)}
            taken = tuple(one for one in self.outside if accepted.issuperset(one.parts))
            self.exceptions[place] = taken if accepted.issuperset(self.inside.parts) else None
        return self.exceptions[place]

    def is_sought(self, place: _Place, length: int) -> bool:
        taken = self.excepted(place)
        return taken is not None and self.inside.has(length) and not any(one.has(length) for one in taken)

    def has_hope(self, layer: frozenset[_Place], length: int) -> bool:
        """Return whether a place can be reached that is right for some length still to come."""
        seen, fresh = set(layer), list(layer)
        while fresh:
            following: list[_Place] = []
            for place in fresh:
                taken = self.excepted(place)
                if taken is not None and self.inside.is_room(length, taken):
                    return True
                self.machine.budget.spend(5 + len(self.outside))
                further = [to for _, to in self.edges(place) if to not in seen]
                seen.update(further)
                following += further
            fresh = following
            length += 1  # no text leads here that is shorter
        return False

    def spelled(self, length: int, ends: frozenset[_Place]) -> Iterator[str]:
        """Yield all texts of a length that lead to some places."""
        if length > _LENGTH_MOST:
            raise UnsureError(f"a text of {length} characters")
        ahead = [ends]
        before: dict[tuple[frozenset[_Place], frozenset[_Place]], frozenset[_Place]] = {}
        for number in reversed(range(length)):
            step = self.layer(number), ahead[-1]
            if step not in before:
                self.machine.budget.spend(1 + len(step[0]))
                before[step] = frozenset(p for p in step[0] if any(to in step[1] for _, to in self.edges(p)))
            ahead.append(before[step])
        if not length:
            yield ""
            return
        chars: list[str] = []
        trail, numbers = [ahead[length]], [0]
        forks: dict[tuple[frozenset[_Place], frozenset[_Place]], _Fork] = {}
        while trail:
            fork = trail[-1], ahead[length - len(trail)]
            if fork not in forks:
                forks[fork] = _Fork(self.steps(*fork))
            way = forks[fork].way(numbers[-1])
            numbers[-1] += 1
            if way is None:
                trail.pop()
                numbers.pop()
                del chars[-1:]
            elif len(trail) == length:
                yield "".join((*chars, way[0]))
            else:
                chars.append(way[0])
                trail.append(way[1])
                numbers.append(0)

    def steps(self, places: frozenset[_Place], ahead: frozenset[_Place]) -> Iterator[_Way]:
        """Yield the characters that lead on to some places, each once, and to which; those that read well first."""
        ways = [(mask, to) for place in places for mask, to in self.edges(place) if to in ahead]
        found: dict[frozenset[_Place], Mask] = {}
        for block in self.machine.blocks(mask for mask, _ in ways):
            reached = frozenset(to for mask, to in ways if mask & block)
            found[reached] = found.get(reached, 0) | block
        found.pop(frozenset(), None)
        for reached, mask in sorted(found.items(), key=lambda way: way[1] & -way[1]):
            yield from ((char, reached) for char in self.machine.alphabet.characters(mask))


class _Fork:
    """Ways on, found as they are asked for, and found once: long texts come through the same fork again and again."""

    def __init__(self, ways: Iterator[_Way]) -> None:
        self.ways = ways
        self.known: list[_Way] = []

    def way(self, number: int) -> _Way | None:
        if number == len(self.known):
            self.known += islice(self.ways, 1)
        return self.known[number] if number < len(self.known) else None
