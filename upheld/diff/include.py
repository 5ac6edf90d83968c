"""Does one schema accept all that another accepts? Decided with three answers, by recursion over their forms.

A recursive question is answered "yes" while it is being asked (coinduction): two schemas differ only if some finite
value tells them apart, and that is found at the leaf where they differ. What is refused comes with values that show it,
built from the leaf outwards; whoever asks has them judged by a validator, so that a mistake here can hide a break, but
not invent one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from upheld.diff import numbers, strings
from upheld.diff.emptiness import Emptiness
from upheld.diff.forms import (
    EVERYTHING,
    All,
    Booleans,
    Fixed,
    Form,
    Lists,
    Members,
    Numbers,
    Objects,
    Part,
    Texts,
    kind_of,
    written,
)
from upheld.diff.instances import ABSENT, Instances
from upheld.diff.meeting import both, member, unknown
from upheld.diff.normal import Forms
from upheld.diff.texts import matches
from upheld.diff.wire import on_the_wire, unread
from upheld.model import Json

STEPS_MOST = 500_000
"""A question that takes more steps stays undecided."""
STEPS_LEAST = 500
VALUES_MOST = 4
"""So many values that show a difference are kept."""
CHECKED_MOST = 64
"""So many values are looked at, of those that single parts refuse."""
PIECES_MOST = 40
"""An object is taken apart into so many pieces at most."""
DEPTH_MOST = 3
"""So often one after another."""
COVERED_MOST = 150
"""In one question, so many pieces are looked at."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Not all is accepted: these values are not, the likeliest first, as far as can be told without a validator."""

    values: tuple[Json, ...]


class Included:
    """All is accepted."""


class Undecided:
    """Neither was shown."""


INCLUDED, UNDECIDED = Included(), Undecided()
Answer: TypeAlias = Included | Refused | Undecided


class TiredError(Exception):
    """A question takes too many steps."""


class Inclusion:
    """Answers whether what one set of nodes accepts is accepted by another.

    `closed`: objects on the smaller side that name members have no others, unless they say so. Without it the question
    is the one of JSON Schema alone. `wire`: values are compared as they stand in an address, a header or a form, where
    null says nothing and a number is a text.
    """

    def __init__(
        self,
        forms: Forms,
        instances: Instances,
        *,
        closed: bool = True,
        wire: bool = False,
        same: Callable[[All, All], bool] = lambda _small, _big: False,
        values: int = VALUES_MOST,
    ) -> None:
        """Begin with no answers; `same` knows what is equal without a look at it. So many values show a difference."""
        self._most = values
        self._same = same
        self.forms = forms
        self.instances = instances
        self.empty = Emptiness(forms)
        self._closed = closed
        self.wire = wire
        self._known: dict[tuple[All, All], Answer] = {}
        self._asked: dict[tuple[All, All], int] = {}
        self._lowest: list[int] = []
        self._provisional: list[list[tuple[All, All]]] = []
        self._rests: dict[tuple[All, All], int] = {}
        """Answers that rest on a question still open: the depth of the outermost."""
        self._steps = 0
        self._limit = STEPS_MOST
        self._taken = 0

    def decide(self, small: All, big: All) -> Answer:
        """Return whether `big` accepts all that `small` accepts."""
        return self._begin(lambda: self._decide(small, big), (small, big))

    def cover(self, part: Part, others: Sequence[Part]) -> Answer:
        """Return whether several parts of the same type together accept all that a part accepts."""
        return self._begin(lambda: self._cover(part, others))

    def within(self, part: Part, other: Part) -> Answer:
        """Return whether one array or object part accepts all that another does."""
        return self._begin(lambda: self._within(part, other))

    def _begin(self, ask: Callable[[], Answer], key: tuple[All, All] | None = None) -> Answer:
        """Return the answer to a question that is part of no other; each that is too long shortens the next ones."""
        self._steps = self._taken = 0
        try:
            return ask()
        except TiredError:
            self._limit = max(self._limit // 2, STEPS_LEAST)
            for other in self._rests:
                self._known.pop(other, None)
            self._rests.clear()
            self._asked.clear()
            self._lowest.clear()
            self._provisional.clear()
            if key is not None:
                self._known[key] = UNDECIDED
            return UNDECIDED

    def _step(self) -> None:
        self._steps += 1
        if self._steps > self._limit:
            raise TiredError

    def form(self, condition: All, *, big: bool = False) -> Form:
        """Return the form of nodes, as it is compared."""
        form = self.forms.form(condition)
        return on_the_wire(form, self.forms, big=big) if self.wire else form

    def _decide(self, small: All, big: All) -> Answer:
        if big == EVERYTHING or set(big) <= set(small) or self._same(small, big):
            return INCLUDED
        key = (small, big)
        if (known := self._known.get(key)) is not None:
            if key in self._rests:
                self._lowest[-1] = min(self._lowest[-1], self._rests[key])
            return known
        if key in self._asked:
            self._lowest[-1] = min(self._lowest[-1], self._asked[key])
            return INCLUDED
        depth = len(self._asked)
        self._asked[key] = depth
        self._lowest.append(depth)
        self._provisional.append([])
        answer = self._form_in_form(self.form(small), self.form(big, big=True))
        del self._asked[key]
        lowest, provisional = self._lowest.pop(), self._provisional.pop()
        self._remember(key, answer, provisional, lowest, depth)
        return answer

    def _remember(
        self, key: tuple[All, All], answer: Answer, provisional: list[tuple[All, All]], lowest: int, depth: int
    ) -> None:
        """Keep an answer; one that rests on a question still open is forgotten where that is answered otherwise."""
        self._known[key] = answer
        for other in provisional:
            if isinstance(answer, Included) and lowest < depth:
                self._rests[other] = min(self._rests[other], lowest)
                continue
            del self._rests[other]
            if not isinstance(answer, Included):
                del self._known[other]
        if isinstance(answer, Included) and lowest < depth:
            self._rests[key] = lowest
            self._lowest[-1] = min(self._lowest[-1], lowest)
            self._provisional[-1] += [*provisional, key]

    def _form_in_form(self, small: Form, big: Form) -> Answer:
        parts = (unread(part, big) if self.wire else part for part in small.parts)
        return self._together(self._cover(part, big.of(kind_of(part))) for part in parts)

    # One part in several ----------------------------------------------------------------------------------------

    def _cover(self, part: Part, others: Sequence[Part], depth: int = 0) -> Answer:
        self._step()
        values: list[Json] = []
        sure = [other for other in others if other.atoms <= part.atoms]
        match part:
            case Numbers():
                return _answer(numbers.uncovered(part, _bare(Numbers, others, sure)))
            case Texts():
                if strings.is_empty(part):
                    return INCLUDED
                known = [other for other in sure if isinstance(other, Texts) and self._holds_json(part, other)]
                return _answer(strings.uncovered(replace(part, content=None), _bare(Texts, others, known)))
            case Booleans():
                told = [other.values for other in sure if isinstance(other, Booleans)]
                left = part.values.difference(*told)
                return self._checked(sorted(left), others) if left else INCLUDED
            case Fixed():
                held = self.forms.any_holds(others, part.value)
                return INCLUDED if held else UNDECIDED if held is None else Refused((part.value,))
        for other in self._possible(part, sure):
            answer = self._within(part, other)
            if isinstance(answer, Included):
                return INCLUDED
            if isinstance(answer, Refused):
                values += answer.values
        if not values:
            values = self.instances.of_part(part)
            if not values and self.empty.is_hollow(part):
                return INCLUDED
        found = self._checked(values, others)
        if isinstance(found, Refused) or len(sure) < 2 or depth >= DEPTH_MOST:
            return found
        return self._in_pieces(part, others, depth)

    def _possible(self, part: Part, others: Sequence[Part]) -> Iterator[Part]:
        """Yield the parts that may accept something of a part: no text that is listed tells them apart."""
        if not isinstance(part, Objects) or len(others) < 2:
            yield from others
            return
        mine = {name: tags for name in part.required if (tags := self.forms.listed_texts(member(part, name)))}
        for other in others:
            if not isinstance(other, Objects) or not any(
                tags.isdisjoint(theirs)
                for name, tags in mine.items()
                if name in other.members and (theirs := self.forms.listed_texts(member(other, name)))
            ):
                yield other

    def _holds_json(self, part: Texts, other: Texts) -> bool:
        """Whether the JSON that texts hold is what others hold, too; no validator looks at it."""
        if other.content is None or other.content == part.content:
            return True
        return part.content is not None and isinstance(self._decide(part.content, other.content), Included)

    def _checked(self, values: Sequence[Json], others: Sequence[Part]) -> Answer:
        """Return which of some values are refused by all parts, those that are refused for sure first."""
        refused: dict[str, Json] = {}
        unsure: dict[str, Json] = {}
        for text, value in islice({written(value): value for value in values}.items(), CHECKED_MOST):
            held = self.forms.any_holds(others, value)
            if held is False:
                refused[text] = value
                if len(refused) == self._most:
                    break
            elif held is None:
                unsure[text] = value
        kept = [*refused.values(), *unsure.values()]
        return Refused(tuple(kept[: self._most])) if kept else UNDECIDED

    def _in_pieces(self, part: Part, others: Sequence[Part], depth: int) -> Answer:
        """Take a part apart by what one member can be, and ask for each piece: several parts may share them out."""
        if not isinstance(part, Objects):
            return UNDECIDED
        for name in self._telling(part, others):
            pieces = list(self._pieces(part, name))
            if not 1 < len(pieces) <= PIECES_MOST:
                continue
            self._taken += len(pieces)
            if self._taken > COVERED_MOST:
                break
            answers = [self._cover(piece, others, depth + 1) for piece in pieces]
            refused = [value for answer in answers if isinstance(answer, Refused) for value in answer.values]
            if refused:
                return Refused(tuple(refused[: self._most]))
            if all(isinstance(answer, Included) for answer in answers):
                return INCLUDED
        return UNDECIDED

    def _telling(self, part: Objects, others: Sequence[Part]) -> Iterator[str]:
        """Yield the members in which the other parts differ, those that must be there first."""
        objects = [other for other in others if isinstance(other, Objects)]
        names = sorted({name for other in objects for name in other.members} | part.members.keys())
        for name in sorted(names, key=lambda name: name not in part.required):
            asked = {(member(other, name), name in other.required) for other in objects}
            if len(asked) > 1:
                yield name

    def _pieces(self, part: Objects, name: str) -> Iterator[Objects]:
        nodes = self.forms.nodes
        if name not in part.required:
            yield replace(part, members=Members({**part.members, name: nodes.never}))
        condition = member(part, name)
        for one in self.forms.form(condition).parts:
            for single in _singles(one):
                members = Members({**part.members, name: nodes.given(Form((single,)))})
                yield replace(part, members=members, required=part.required | {name})

    # One part in another ----------------------------------------------------------------------------------------

    def _within(self, part: Part, other: Part) -> Answer:
        self._step()
        match part, other:
            case Lists(), Lists():
                return self._together(self._list_in_list(part, other))
            case Objects(), Objects():
                return self._together(self._object_in_object(part, other))
            case _, Fixed():
                return self._checked(list(self.instances.of_part(part, 2)), [other])
        return INCLUDED  # null in null

    def _together(self, answers: Iterator[Answer]) -> Answer:
        """Return one answer for several questions that must all be answered "yes"."""
        values: list[Json] = []
        unsure = False
        for answer in answers:
            if isinstance(answer, Refused):
                values += answer.values
                if len(values) >= self._most:
                    break
            unsure = unsure or isinstance(answer, Undecided)
        return Refused(tuple(values[: self._most])) if values else UNDECIDED if unsure else INCLUDED

    def _list_in_list(self, part: Lists, other: Lists) -> Iterator[Answer]:
        if other.low > part.low:
            yield self._shown(self.instances.array(part))
        if other.high is not None and (part.high is None or part.high > other.high):
            yield self._shown(self.instances.array(part, length=other.high + 1))
        if other.unique and not part.unique and (part.high is None or part.high > 1):
            yield self._twice(part)
        last = max(len(part.prefix), len(other.prefix))
        for at in range(last + 1):
            if part.high is not None and at >= part.high:
                break
            answer = self._decide(part.item(at), other.item(at))
            if isinstance(answer, Refused):
                yield self._shown(*(self.instances.array(part, at, value) for value in answer.values))
            else:
                yield answer

    def _twice(self, part: Lists) -> Answer:
        """Return the answer where equal items are refused and a part does not forbid them."""
        at = len(part.prefix)
        items = self.instances.some(both(part.item(0), part.item(1)))
        made = [self.instances.array(part, 1, items[0])] if items else []
        more = self.instances.some(part.item(at))
        made += [self.instances.array(replace(part, low=max(part.low, at + 2)), at + 1, more[0])] if more else []
        return self._shown(*made)

    def _object_in_object(self, part: Objects, other: Objects) -> Iterator[Answer]:
        make = self.instances.object
        for name in sorted(other.required - part.required):
            yield self._shown(make(part, {name: ABSENT}))
        yield from self._sizes(part, other)
        extra = part.extra != self.forms.nodes.never and (part.says_extra or not self._closed)
        for name in (*part.members, *sorted(part.required - part.members.keys())):
            yield self._member(part, other, name)
        for name in other.members:
            if name in part.members or name in part.required or not (extra or _matched(part, name)):
                continue
            yield self._member(part, other, name)
        if extra and other.extra not in (None, EVERYTHING):
            names = list(self.instances.names(part, 3 + len(other.members)))
            free = next((name for name in names if member(other, name) == other.extra), None)
            yield self._extra(part.extra or EVERYTHING, other.extra or EVERYTHING, part, free)
        yield from self._patterns(part, other, extra=extra)
        if other.names:
            yield from self._names(part, other, extra=extra)

    def _may_be_named(self, part: Objects, name: str) -> bool:
        if part.high is not None and part.high <= len(part.required) and name not in part.required:
            return False  # those that must be there fill it up
        return not part.names or self.forms.accepts(part.names, name) is not False

    def _member(self, part: Objects, other: Objects, name: str) -> Answer:
        if not self._may_be_named(part, name):
            return INCLUDED
        answer = self._decide(member(part, name), member(other, name))
        if not isinstance(answer, Refused):
            return answer
        return self._shown(*(self.instances.object(part, {name: value}) for value in answer.values))

    def _extra(self, small: All, big: All, part: Objects, name: str | None) -> Answer:
        answer = self._decide(small, big)
        if not isinstance(answer, Refused):
            return answer
        if name is None:
            return UNDECIDED
        return self._shown(*(self.instances.object(part, {name: value}) for value in answer.values))

    def _patterns(self, part: Objects, other: Objects, *, extra: bool) -> Iterator[Answer]:
        for pattern, condition in part.patterns:
            same = [found for one, found in other.patterns if one == pattern]
            wanted = both(*same) if same else other.extra or EVERYTHING
            unlike = any(one != pattern and found != EVERYTHING for one, found in other.patterns)
            name = next(self._matching(part, pattern), None)
            yield UNDECIDED if unlike else self._extra(condition, wanted, part, name)
        for pattern, condition in other.patterns if extra else ():
            if condition != EVERYTHING and pattern not in dict(part.patterns):
                free = part.extra or EVERYTHING
                names = (one for one in self._matching(part, pattern) if member(part, one) == free)
                yield self._extra(free, condition, part, next(names, None))

    def _matching(self, part: Objects, pattern: str) -> Iterator[str]:
        """Yield names that match an expression, and that a part knows no more of."""
        names = strings.some(Texts(patterns=frozenset({pattern}), without=frozenset(part.members)), 3)
        yield from (name for name in names if self._may_be_named(part, name))

    def _names(self, part: Objects, other: Objects, *, extra: bool) -> Iterator[Answer]:
        for name in part.members:
            if not self._may_be_named(part, name):
                continue
            if self.forms.accepts(other.names, name) is False and (values := self.instances.some(member(part, name))):
                yield self._shown(self.instances.object(part, {name: values[0]}))
        if extra or part.patterns:
            answer = self._decide(part.names or self.forms.nodes.text, other.names)
            values = self.instances.some(part.extra or EVERYTHING)
            if isinstance(answer, Refused) and values:
                named = [{name: values[0]} for name in answer.values if isinstance(name, str)]
                yield self._shown(*(self.instances.object(part, given) for given in named))
            elif isinstance(answer, Refused):
                yield UNDECIDED
            else:
                yield answer

    def _sizes(self, part: Objects, other: Objects) -> Iterator[Answer]:
        if other.low > max(part.low, len(part.required)):
            yield self._shown(self.instances.object(part, {}))
        bare = part.extra == self.forms.nodes.never
        open_ended = bool(part.patterns) or (not bare and (part.says_extra or not self._closed))
        most = part.high if part.high is not None else None if open_ended else len(part.members)
        if other.high is not None and (most is None or most > other.high):
            yield self._shown(self.instances.object(part, {}, size=other.high + 1))

    @staticmethod
    def _shown(*values: Json) -> Answer:
        """Return that some values are refused; undecided where none could be made."""
        kept = tuple(value for value in values if value is not None)
        return Refused(kept) if kept else UNDECIDED


def _matched(part: Objects, name: str) -> bool:
    """Whether an expression of a part may match a name."""
    return any(matches(pattern, name) is not False for pattern, _ in part.patterns)


def _bare(kind: type[Part], others: Sequence[Part], sure: Sequence[Part]) -> list:  # type: ignore[type-arg]
    """Return the parts of a kind; those that can be relied on without their atoms."""
    found = []
    for other in others:
        if type(other) is kind:
            bare = any(other is one for one in sure)
            if other.atoms or not bare:
                found.append(replace(other, atoms=frozenset() if bare else frozenset({unknown()})))
            else:
                found.append(other)
    return found


def _answer(values: Sequence[Json] | None) -> Answer:
    return UNDECIDED if values is None else Refused(tuple(values)) if values else INCLUDED


def _singles(part: Part) -> Iterator[Part]:
    """Yield a part as pieces of one value each, where it lists values."""
    match part:
        case Texts(values=frozenset() as texts) if len(texts) <= PIECES_MOST:
            for text in sorted(texts):
                yield replace(part, values=frozenset({text}))
        case Numbers(values=frozenset() as found) if len(found) <= PIECES_MOST:
            for number in sorted(found):
                yield replace(part, values=frozenset({number}))
        case Booleans(values=values):
            for value in sorted(values):
                yield replace(part, values=frozenset({value}))
        case _:
            yield part
