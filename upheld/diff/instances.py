"""Values that schemas accept: small ones, made from the form outwards."""

from collections.abc import Iterator, Mapping
from itertools import islice

from upheld.diff import numbers, strings
from upheld.diff.finding import ABSENT
from upheld.diff.forms import All, Booleans, Fixed, Form, Lists, Nulls, Numbers, Objects, Part, Texts, written
from upheld.diff.meeting import member
from upheld.diff.normal import Forms
from upheld.diff.texts import matches
from upheld.model import Json

LONGEST = 2_000
"""More items or members are not made."""
VARIATIONS_MOST = 12
"""An object is made anew with so many other values of single members."""


class Instances:
    """Makes values for schemas, once each."""

    def __init__(self, forms: Forms) -> None:
        """Begin with none."""
        self._forms = forms
        self._made: dict[tuple[All, int], list[Json]] = {}
        self._under_way: list[All] = []
        self._cut = False

    def some(self, condition: All, count: int = 1) -> list[Json]:
        """Return up to `count` different values that nodes accept, the smallest first; [] where none was found."""
        key = (condition, count)
        if key in self._made:
            return self._made[key]
        if condition in self._under_way:
            self._cut = True
            return []
        earlier, self._cut = self._cut, False
        self._under_way.append(condition)
        try:
            found = self.of_form(self._forms.form(condition), count)
        finally:
            self._under_way.pop()
        if not self._cut or found:
            self._made[key] = found
        self._cut = self._cut or earlier
        return found

    def of_form(self, form: Form, count: int = 1) -> list[Json]:
        """Return likewise values that a form accepts."""
        made = {written(value): value for part in form.parts for value in self.of_part(part, count)}
        return [made[text] for text in sorted(made, key=lambda text: (len(text), text))][:count]

    def of_part(self, part: Part, count: int = 1) -> list[Json]:
        """Return likewise values that a part accepts."""
        match part:
            case Nulls():
                return [None]
            case Booleans():
                return sorted(part.values)[:count]
            case Numbers():
                return list(numbers.some(part, count))
            case Texts():
                return list(strings.some(part, count))
            case Fixed():
                return [part.value]
            case Lists():
                return list(islice(self._lists(part, count), count))
            case Objects():
                return list(islice(self._objects(part, count), count))

    def array(self, part: Lists, at: int = -1, value: Json = None, *, length: int = 0) -> list[Json] | None:
        """Return an array that a part accepts, of a length at least, with a value at one place; `None` for none."""
        length = max(part.low, at + 1, length)
        if (part.high is not None and length > part.high) or length > LONGEST:
            return None
        found: list[Json] = []
        for place in range(length):
            if place == at:
                found.append(value)
                continue
            wanted = length if part.unique else 1
            taken = {written(item) for item in (*found, *((value,) if at >= 0 else ()))} if part.unique else ()
            free = (item for item in self.some(part.item(place), wanted) if written(item) not in taken)
            item = next(free, ABSENT)
            if item is ABSENT:
                return None
            found.append(item)
        return found

    def object(self, part: Objects, given: Mapping[str, Json], *, size: int = 0) -> dict[str, Json] | None:
        """Return an object that a part accepts, of a size at least, with the members given; `None` for none.

        Shapes: a member that is given as `ABSENT` is not there.
        """
        size = max(part.low, size)
        if size > LONGEST:
            return None
        named = [name for name in part.members if name in part.required or given.get(name, ABSENT) is not ABSENT]
        named += sorted(name for name in (*part.required, *given) if name not in part.members)
        found: dict[str, Json] = {}
        for name in dict.fromkeys(named):
            if part.names and self._forms.accepts(part.names, name) is False:
                return None
            if name in given:
                if given[name] is not ABSENT:
                    found[name] = given[name]
            elif values := self.some(member(part, name)):
                found[name] = values[0]
            else:
                return None
        for name in self._further(part, given) if len(found) < size else ():
            if name not in found and (values := self.some(member(part, name))):
                found[name] = values[0]
            if len(found) == size:
                break
        if len(found) < size or (part.high is not None and len(found) > part.high):
            return None
        return found

    def around(self, part: Objects, name: str, value: Json) -> Iterator[dict[str, Json]]:
        """Yield objects that a part accepts with a member given, and other values of each other, and of all."""
        known = {other: self.some(member(part, other), 2) for other in part.members if other != name}
        others = {other: values[-1] for other, values in known.items() if values}
        each = ({other: one} for other, values in known.items() for one in values)
        for given in (*islice(each, VARIATIONS_MOST), others):
            if (made := self.object(part, {**given, name: value})) is not None:
                yield made

    def _further(self, part: Objects, given: Mapping[str, Json]) -> Iterator[str]:
        """Yield names of members that may be there, those that the part knows first."""
        yield from (name for name in part.members if name not in given)
        for pattern, _ in part.patterns:
            yield from strings.some(Texts(patterns=frozenset({pattern})), 3)
        if part.says_extra:
            yield from (name for name in self.names(part, LONGEST) if name not in given)

    def names(self, part: Objects, count: int) -> Iterator[str]:
        """Yield names of members without a name of their own."""
        if part.names:
            found: Iterator[Json] = iter(self.some(part.names, min(count, 50)))
        else:
            found = (f"x{at or ''}" for at in range(count))
        for name in found:
            if isinstance(name, str) and name not in part.members and not _matched(part, name):
                yield name

    def _lists(self, part: Lists, count: int) -> Iterator[Json]:
        smallest = self.array(part)
        if smallest is not None:
            yield smallest
        for length in range(part.low + 1, part.low + count):
            if (longer := self.array(part, length=length)) is not None:
                yield longer
        if part.low or part.high is not None:
            for value in self.some(part.item(0), count)[1:]:
                if (other := self.array(part, 0, value)) is not None:
                    yield other

    def _objects(self, part: Objects, count: int) -> Iterator[Json]:
        smallest = self.object(part, {})
        if smallest is None:
            return
        yield smallest
        if count == 1:
            return
        names = (*part.members, *islice(self.names(part, count), count if part.says_extra else 0))
        values = [(name, self.some(member(part, name), count)) for name in names]
        for at in range(count):  # each member once before one has another value
            for name, found in values:
                other = self.object(part, {name: found[at]}) if at < len(found) else None
                if other is not None and other != smallest:
                    yield other


def _matched(part: Objects, name: str) -> bool:
    return any(matches(pattern, name) is not False for pattern, _ in part.patterns)
