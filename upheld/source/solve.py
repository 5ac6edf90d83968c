"""From the conditions on a way to what they ask of the request: values are guessed, and checked by evaluation."""

import contextlib
import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from upheld.model import Assignment, Json, Where
from upheld.source.annotations import bare
from upheld.source.days import days
from upheld.source.inversion import Sized, typed
from upheld.source.near import Near, best, goes_round, neighbours
from upheld.source.operations import UnsureError, evaluate, inputs, key
from upheld.source.others import others
from upheld.source.suggest import suggestions
from upheld.source.values import Input, Known, Op, Value
from upheld.source.wants import PRESENT, want, wire

Condition = tuple[Value, bool]


class Docs(Protocol):
    """What the docs let the members of a request be."""

    def allows(self, where: Where, value: Json) -> bool:
        """Return whether a member may have a value."""

    def samples(self, where: Where) -> Iterable[Json]:
        """Return values that a member may have."""


_TRIES_MOST = 200
_CANDIDATES_MOST = 12
_GUESSES_MOST, _SUGGESTED_MOST = 300, 1_500
"""How many different values are tried of a member, and how many, the same ones among them, a condition may suggest."""
_STEPS_MOST, _NEAR_MOST = 3, 60
"""How often a value that does not meet everything is changed, and how many changes of it are looked at."""
_VARIANTS_MOST = 6
_ALIKE_MOST = 12
"""How many values that do are looked through for one that has nothing in common with the first."""
_LENGTH_MOST = 5_000
_RARE = frozenset({"==", "in", "is", "match", "method"})
_LADDER = (0, 1, 2, 5, 10, 20, 50, 100, 150, 200, 500, 1000, 5000, 10_000, 100_000, 1_000_000)


class Solver:
    """Solves the conditions of the ways through one operation; what several ways ask is solved once."""

    def __init__(self, docs: Docs) -> None:
        """Take what the docs say of the operation."""
        self._docs = docs
        self._solved: dict[object, tuple[list[dict[Where, Any]], bool]] = {}
        self._others_known: dict[object, list[Any]] = {}
        self._asked: dict[object, _Asked] = {}

    def assignments(self, conditions: Iterable[Condition]) -> tuple[list[Assignment], bool]:
        """Return assignments, the first one first, and whether they meet every condition.

        What no values were found for is left out.
        """
        asked = [self._one(condition, wanted) for condition, wanted in conditions]
        solved = [self._group(group) for group in _groups(asked)]
        groups = [found for found, _ in solved]
        first: dict[Where, Any] = {}
        for found in groups:
            first |= found[0] if found else {}
        made = [first]
        for found in reversed(groups):  # the last condition is the one that decided
            made += [{**first, **other} for other in found[1:]]
        sure = all(groups) and all(kept for _, kept in solved) and all(value is not PRESENT for value in first.values())
        absent = {one.where for condition in asked for one in condition.inputs if one.optional}
        return [self._assignment(one, absent, asked) for one in made[: _VARIANTS_MOST + 1] if one], sure

    def _assignment(self, chosen: Mapping[Where, Any], absent: set[Where], asked: "list[_Asked]") -> Assignment:
        return {
            where: want(where, value, self._others(where, chosen, asked), absent=where in absent)
            for where, value in chosen.items()
        }

    def _others(self, where: Where, chosen: Mapping[Where, Any], asked: "list[_Asked]") -> list[Any]:
        """Return what a member may be as well."""
        relevant = [one for one in asked if where in one.where]

        def does(value: Any) -> bool:
            made = {**chosen, where: value}
            return self._docs.allows(where, value) and all(one.outcome(made) is one.wanted for one in relevant)

        beside = {other: _same(chosen.get(other)) for one in relevant for other in one.where}
        known = (where, *map(id, relevant), *sorted(beside.items(), key=repr))
        if known not in self._others_known:
            self._others_known[known] = others(chosen[where], does)
        return self._others_known[known]

    def _one(self, condition: Value, wanted: bool) -> "_Asked":  # noqa: FBT001 - a pair, as it comes
        same = (key(condition), wanted)
        if same not in self._asked:
            self._asked[same] = _Asked(condition, wanted)
        return self._asked[same]

    def _group(self, asked: "list[_Asked]") -> tuple[list[dict[Where, Any]], bool]:
        """Return ways to meet conditions on the same members, and whether the first one keeps the docs."""
        known = frozenset(map(id, asked))
        if known not in self._solved:
            search = _Search(asked, self._docs)
            found = search.found()
            self._solved[known] = found, bool(found) and search.keeps(found[0])
        return self._solved[known]


def _groups(asked: "list[_Asked]") -> "list[list[_Asked]]":
    """Return conditions, those together that some member joins."""
    groups: list[tuple[set[Where], list[_Asked]]] = []
    for one in asked:
        where, joined = set(one.where), [one]
        for other in [group for group in groups if group[0] & where]:
            groups.remove(other)
            where |= other[0]
            joined = [*other[1], *joined]
        if where:
            groups.append((where, joined))
    return [joined for _, joined in groups]


class _Search:
    """Looks for values that meet conditions on the same members."""

    def __init__(self, asked: "list[_Asked]", docs: Docs) -> None:
        self._asked, self._docs = asked, docs
        alone = {condition.inputs[0].where for condition in asked if len(condition.inputs) == 1 and not condition.weak}
        every = {one.where: one for condition in asked for one in condition.inputs}
        # What is asked of a member alone comes first, what is asked of it beside others follows from that.
        self._inputs = dict(sorted(every.items(), key=lambda entry: entry[0] not in alone))
        self._tries = 0
        self._ladder = False
        """Whether only what the docs allow is tried, and of numbers that depend on others, some from all over."""

    def found(self) -> list[dict[Where, Any]]:
        """Return the first values that do, others that differ from them in every member, and in one."""
        search = self._search({}, [*self._inputs.values()])
        first = next(search, None)
        if first is None or not self.keeps(first):
            self._ladder, self._tries = len(self._inputs) > 1, 0
            kept = next(self._search({}, [*self._inputs.values()]), None) if self._ladder else None
            self._ladder = False
            first = first if kept is None else kept
        if first is None:
            return []
        made = [first]
        if all(asked.weak for asked in self._asked):
            return made
        if len(first) > 1:  # another name with the password of its own
            near = itertools.islice(search, _ALIKE_MOST)
            made += itertools.islice((one for one in near if _differs(one, first) and self.keeps(one)), 1)
        for varied in reversed(self._inputs.values()):
            rest = {where: value for where, value in first.items() if where != varied.where}
            before = first[varied.where]
            made += [
                {**rest, varied.where: value}
                for value in self._candidates(varied, rest)[:_VARIANTS_MOST]
                if not (type(value) is type(before) and _equal(value, before))
            ]
        return made

    def keeps(self, chosen: Mapping[Where, Any]) -> bool:
        """Return whether values keep the docs."""
        return all(value is PRESENT or self._documented(self._inputs[where], value) for where, value in chosen.items())

    def _search(self, chosen: dict[Where, Any], rest: list[Input]) -> Iterator[dict[Where, Any]]:
        if not rest:
            yield chosen
            return
        for value in self._candidates(rest[0], chosen):
            self._tries += 1
            if self._tries > _TRIES_MOST:
                return
            yield from self._search({**chosen, rest[0].where: value}, rest[1:])

    def _candidates(self, wanted: Input, chosen: Mapping[Where, Any]) -> list[Any]:
        """Return what a member may be: what the docs allow first, or alone where anything is."""
        relevant = [asked for asked in self._asked if wanted.where in asked.where]
        kept: list[Any] = []
        for value in self._distinct(wanted, chosen, relevant):
            made = {**chosen, wanted.where: value}
            if all(asked.outcome(made) in (None, asked.wanted) for asked in relevant):
                kept.append(value)
                if len(kept) >= _CANDIDATES_MOST:
                    break
        good = [value for value in kept if self._documented(wanted, value)]
        missed = functools.partial(self._missed, wanted, chosen, relevant)
        good = good or [value for value in self._samples(wanted, relevant) if not missed(value)]
        if not good and (
            not kept or bare(wanted.annotation)[0] is str or any(goes_round(asked.condition) for asked in relevant)
        ):
            refined = list(itertools.islice(self._refined(wanted, chosen, relevant), _CANDIDATES_MOST))
            good = [value for value in refined if self._documented(wanted, value)]
            kept = kept or refined
        if self._ladder:
            numbers = _LADDER if bare(wanted.annotation)[0] in (int, float) else ()
            open_ = any(asked.outcome({**chosen, wanted.where: 1}) is None for asked in relevant)
            return good + [
                value
                for value in (numbers if open_ else ())
                if self._documented(wanted, value)
                and all(asked.outcome({**chosen, wanted.where: value}) in (None, asked.wanted) for asked in relevant)
            ]
        if all(asked.outcome({**chosen, wanted.where: PRESENT}) is asked.wanted for asked in relevant):
            good.append(PRESENT)
        return good or kept

    def _missed(
        self, wanted: Input, chosen: Mapping[Where, Any], relevant: "list[_Asked]", value: Any
    ) -> "list[_Asked]":
        """Return the conditions that a value does not meet."""
        made = {**chosen, wanted.where: value}
        return [asked for asked in relevant if asked.outcome(made) not in (None, asked.wanted)]

    def _refined(self, wanted: Input, chosen: Mapping[Where, Any], relevant: "list[_Asked]") -> Iterator[Any]:
        """Yield values that were changed, step by step, for what they do not meet yet."""

        def near(value: Any) -> Near:
            left = frozenset(map(id, self._missed(wanted, chosen, relevant, value)))
            return Near(value, left, self._documented(wanted, value))

        guesses = itertools.islice(self._distinct(wanted, chosen, relevant), _NEAR_MOST)
        beam = best(map(near, (*self._samples(wanted, relevant), *guesses)))
        known = {_same(one.value) for one in beam}
        for _ in range(_STEPS_MOST):
            found: list[Near] = []
            for one in beam:
                made = {**chosen, wanted.where: one.value}
                for asked in [asked for asked in relevant if id(asked) in one.missed]:
                    others = itertools.chain(neighbours(one.value), suggestions(asked.condition, made, wanted))
                    for other in itertools.islice(others, _NEAR_MOST):
                        if (same := _same(other)) not in known:
                            known.add(same)
                            found.append(near(other))
                            if not found[-1].missed:
                                yield other
            beam = best(found)

    def _distinct(self, wanted: Input, chosen: Mapping[Where, Any], relevant: "list[_Asked]") -> Iterator[Any]:
        """Yield each guess once, and no more than so many."""
        yield from itertools.islice(_once(self._guesses(wanted, chosen, relevant)), _GUESSES_MOST)

    def _guesses(self, wanted: Input, chosen: Mapping[Where, Any], relevant: "list[_Asked]") -> Iterator[Any]:
        if wanted.optional and all(asked.weak for asked in relevant):
            yield None  # nearly anything does: nothing is best
        alone = {asked.condition: asked for asked in relevant if len(asked.where) == 1}
        yield from days(
            wanted, alone, lambda one, value: alone[one].outcome({wanted.where: value}) is alone[one].wanted
        )
        lengths = sorted({length for asked in relevant for length in asked.lengths()})
        moduli = _moduli(relevant)
        for asked in reversed(relevant):
            suggested = itertools.islice(suggestions(asked.condition, chosen, wanted), _SUGGESTED_MOST)
            for value in _once(suggested):
                yield value
                for length in lengths if isinstance(value, str) and value else ():
                    missing = length - len(value)
                    yield from (value + "a" * missing, "a" * missing + value)
                    if value.isascii() and value.isdigit():
                        yield value + value[-1] * missing  # a number of so many digits
                yield from _aligned(value, moduli)
        yield from self._samples(wanted, relevant)

    def _samples(self, wanted: Input, relevant: "list[_Asked]") -> Iterator[Any]:
        """Yield what the docs say that a member may be."""
        moduli = _moduli(relevant)
        for sample in self._docs.samples(wanted.where):
            for value in typed(wanted, sample):
                yield from (one for one in (value, *_aligned(value, moduli)) if self._documented(wanted, one))

    def _documented(self, wanted: Input, value: Any) -> bool:
        if isinstance(value, Sized) or value is None:
            return True
        try:
            return self._docs.allows(wanted.where, wire(value))
        except UnsureError:
            return False


class _Asked:
    """A condition with its outcome, and what it is about."""

    def __init__(self, condition: Value, wanted: bool) -> None:  # noqa: FBT001 - a pair, as it comes
        self.condition, self.wanted = condition, wanted
        self.inputs = tuple({one.where: one for one in inputs(condition)}.values())
        self.where = frozenset(one.where for one in self.inputs)
        self.weak = isinstance(condition, Op) and (condition.name in _RARE) is not wanted
        """Whether nearly every value does."""

    def outcome(self, chosen: Mapping[Where, Any]) -> bool | None:
        """Return what becomes of the condition; `None` where that is open."""
        if not self.where <= chosen.keys():
            return None
        if any(chosen[where] is PRESENT for where in self.where):
            return self._present()
        try:
            return bool(evaluate(self.condition, chosen))
        except UnsureError:
            return None
        except Exception:  # noqa: BLE001 - the computation may raise anything, and then the way is another one
            return None if any(isinstance(chosen[where], Sized) for where in self.where) else _RAISED

    def _present(self) -> bool | None:
        """Return what becomes of a condition on a member that is there with an open value."""
        match self.condition:
            case Input():
                return True
            case Op(name="is", args=(Input(), Known(value=None))):
                return False
        return None

    def lengths(self) -> Iterator[int]:
        """Yield lengths that a text may need, where one is asked for."""
        match self.condition:
            case Op(args=(Op(name="call", args=(Known(value=function), _)), Known(value=int() as length))):
                if function is len and 0 < length < _LENGTH_MOST:
                    yield from (length, length + 1, length - 1)

    def moduli(self) -> Iterator[tuple[int, int]]:
        """Yield what is divided by for a remainder, and the remainder."""
        rest = 0
        match self.condition:
            case Op(args=(Op(name="%"), Known(value=int() as asked))):
                rest = asked
        waiting: list[Value] = [self.condition]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Op):
                waiting += one.args
                if one.name == "%" and isinstance(one.args[1], Known) and isinstance(one.args[1].value, int):
                    yield from ((one.args[1].value, rest),) * (one.args[1].value > 0)


_RAISED: Any = object()


def _moduli(relevant: "Iterable[_Asked]") -> list[tuple[int, int]]:
    return sorted({pair for asked in relevant for pair in asked.moduli()})


def _aligned(value: Any, moduli: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield the numbers next to one that leave the right rest."""
    for modulus, rest in moduli if type(value) is int else ():
        yield from (value + (rest - value) % modulus, value - (value - rest) % modulus)


def _once(values: Iterable[Any]) -> Iterator[Any]:
    known: set[object] = set()
    for value in values:
        if (same := _same(value)) not in known:
            known.add(same)
            yield value


def _same(value: Any) -> object:
    """Return what is equal for values that are the same."""
    if isinstance(value, str | int | float | None):
        return type(value), value
    return type(value), value.length if isinstance(value, Sized) else repr(value)


def _differs(one: Mapping[Where, Any], other: Mapping[Where, Any]) -> bool:
    return all(_same(one[where]) != _same(other[where]) for where in other)


def _equal(a: Any, b: Any) -> bool:
    with contextlib.suppress(Exception):  # any types may meet here
        return bool(a == b)
    return False
