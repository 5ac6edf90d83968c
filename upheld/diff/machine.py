"""Expressions run as one deterministic automaton, whose states are made as they are reached.

A thread is what is still to be matched, with what looking ahead has promised meanwhile; a state is all threads that a
text leaves alive. Nothing is unrolled in advance: `a{1,100000}` costs what is walked of it. Texts match as they do in a
search: before the expression and behind it there may be anything.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Never, assert_never

from upheld.diff.expressions import (
    ANY,
    Ahead,
    Chars,
    Choice,
    End,
    Intervals,
    Node,
    Repeat,
    Sequence,
    Start,
    UnsureError,
)

Mask = int
"""A set of kinds of characters, one bit each."""
Term = int
"""What is still to be matched."""
State = int
Look = tuple[Term, bool]
"""What the rest of the text has to begin with, or, true, must not."""
Promise = tuple[State, bool]
"""The same, under way."""
Thread = tuple[Term, frozenset[Promise]]

NEVER: State = 0
"""Whatever comes, it will not match."""
ALWAYS: State = 1
"""Whatever comes, it will match."""
_REST: Term = 0
"""Any text."""
_NOTHING: frozenset[Never] = frozenset()
_Part = tuple[Chars | Choice | Repeat | Start | End | Ahead, tuple[int, int | None], Term]
"""An item, how often it is still to come where it is a `Repeat`, and what follows it."""
_Threads = tuple[frozenset[Thread], bool]
"""And whether the text begins here."""
_Way = tuple[Term, frozenset[Look], bool]
"""How far one got without a character: what is still to be matched, what was promised, whether the text has to end."""
_READABLE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,:;!?/+*=@#$%&~^|()[]{}<>'\"`\\ \n\t\r"


@dataclass(slots=True)
class Budget:
    """What a search may still cost; a step of any kind costs one."""

    left: int

    def spend(self, steps: int) -> None:
        """Errors: UnsureError when nothing is left."""
        self.left -= steps
        if self.left < 0:
            raise UnsureError("the search grows too large")


class Alphabet:
    """Characters, sorted into kinds that no expression tells apart; those that people read come first."""

    def __init__(self, sets: Iterable[Intervals]) -> None:
        meant = list(dict.fromkeys(sets))
        changes: dict[int, Mask] = {}
        for bit, intervals in enumerate(meant):
            for first, last in intervals:
                changes[first] = changes.get(first, 0) ^ 1 << bit
                changes[last + 1] = changes.get(last + 1, 0) ^ 1 << bit
        found: dict[Mask, list[tuple[int, int]]] = {}
        places = sorted(changes)
        within = 0
        for first, following in pairwise(places):
            within ^= changes[first]
            if within:
                found.setdefault(within, []).append((first, following - 1))
        order = sorted(found, key=lambda within: _rank(next(_characters(found[within]))))
        self.kinds = [found[within] for within in order]
        self.all = (1 << len(order)) - 1
        self._masks = dict.fromkeys(meant, 0)
        for kind, within in enumerate(order):
            for bit in bits(within):
                self._masks[meant[bit]] |= 1 << kind

    def mask(self, intervals: Intervals) -> Mask:
        """Return the kinds that make up one of the sets that it was made for."""
        return self._masks[intervals]

    def characters(self, mask: Mask) -> Iterator[str]:
        """Yield every character of some kinds, those that people read first."""
        for kind in bits(mask):
            yield from _characters(self.kinds[kind])


def bits(mask: Mask) -> Iterator[int]:
    """Yield the numbers of the bits that are set, the smallest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _characters(intervals: list[tuple[int, int]]) -> Iterator[str]:
    yield from (char for char in _READABLE if any(first <= ord(char) <= last for first, last in intervals))
    for low, high in ((0xA1, 0x10FFFF), (0, 0x1F), (0x7F, 0xA0)):  # control characters last
        for first, last in intervals:
            codes = range(max(first, low), min(last, high) + 1)
            yield from (char for char in map(chr, codes) if char not in _READABLE)


def _rank(char: str) -> tuple[int, str]:
    return _READABLE.find(char) % (len(_READABLE) + 1), char


@dataclass(frozen=True, slots=True)
class _Opened:
    """What can come next of a term."""

    steps: tuple[tuple[Mask, Term, frozenset[Look]], ...]
    ends: tuple[frozenset[Look], ...]
    """What each way to end here relies on."""
    alive: bool


@dataclass(slots=True)
class Machine:
    """The automaton of some expressions, all of which share its states."""

    alphabet: Alphabet
    budget: Budget
    _terms: list[_Part] = field(default_factory=list)
    _numbers: dict[_Part, Term] = field(default_factory=dict)
    _opened: dict[tuple[Term, bool], _Opened] = field(default_factory=dict)
    _states: list[_Threads] = field(default_factory=list)
    _known: dict[_Threads, State] = field(default_factory=dict)
    _moves: dict[State, tuple[tuple[Mask, State], ...]] = field(default_factory=dict)
    _accepts: dict[State, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._term(Repeat(Chars(ANY), 0, None), _REST)  # any text and then any text
        self._state(frozenset(), begins=False)
        self._state(frozenset({(_REST, _NOTHING)}), begins=False)

    def start(self, expression: Node) -> State:
        """Return the state that the empty text leads to."""
        padded = expression if _anchored(expression) else Sequence((Repeat(Chars(ANY), 0, None), expression))
        return self._state(frozenset({(self._term(padded, _REST), _NOTHING)}), begins=True)

    def accepts(self, state: State) -> bool:
        """Return whether a text that leads to the state matches."""
        if state not in self._accepts:
            threads, begins = self._states[state]
            self._accepts[state] = any(
                self._kept(promises) and any(self._kept(self._under_way(looks, begins=begins)) for looks in ends)
                for term, promises in threads
                for ends in [self._open(term, begins=begins).ends]
            )
        return self._accepts[state]

    def moves(self, state: State) -> tuple[tuple[Mask, State], ...]:
        """Return the states that further characters lead to; every kind of character is in one of the masks."""
        if state not in self._moves:
            self._moves[state] = tuple(self._made(state))
        return self._moves[state]

    def split(self, state: State) -> tuple[State, ...]:
        """Return states that together are one: what matches there matches in one of these."""
        threads, begins = self._states[state]
        return tuple(self._state(frozenset({thread}), begins=begins) for thread in threads)

    def blocks(self, cuts: Iterable[Mask]) -> list[Mask]:
        """Return all kinds of characters, in as few masks as there have to be for each to be in or out of every cut."""
        blocks = [self.alphabet.all]
        for cut in sorted(set(cuts)):
            self.budget.spend(len(blocks))
            blocks = [part for block in blocks for part in (block & cut, block & ~cut) if part]
        return blocks

    def _made(self, state: State) -> Iterator[tuple[Mask, State]]:
        threads, begins = self._states[state]
        steps = [
            (mask, following, promises | self._under_way(looks, begins=begins) if looks else promises)
            for term, promises in threads
            for mask, following, looks in self._open(term, begins=begins).steps
        ]
        cuts = {mask for mask, _, _ in steps}
        cuts |= {mask for _, _, promises in steps for promised, _ in promises for mask, _ in self.moves(promised)}
        blocks = self.blocks(cuts)
        self.budget.spend(20 + (3 + len(blocks)) * len(steps))
        found: dict[State, Mask] = {}
        for block in blocks:
            kind = block & -block
            reached = frozenset(
                (following, kept)
                for mask, following, promises in steps
                if mask & kind and (kept := self._stepped(promises, kind)) is not None
            )
            target = self._state(reached, begins=False)
            found[target] = found.get(target, 0) | block
        return ((mask, target) for target, mask in found.items())

    def _stepped(self, promises: frozenset[Promise], kind: Mask) -> frozenset[Promise] | None:
        """Return what is left of promises behind a character; `None` where one is broken."""
        if not promises:  # as good as always
            return promises
        left = set()
        for promised, negative in promises:
            after = next(target for mask, target in self.moves(promised) if mask & kind)
            if after == (ALWAYS if negative else NEVER):
                return None
            if after != (NEVER if negative else ALWAYS):
                left.add((after, negative))
        return frozenset(left)

    def _kept(self, promises: frozenset[Promise]) -> bool:
        return all(self.accepts(promised) != negative for promised, negative in promises)

    def _under_way(self, looks: frozenset[Look], *, begins: bool) -> frozenset[Promise]:
        return frozenset(
            (self._state(frozenset({(term, _NOTHING)}), begins=begins), negative) for term, negative in looks
        )

    def _state(self, threads: frozenset[Thread], *, begins: bool) -> State:
        if (_REST, _NOTHING) in threads:
            begins, threads = False, frozenset({(_REST, _NOTHING)})
        key = threads, begins
        if key not in self._known:
            alive = frozenset(thread for thread in threads if self._open(thread[0], begins=begins).alive)
            if alive != threads:
                self._known[key] = self._state(alive, begins=begins and bool(alive))
            else:
                self._known[key] = len(self._states)
                self._states.append(key)
        return self._known[key]

    def _term(self, node: Node, rest: Term, bounds: tuple[int, int | None] | None = None) -> Term:
        if isinstance(node, Sequence):
            for item in reversed(node.items):
                rest = self._term(item, rest)
            self.budget.spend(len(node.items))
            return rest
        if bounds is None:
            bounds = (node.least, node.most) if isinstance(node, Repeat) else (1, 1)
        part = node, bounds, rest
        if part not in self._numbers:
            self._numbers[part] = len(self._terms)
            self._terms.append(part)
        return self._numbers[part]

    def _open(self, term: Term, *, begins: bool) -> _Opened:
        known = self._opened.get((term, begins))
        if known is None:
            known = self._opened[term, begins] = self._opening(term, begins=begins)
        return known

    def _opening(self, term: Term, *, begins: bool) -> _Opened:
        steps: dict[tuple[Mask, Term, frozenset[Look]], None] = {}
        ends: dict[frozenset[Look], None] = {}
        first: _Way = (term, _NOTHING, False)
        ways, seen = [first], {first}
        while ways:
            term, looks, ended = ways.pop()
            self.budget.spend(8)
            if term == _REST:
                ends[looks] = None
            node, (least, most), rest = self._terms[term]
            nexts: list[_Way] = []
            match node:
                case Chars():
                    if not ended and node.intervals:
                        steps[self.alphabet.mask(node.intervals), rest, looks] = None
                case Choice():
                    nexts = [(self._term(branch, rest), looks, ended) for branch in node.branches]
                case Repeat():
                    if most != 0:
                        again = self._term(node, rest, (max(least - 1, 0), most and most - 1))
                        nexts = [(self._term(node.item, again), looks, ended)]
                    if least == 0:
                        nexts.append((rest, looks, ended))
                case Start():
                    nexts = [(rest, looks, ended)] if begins else []
                case End():
                    nexts = [(rest, looks, True)]
                case Ahead():
                    nexts = [(rest, looks | {(self._term(node.item, _REST), node.negative)}, ended)]
                case _:
                    assert_never(node)
            ways += [way for way in nexts if way not in seen]
            seen.update(nexts)
        return _Opened(tuple(steps), tuple(ends), alive=bool(steps or ends))


def _anchored(node: Node) -> bool:
    """Return whether an expression can match nowhere but at the beginning of a text."""
    match node:
        case Start():
            return True
        case Sequence():
            first = next((item for item in node.items if not isinstance(item, Ahead)), None)
            return first is not None and _anchored(first)
        case Choice():
            return all(_anchored(branch) for branch in node.branches)
        case Repeat():
            return node.least > 0 and _anchored(node.item)
        case _:
            return False
