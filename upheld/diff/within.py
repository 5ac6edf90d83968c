"""One array or object within another: what has to be asked of their items, their members and their sizes."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from upheld.diff import strings
from upheld.diff.answer import INCLUDED, UNDECIDED, Answer, Refused, refused
from upheld.diff.finding import ABSENT
from upheld.diff.forms import EVERYTHING, All, Lists, Objects, Texts
from upheld.diff.instances import Instances
from upheld.diff.meeting import both, member
from upheld.diff.normal import Forms
from upheld.diff.texts import matches


class Within:
    """Asks what has to be so for one part to be within another."""

    def __init__(
        self, decide: Callable[[All, All], Answer], forms: Forms, instances: Instances, *, closed: bool
    ) -> None:
        """Take what answers about items and members; `closed` as `Inclusion` has it."""
        self._decide = decide
        self._forms = forms
        self._instances = instances
        self._closed = closed

    def lists(self, part: Lists, other: Lists) -> Iterator[Answer]:
        """Yield the answers that must all be "yes" for an array part to be within another."""
        if other.low > part.low:
            yield refused(self._instances.array(part))
        if other.high is not None and (part.high is None or part.high > other.high):
            yield refused(self._instances.array(part, length=other.high + 1))
        if other.unique and not part.unique and (part.high is None or part.high > 1):
            yield self._twice(part)
        last = max(len(part.prefix), len(other.prefix))
        for at in range(last + 1):
            if part.high is not None and at >= part.high:
                break
            answer = self._decide(part.item(at), other.item(at))
            if isinstance(answer, Refused):
                yield refused(*(self._instances.array(part, at, value) for value in answer.values))
            else:
                yield answer

    def _twice(self, part: Lists) -> Answer:
        """Return the answer where equal items are refused and a part does not forbid them."""
        at = len(part.prefix)
        items = self._instances.some(both(part.item(0), part.item(1)))
        made = [self._instances.array(part, 1, items[0])] if items else []
        more = self._instances.some(part.item(at))
        made += [self._instances.array(replace(part, low=max(part.low, at + 2)), at + 1, more[0])] if more else []
        return refused(*made)

    def objects(self, part: Objects, other: Objects) -> Iterator[Answer]:
        """Yield the answers that must all be "yes" for an object part to be within another."""
        make = self._instances.object
        for name in sorted(other.required - part.required):
            yield refused(make(part, {name: ABSENT}))
        yield from self._sizes(part, other)
        extra = part.extra != self._forms.nodes.never and (part.says_extra or not self._closed)
        for name in (*part.members, *sorted(part.required - part.members.keys())):
            yield self._member(part, other, name)
        for name in other.members:
            if name in part.members or name in part.required or not (extra or _matched(part, name)):
                continue
            yield self._member(part, other, name)
        if extra and other.extra not in (None, EVERYTHING):
            names = list(self._instances.names(part, 3 + len(other.members)))
            free = next((name for name in names if member(other, name) == other.extra), None)
            yield self._extra(part.extra or EVERYTHING, other.extra or EVERYTHING, part, free)
        yield from self._patterns(part, other, extra=extra)
        if other.names:
            yield from self._names(part, other, extra=extra)

    def _may_be_named(self, part: Objects, name: str) -> bool:
        if part.high is not None and part.high <= len(part.required) and name not in part.required:
            return False  # those that must be there fill it up
        return not part.names or self._forms.accepts(part.names, name) is not False

    def _member(self, part: Objects, other: Objects, name: str) -> Answer:
        if not self._may_be_named(part, name):
            return INCLUDED
        answer = self._decide(member(part, name), member(other, name))
        if not isinstance(answer, Refused):
            return answer
        return refused(*(self._instances.object(part, {name: value}) for value in answer.values))

    def _extra(self, small: All, big: All, part: Objects, name: str | None) -> Answer:
        answer = self._decide(small, big)
        if not isinstance(answer, Refused):
            return answer
        if name is None:
            return UNDECIDED
        return refused(*(self._instances.object(part, {name: value}) for value in answer.values))

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
            if self._forms.accepts(other.names, name) is False and (values := self._instances.some(member(part, name))):
                yield refused(self._instances.object(part, {name: values[0]}))
        if extra or part.patterns:
            answer = self._decide(part.names or self._forms.nodes.text, other.names)
            values = self._instances.some(part.extra or EVERYTHING)
            if isinstance(answer, Refused) and values:
                named = [{name: values[0]} for name in answer.values if isinstance(name, str)]
                yield refused(*(self._instances.object(part, given) for given in named))
            elif isinstance(answer, Refused):
                yield UNDECIDED
            else:
                yield answer

    def _sizes(self, part: Objects, other: Objects) -> Iterator[Answer]:
        if other.low > max(part.low, len(part.required)):
            yield refused(self._instances.object(part, {}))
        bare = part.extra == self._forms.nodes.never
        open_ended = bool(part.patterns) or (not bare and (part.says_extra or not self._closed))
        most = part.high if part.high is not None else None if open_ended else len(part.members)
        if other.high is not None and (most is None or most > other.high):
            yield refused(self._instances.object(part, {}, size=other.high + 1))


def _matched(part: Objects, name: str) -> bool:
    """Whether an expression of a part may match a name."""
    return any(matches(pattern, name) is not False for pattern, _ in part.patterns)
