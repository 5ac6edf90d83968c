"""The chase: what the code of an operation can answer and no request has shown is looked for on things just made.

Each try has a thing of its own, since the one before may have changed or deleted it: as it was made, then after one
and more of the others that can be done to it, as long as that changes it.
"""

import itertools
import json
import random
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Mapping

from upheld.drive.anew import anew, renamed
from upheld.drive.asker import Ask, Asker
from upheld.drive.family import children, names_its_own, naming
from upheld.drive.rank import CHANGING, CREATING
from upheld.drive.returned import versioned
from upheld.drive.seen import scalars
from upheld.drive.sequences import Sequences
from upheld.drive.shape import members
from upheld.drive.switch import agreed, flagged, plainest, switches, told, worded
from upheld.media import parse_json
from upheld.model import ClaimKind, Exchange, Json, Location, Operation, Reading, Request
from upheld.schema import Judge

_CHANGES = (*CHANGING, "DELETE")
_TRIES_MOST, _FLAGGED_MOST, _REQUESTS_MOST = 60, 30, 8
"""How many requests are spent on one operation, how many more on what is made with every flag set, and in how many ways
it is asked itself."""
_DEEPEST = 5
_CONFLICTS = frozenset({409, 412})
"""What is answered to one who has seen another state of a thing."""
Step = tuple[Operation, Request]
Chain = tuple[Step, ...]
State = frozenset[Hashable]
"""What differs in a thing from how it was made; where that cannot be seen, what was done to it."""
Key = tuple[int, Location | None]
"""A status, and the line that answered with it."""


class Chase:
    """Plans requests for what was read in the code and not seen yet."""

    def __init__(
        self,
        asker: Asker,
        sequences: Sequences,
        judge: Judge,
        code: Mapping[str, Reading],
        assigned: Callable[[Operation, Request], Iterable[Request]],
    ) -> None:
        """Take who asks and makes things, the judge, what the code says, and what puts that into a request."""
        self._asker, self._sequences, self._judge, self._assigned = asker, sequences, judge, assigned
        self._code = code
        self._seen: dict[str, set[Key]] = {operation.label: set() for operation in asker.operations}
        self._left = 0
        self._kept: set[str] = set()
        """Words that a thing keeps when it is made under other names."""
        self._names = itertools.count()

    def take(self, exchange: Exchange) -> None:
        """Learn from an answer what need not be looked for any more."""
        seen = exchange.seen
        place = seen.raised.location if seen.raised is not None else seen.built or seen.returned
        self._seen[exchange.operation.label].add((exchange.status, place))

    def all(self) -> Iterator[Ask]:
        """Yield what is asked of each operation on a thing that another one creates."""
        for creator in self._asker.operations:
            accepted = self._asker.accepted[creator.label] if creator.method in CREATING else []
            family = _family(creator, self._asker.operations, self._judge) if accepted else []
            for child in family:
                if self._asker.valid[child.label] and self.unseen(child):
                    self._left = _TRIES_MOST
                    alone = creator in family  # one that belongs to nothing was accepted first
                    yield from self._looked_for((creator, accepted[0 if alone else -1]), child, family)

    def unseen(self, operation: Operation) -> bool:
        """Return whether the code can refuse at a line that no request has come to, or answer what none has shown."""
        reading, seen = self._code.get(operation.label), self._seen[operation.label]
        shown = {status for status, _ in seen}
        return any(
            (claim.status, claim.location) not in seen if (claim.status or 0) >= 400 else claim.status not in shown
            for claim in (reading.claims if reading is not None else ())
            if claim.kind is ClaimKind.STATUS
        )

    def _looked_for(self, create: Step, child: Operation, family: list[Operation]) -> Iterator[Ask]:
        base = self._asker.valid[child.label][0]
        reading = self._code.get(child.label)
        words = reading.words if reading is not None else ()
        ways = list(dict.fromkeys((base, *self._assigned(child, base))))[:_REQUESTS_MOST]
        self._kept = {word for _, word in words}
        for way in ways:
            yield from self._tried(create, (), (child, way))
        for made, way in self._made_for(create, child, ways, words):
            yield from self._tried((create[0], made), (), (child, way))
        others = [other for other in family if other.method in _CHANGES]
        users = [user for user in self._asker.operations if user.method == "POST" and user not in (create[0], *family)]
        steps = [step for other in (*others, *users) for step in self._steps(other, words)]
        yield from self._chains(create, steps, child, ways)
        if (made := flagged(create[1], create[0], self._judge)) != create[1]:
            self._left = min(self._left, 0) + _FLAGGED_MOST
            yield from self._tried((create[0], made), (), (child, ways[0]))
            yield from self._chains((create[0], made), steps, child, ways)

    def _made_for(
        self, create: Step, child: Operation, ways: list[Request], words: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[Request, Request]]:
        """Yield what makes things for which the child's code may have an answer of its own, each with what to ask."""
        creator, request = create
        known = {request}
        for base in dict.fromkeys((request, plainest(request, creator, self._judge))):
            for made in worded(base, creator, self._judge, words):
                if made not in known:
                    known.add(made)
                    yield made, ways[0]
        for way in ways:
            if (made := agreed(request, creator, self._judge, way, child)) != request:
                yield made, way

    def _chains(self, create: Step, steps: list[Step], child: Operation, ways: list[Request]) -> Iterator[Ask]:
        """Yield what asks a thing after one and more of the other things that can be done to it."""
        chains: list[Chain] = [()]
        known: set[State] = {frozenset()}
        for _ in range(_DEEPEST):
            found = []
            for chain in ((*chain, step) for chain in chains for step in steps if step not in chain):
                state = yield from self._tried(create, chain, (child, ways[0]))
                if state is not None and state not in known:
                    known.add(state)
                    found.append(chain)
                    for way in ways[1:]:
                        yield from self._tried(create, chain, (child, way))
            chains = found

    def _goes_on(self, child: Operation) -> bool:
        return self._left > 0 and self.unseen(child)

    def _steps(self, operation: Operation, words: Iterable[tuple[str, str]]) -> Iterator[Step]:
        requests = self._asker.accepted[operation.label] or self._asker.valid[operation.label]
        for request in (told(one, operation, self._judge) for one in requests[:1]):
            varied = list(switches(request, operation, self._judge, absent=True))
            varied += worded(request, operation, self._judge, words)
            yield from ((operation, one) for one in varied or [request])

    def _tried(self, create: Step, chain: Chain, last: Step) -> Generator[Ask, None, State | None]:
        """Make a thing, do to it what is to be done first, and ask; return in what state it was asked.

        `None` where that was not come to.
        """
        creator, request = create
        if not self._goes_on(last[0]):
            return None
        other = renamed(request, creator, self._judge, self._chance())
        yield from self._counted(self._sequences.anew(creator, other, self._kept))
        made = self._asker.last
        latest = scalars(_members(made)) if made is not None else {}
        for operation, base in chain:
            if made is None or not self._asker.succeeded():
                return None
            yield from self._on(made, operation, base, latest)
            latest |= scalars(_members(self._asker.last)) if self._asker.last is not None else {}
            if operation is creator is last[0]:
                made = self._asker.last  # what belongs to a thing may have things of its own
        if made is None or self._asker.last is None or not self._asker.succeeded():
            return None
        state = _state(made, self._asker.last, chain)
        yield from self._on(made, *last, latest)
        return state

    def _on(self, made: Exchange, operation: Operation, base: Request, latest: Mapping[str, Json]) -> Iterator[Ask]:
        self._asker.last = None
        below = operation is not made.operation and operation.path.startswith(made.operation.path)
        if below or operation in children(made.operation, [operation]):
            asked = self._sequences.of(made, operation, base)
        else:
            asked = self._naming(made, operation)
        if asked is not None and not _CONFLICTS.isdisjoint(status for status, _ in self._seen[operation.label]):
            asked = versioned(asked, operation, self._judge, latest)
        if asked is not None:
            yield from self._counted(self._asker.again(operation, asked))

    def _naming(self, made: Exchange, user: Operation) -> Request | None:
        """Return a request for something new that names the thing that was made."""
        known = (*self._asker.accepted[user.label], *self._asker.valid[user.label])
        named = (naming(request, user, made, self._judge) for request in known)
        found = next((request for request in named if request is not None), None)
        kept = {value for _, value in members(_answer(made)) if isinstance(value, str)}
        return anew(found, user, self._judge, self._chance(), kept) if found is not None else None

    def _chance(self) -> random.Random:
        return random.Random(f"chase {next(self._names)}")  # not those texts that sequences make

    def _counted(self, asks: Iterator[Ask]) -> Iterator[Ask]:
        for ask in asks:
            self._left -= 1
            yield ask


def _family(creator: Operation, operations: Iterable[Operation], judge: Judge) -> list[Operation]:
    """Return what is asked of one thing that an operation creates; one that is told its name shares its path.

    Last the operation itself, where it makes a thing that belongs to another one.
    """
    operations = list(operations)
    same = [other for other in operations if other.path == creator.path and other is not creator]
    own = [creator] if names_its_own(creator, judge) else []
    return [*(same if creator.path.rstrip("/").endswith("}") else ()), *children(creator, operations), *own]


def _answer(exchange: Exchange) -> Json:
    try:
        return parse_json(exchange.body)
    except (ValueError, RecursionError):
        return None


def _state(made: Exchange, last: Exchange, chain: Chain) -> State:
    before, after = _members(made), _members(last)
    if not before or len(before.keys() & after.keys()) * 2 < len(before):
        return frozenset(enumerate(chain))
    return frozenset((name, json.dumps(value)) for name, value in after.items() if before.get(name) != value)


def _members(exchange: Exchange) -> dict[str, Json]:
    value = _answer(exchange)
    return value if isinstance(value, dict) else {}
