"""Does one schema accept all that another accepts? Decided with three answers, by recursion over their forms.

A recursive question is answered "yes" while it is being asked (coinduction): two schemas differ only if some finite
value tells them apart, and that is found at the leaf where they differ. What is refused comes with values that show it,
built from the leaf outwards; whoever asks has them judged by a validator, so that a mistake here can hide a break, but
not invent one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from upheld.diff import numbers, strings
from upheld.diff.answer import INCLUDED, UNDECIDED, Answer, Included, Refused, Undecided
from upheld.diff.disjoint import listed_texts
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
from upheld.diff.instances import Instances
from upheld.diff.meeting import member, unknown
from upheld.diff.normal import Forms
from upheld.diff.wire import on_the_wire, unread
from upheld.diff.within import Within
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


Bare = TypeVar("Bare", Numbers, Texts)


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
        self._inner = Within(self._decide, forms, instances, closed=closed)
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
        mine = {name: tags for name in part.required if (tags := listed_texts(self.forms, member(part, name)))}
        for other in others:
            if not isinstance(other, Objects) or not any(
                tags.isdisjoint(theirs)
                for name, tags in mine.items()
                if name in other.members and (theirs := listed_texts(self.forms, member(other, name)))
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
                return self._together(self._inner.lists(part, other))
            case Objects(), Objects():
                return self._together(self._inner.objects(part, other))
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


def _bare(kind: type[Bare], others: Sequence[Part], sure: Sequence[Part]) -> list[Bare]:
    """Return the parts of a kind; those that can be relied on without their atoms."""
    found: list[Bare] = []
    for other in others:
        if isinstance(other, kind):
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
