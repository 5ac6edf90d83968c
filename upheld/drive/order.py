"""In which order an app is asked: what was drawn, what frameworks stumble over, sequences, splices.

The order is a generator that is resumed after each answer, so that later requests can use what earlier ones got.
"""

import itertools
import random
import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from upheld.drive.anew import anew
from upheld.drive.assign import Assigner
from upheld.drive.auth import SignIn
from upheld.drive.declared import declared
from upheld.drive.extremes import extremes
from upheld.drive.family import children, identifier, naming, readers
from upheld.drive.graft import Broken, grafts, masked
from upheld.drive.mutate import parameter_names, probes
from upheld.drive.news import News
from upheld.drive.rank import CREATING, may_switch, parts, ranked
from upheld.drive.reads import is_undocumented
from upheld.drive.seen import Seen
from upheld.drive.shape import take_apart
from upheld.drive.shown import shown
from upheld.drive.splice import Splicer, splices
from upheld.drive.switch import switches
from upheld.drive.trial import informed, trial
from upheld.drive.wire import Labels
from upheld.model import Assignment, Exchange, Operation, Read, Request
from upheld.schema import Judge

REPEATS = 20
"""An operation with fewer distinct requests repeats them up to this many times, and one accepted request is sent so
often in a row for every operation: counters, caches, rate limits."""
_CHANGING = ("POST", "PUT", "PATCH")
_VALID_KEPT = 24
_MASKED_KEPT = 12
_BODIES_IN_SEQUENCE = 3
_READS_MOST = 8
_UNSIGNED_MOST = 4
"""How many accepted requests are sent again without credentials."""
_KNOWN_MOST = 4
"""How many things that were created are asked for again, one after the other."""
_SWITCH_SEEN_BY = 20
"""How many operations are asked under each value of a switch."""
_SWITCHED_BACK_SHARE = 1.1
"""A switch is put back though the budget is spent: what is asked after it needs that."""
_SEEDS_SHARE, _SEQUENCES_SHARE = 0.6, 0.8
"""Parts of the budget that are spent once the seeds, and once the sequences, were sent."""

_IDLE_MOST = 40
"""After so many splices in a row that had been sent before, an operation has no others."""
_STALE_SHARE, _STALE_LEAST = 0.2, 40
"""Once so much of the budget went in a row into splices whose answers showed nothing new, an operation gets no more."""

Ask = tuple[Operation, Request]


class Order:
    """Plans the requests of a check."""

    def __init__(
        self,
        operations: tuple[Operation, ...],
        drawn: Mapping[str, list[Request]],
        judge: Judge,
        sign_in: SignIn,
        labels: Labels,
        *,
        seed: int,
        budget: int,
        assignments: Mapping[str, Sequence[Assignment]] | None = None,
    ) -> None:
        """Take the operations with their drawn requests, how many requests each may get, and what their code asks."""
        self._assignments = assignments or {}
        self._operations = ranked(operations)
        self._parting = [operation for operation in self._operations if parts(operation)]
        self._drawn = drawn
        self._judge = judge
        self._sign_in = sign_in
        self._labels = labels
        self._budget = budget
        self._chance = {o.label: random.Random(f"{seed} {o.label}") for o in operations}
        self._sent: dict[str, set[Request]] = {o.label: set() for o in operations}
        self._count: dict[str, int] = {o.label: 0 for o in operations}
        self._valid: dict[str, list[Request]] = {o.label: [] for o in operations}
        self._accepted: dict[str, list[Request]] = {o.label: [] for o in operations}
        self._masked: dict[str, list[Broken]] = {o.label: [] for o in operations}
        self._reads: dict[str, dict[tuple[str, str], Read]] = {o.label: {} for o in operations}
        self._swayed: dict[Exchange, Read] = {}
        self._switches: dict[str, list[Request]] = {}
        self._given_up: set[str] = set()
        self._renewals = itertools.count()
        self._share = 1.0
        self.seen = Seen()
        self.last: Exchange | None = None
        """The answer to the request yielded last."""

    def take(self, exchange: Exchange) -> None:
        """Learn from the answer to the request yielded last; whoever sends calls it before resuming."""
        self.last = exchange
        self.seen.add(exchange)
        accepted = self._accepted[exchange.operation.label]
        succeeded = exchange.operation.succeeds(exchange.status) and exchange.seen.quirk is None
        if succeeded and exchange.violations == () and len(accepted) < _VALID_KEPT:
            accepted.append(exchange.request)
        hidden = self._masked[exchange.operation.label]
        if len(hidden) < _MASKED_KEPT and (broken := masked(exchange)) is not None:
            hidden.append(broken)

        reads = self._reads[exchange.operation.label]
        for read in exchange.seen.reads:
            key = (read.where, read.name)
            if key not in reads and len(reads) < _READS_MOST and is_undocumented(read, exchange.operation):
                reads[key] = read

    def marked(self, exchange: Exchange) -> Exchange:
        """Return an exchange with what was learnt after it: whether a name that nobody documented changed it."""
        read = self._swayed.get(exchange)
        return exchange if read is None else replace(exchange, seen=replace(exchange.seen, swayed=read))

    def give_up(self, operation: Operation) -> None:
        """Ask no more of an operation: it hangs."""
        self._given_up.add(operation.label)

    def phases(self) -> Iterator[Iterator[Ask]]:
        """Yield the requests in batches; each batch is to be sent in full before the next is begun."""
        others = [operation for operation in self._operations if operation not in self._parting]
        yield from self._seeding(others)
        self._share = _SEQUENCES_SHARE
        yield self._sequences()
        yield from self._resting(others)
        yield from self._seeding(self._parting)
        if self._parting:
            yield self._once_more(others)
        yield from self._resting(self._parting)

    @property
    def seeding(self) -> int:
        """How many batches there are before the sequences begin."""
        return len(self._operations) - len(self._parting)

    def _seeding(self, operations: Iterable[Operation]) -> Iterator[Iterator[Ask]]:
        self._share = _SEEDS_SHARE
        for operation in operations:
            drawn = self._drawn.get(operation.label, ())  # here, where no loop is held up by the wait for it
            yield itertools.chain(self._seeds(operation, drawn), self._as_first(operation))

    def _resting(self, operations: Iterable[Operation]) -> Iterator[Iterator[Ask]]:
        self._share = 1.0
        for operation in operations:
            yield itertools.chain(self._rest(operation), self._signing_in(operation), self._switched_back(operation))

    def _signing_in(self, operation: Operation) -> Iterator[Ask]:
        """Sign in as the settings do, last: a wrong password made of the right one may lock an account."""
        if (request := self._sign_in.asked(operation)) is not None:
            yield from self._ask(operation, request, again=True, share=_SWITCHED_BACK_SHARE)

    def _once_more(self, operations: Iterable[Operation]) -> Iterator[Ask]:
        """Ask what was accepted as a user who may be gone by now."""
        for operation in operations:
            for request in self._accepted[operation.label][:1] if operation.security else ():
                yield from self._ask(operation, request, again=True, share=_SWITCHED_BACK_SHARE)

    def _ask(
        self, operation: Operation, request: Request, *, again: bool = False, share: float | None = None
    ) -> Iterator[Ask]:
        label = operation.label
        if label in self._given_up or self._count[label] >= self._budget * (share or self._share):
            return
        if not again:
            if request in self._sent[label]:
                return
            self._sent[label].add(request)
        self._count[label] += 1
        yield operation, request

    def _seeds(self, operation: Operation, unsigned: Iterable[Request]) -> Iterator[Ask]:
        drawn = [self._sign_in.signed(request, operation) for request in unsigned]
        if not drawn:
            drawn = [self._sign_in.signed(_plainest(operation), operation)]
        good = [request for request in drawn if self._labels.violations(request, operation) == ()]
        self._valid[operation.label] = good[:_VALID_KEPT]
        base = good[0] if good else drawn[0]
        if operation.security:
            for request in (base, *good[1:3]):
                yield from self._ask(operation, self._sign_in.unsigned(request))
            for refused in (self._sign_in.wrong(base, operation), self._sign_in.less(base, operation)):
                if refused is not None:
                    yield from self._ask(operation, refused)
        for request in self._assigned(operation, base):
            yield from self._ask(operation, request)
        alone = operation.method in CREATING
        for request in good[:_VALID_KEPT]:
            self.last = None
            yield from self._ask(operation, request)
            if alone and self._succeeded():
                alone = False
                yield from self._readings(operation)
        for request in shown(base, operation):
            yield from self._ask(operation, request)
        rest = itertools.zip_longest(probes(base, operation), drawn)
        for request in itertools.chain.from_iterable(rest):
            if request is not None:
                yield from self._ask(operation, request)
        if (proof := self._sign_in.proof(base, operation)) is not None:
            yield from self._ask(operation, proof, share=1.0)

    def _assigned(self, operation: Operation, base: Request) -> Iterator[Request]:
        """Yield what the conditions in the code ask for, put into a request."""
        assignments = self._assignments.get(operation.label, ())
        yield from Assigner(operation, self._judge).requests(assignments, base)

    def _succeeded(self) -> bool:
        """Return whether the request yielded last was asked and answered with a 2xx."""
        return self.last is not None and 200 <= self.last.status < 300

    def _readings(self, creator: Operation) -> Iterator[Ask]:
        """Read the collection, and what sums it up, while the first thing that was created is alone in it."""
        below = creator.path.rstrip("/")
        for operation in self._operations:
            own = operation.path.startswith(f"{below}/") or operation.path.rstrip("/") == below
            if operation.method == "GET" and own and operation.path.count("{") == below.count("{"):
                for request in sorted(self._valid[operation.label], key=lambda valid: len(valid.target))[:1]:
                    yield from self._ask(operation, request, again=True, share=1.0)

    # Sequences --------------------------------------------------------------------------------------------------

    def _sequences(self) -> Iterator[Ask]:
        for operation in self._operations:
            for base in self._valid[operation.label][:1] if "{" in operation.path else ():
                for request in self._assigned(operation, self._below_known(operation, base)):
                    yield from self._ask(operation, request)
        creators = [operation for operation in self._operations if operation.method in CREATING]
        for creator in sorted(creators, key=lambda operation: operation.path.count("{")):
            below = children(creator, self._operations)
            for body in self._valid[creator.label][:_BODIES_IN_SEQUENCE]:
                yield from self._sequence(creator, body, below)
        for creator in creators:
            yield from self._extremes(creator)
        for operation in self._operations:
            if may_switch(operation) and not children(operation, self._operations):
                yield from self._switched(operation)

    def _sequence(self, creator: Operation, body: Request, below: list[Operation]) -> Iterator[Ask]:
        """Create, read, change and delete what was created, then read, change and delete it again; create it again."""
        body = self._below_known(creator, body)
        yield from self._again(creator, body)
        made, done = self.last, self._succeeded()
        yield from self._again(creator, body)
        if below and not done and self._accepted[creator.label]:
            yield from self._anew(creator, body)
            made, done = self.last, self._succeeded()
        if made is None or not done:
            return
        for child in (*below, *below):
            for position, request in enumerate(self._valid[child.label][:_BODIES_IN_SEQUENCE]):
                asked = self._of(made, child, request)
                if asked is None:
                    continue
                if child.security and not position:  # first: what is deleted is not there to be refused
                    yield from self._ask(child, self._sign_in.unsigned(asked))
                yield from self._again(child, asked)
                if self._succeeded() and child.method in _CHANGING:
                    yield from self._looks(made, [other for other in below[:1] if other.method == "GET"])

    def _of(self, made: Exchange, operation: Operation, request: Request) -> Request | None:
        """Return a request of an operation on what was made; `None` where nothing says what that is called."""
        shape, above = take_apart(request, operation), take_apart(made.request, made.operation)
        known = dict(above.path) if above is not None else {}
        own = next((name for name in parameter_names(operation.path) if name not in known), None)
        called = identifier(made, operation, self._judge) if own is not None else ""
        if shape is None or called is None:
            return None
        for name, value in {**known, own: called}.items() if own is not None else known.items():
            shape = shape.with_path(name, value)
        return shape.built()

    def _anew(self, creator: Operation, request: Request) -> Iterator[Ask]:
        """Create with other texts what was refused: there may be one of its name."""
        yield from self._again(creator, anew(request, creator, self._judge, random.Random(next(self._renewals))))

    def _extremes(self, creator: Operation) -> Iterator[Ask]:
        """Create what is as small or as large as the docs allow, look at it, and make use of it."""
        accepted = self._accepted[creator.label]
        near = readers(creator, self._operations) if accepted else []
        depth = creator.path.rstrip("/").count("/") + 1
        within = [child for child in self._changing(creator) if child.path.count("/") > depth]
        for request in extremes(accepted[-1], creator, self._judge) if accepted else ():
            yield from self._again(creator, request)
            if not self._succeeded():
                yield from self._anew(creator, request)
            if (made := self.last) is not None and self._succeeded():
                yield from self._looks(made, near)
                yield from self._changes(made, within)
                yield from self._uses(made)

    def _looks(self, made: Exchange, near: Iterable[Operation]) -> Iterator[Ask]:
        """Read what was just created or changed."""
        for reader in near:
            for request in sorted(self._valid[reader.label], key=lambda valid: len(valid.target))[:1]:
                if (asked := self._of(made, reader, request)) is not None:
                    yield from self._again(reader, asked)

    def _uses(self, made: Exchange) -> Iterator[Ask]:
        """Create what names the thing that was just created, look at it and do with it what can be done."""
        for user in self._operations if made.operation.method == "POST" else ():
            for request in self._accepted[user.label][:1] if user.method == "POST" else ():
                asked = naming(request, user, made, self._judge)
                if asked is None or user is made.operation:
                    continue
                yield from self._again(user, asked)
                if (other := self.last) is not None and self._succeeded():
                    yield from self._looks(other, readers(user, self._operations))
                    yield from self._changes(other, self._changing(user))

    def _changing(self, creator: Operation) -> list[Operation]:
        return [child for child in children(creator, self._operations) if child.method in _CHANGING]

    def _changes(self, made: Exchange, operations: Iterable[Operation]) -> Iterator[Ask]:
        for operation in operations:
            for request in self._valid[operation.label][:1]:
                if (asked := self._of(made, operation, request)) is not None:
                    yield from self._again(operation, asked)

    def _switched(self, operation: Operation) -> Iterator[Ask]:
        """Set what may be a switch of the whole app to each of its values and ask all else once; leave it at the best.

        That is the value under which most succeeded, of several the last, which is the one that it had.
        """
        accepted = self._accepted[operation.label]
        others = [other for other in self._operations[:_SWITCH_SEEN_BY] if other is not operation]
        best = succeeded = -1
        for request in switches(accepted[0], operation, self._judge) if accepted else ():
            yield from self._again(operation, request)
            succeeded = 0
            for other in others if self._succeeded() else ():
                for asked in (self._accepted[other.label] or self._valid[other.label])[:1]:
                    yield from self._again(other, asked)
                    succeeded += self._succeeded()
                    if other.security:
                        yield from self._again(other, self._sign_in.unsigned(asked))
            if succeeded >= best:
                best, self._switches[operation.label] = succeeded, [request]
        if succeeded < best:
            yield from self._switched_back(operation)

    def _as_first(self, operation: Operation) -> Iterator[Ask]:
        """Put what may be a switch back to the value that was taken first, so that not all others meet the last one."""
        accepted = self._accepted[operation.label] if may_switch(operation) else []
        for request in accepted[:1] if accepted and any(switches(accepted[0], operation, self._judge)) else ():
            yield from self._ask(operation, request, again=True)

    def _switched_back(self, operation: Operation) -> Iterator[Ask]:
        for request in self._switches.get(operation.label, ()):
            yield from self._ask(operation, request, again=True, share=_SWITCHED_BACK_SHARE)

    def _below_known(self, creator: Operation, request: Request) -> Request:
        """Return a request for something below a thing that exists, where its path names one."""
        shape = take_apart(request, creator)
        for name, _ in shape.path if shape is not None else ():
            known = self.seen.texts(name, creator)
            if shape is not None and known:
                shape = shape.with_path(name, known[-1])
        return shape.built() if shape is not None and shape.path else request

    def _unsigned(self, operation: Operation, start: int) -> Iterator[Ask]:
        """Ask without credentials what was accepted with them, from one on: what is refused without may be missing."""
        for request in self._accepted[operation.label][start:_UNSIGNED_MOST] if operation.security else ():
            yield from self._ask(operation, self._sign_in.unsigned(request))

    def _again(self, operation: Operation, request: Request) -> Iterator[Ask]:
        self.last = None
        yield from self._ask(operation, request, again=True)

    # The rest of the budget --------------------------------------------------------------------------------------

    def _rest(self, operation: Operation) -> Iterator[Ask]:
        label = operation.label
        valid = self._valid[label] or [self._sign_in.signed(r, operation) for r in self._drawn.get(label, ())[:4]]
        if not valid:
            return
        yield from self._trials(operation, (self._accepted[label] or valid)[0])
        for request in self.seen.conditional(operation, valid):
            yield from self._ask(operation, request)
        yield from self._unsigned(operation, 0)
        if operation.security and operation.method == "DELETE":
            for request in self._on_known(operation, valid[0]):
                yield from self._ask(operation, self._sign_in.unsigned(request))
        splicer = Splicer(operation, self.seen, self._judge, self._chance[label])
        base = take_apart((self._accepted[label] or valid)[-1], operation)
        if base is not None and any(declared(base.built(), operation, self._judge)):
            yield from self._room(operation)
            there = yield from self._there(operation, base.built())
            renewed = splicer.renewed(take_apart(there, operation) or base)
            for request in declared(renewed.built(), operation, self._judge):
                yield from self._ask(operation, request)
        for request in grafts(self._masked[label], self._accepted[label], splicer):
            yield from self._ask(operation, request)
        idle = stale = 0
        patience = max(_STALE_LEAST, self._budget * _STALE_SHARE)
        news = News()
        for request in splices(valid, self._accepted[label], splicer):
            before, accepted = self._count[label], len(self._accepted[label])
            yield from self._ask(operation, request)
            yield from self._unsigned(operation, accepted)
            idle = 0 if self._count[label] > before else idle + 1
            if not idle and self.last is not None:
                stale = 0 if news.brings(self.last) else stale + 1
            if idle > _IDLE_MOST or stale > patience or self._count[label] >= self._budget:
                break
        for request in itertools.islice(itertools.cycle(valid), max(0, REPEATS - self._count[label])):
            yield from self._ask(operation, request, again=True)
        once = (self._accepted[label] or valid)[:1] if len(valid) > 1 else []
        for request in once * REPEATS:  # last: what a limit refuses from now on is not missed
            yield from self._again(operation, request)
            if not self._succeeded():
                break

    def _on_known(self, operation: Operation, base: Request) -> Iterator[Request]:
        """Yield a request on each of a few things that are known to have been there."""
        shape, names = take_apart(base, operation), parameter_names(operation.path)
        for known in self.seen.texts(names[-1], operation)[:_KNOWN_MOST] if names and shape is not None else ():
            if shape is not None:
                yield shape.with_path(names[-1], known).built()

    def _there(self, operation: Operation, base: Request) -> Generator[Ask, None, Request]:
        """Return a request on something that is still there; the one given where nothing is known to be."""
        for request in (base, *self._on_known(operation, base)) if "{" in operation.path else ():
            yield from self._again(operation, request)
            if self._succeeded():
                return request
        return base

    def _room(self, creator: Operation) -> Iterator[Ask]:
        """Delete what is known to be there, where nothing more can be created: a limit may be reached."""
        accepted = self._accepted[creator.label]
        deleting = [child for child in children(creator, self._operations) if child.method == "DELETE"]
        if not accepted or not deleting or creator.method != "POST":
            return
        yield from self._anew(creator, accepted[0])
        if self._succeeded():
            return
        for operation in deleting:
            for base in self._valid[operation.label][:1]:
                for request in self._on_known(operation, base):
                    yield from self._again(operation, request)

    def _trials(self, operation: Operation, base: Request) -> Iterator[Ask]:
        """Ask with and without each name that the code reads and the docs do not mention."""
        for read in tuple(self._reads[operation.label].values()):
            trying = trial(base, informed(read, self._assignments.get(operation.label, ())))
            request = next(trying)
            while True:
                yield from self._again(operation, request)
                try:
                    request = trying.send(self.last)
                except StopIteration as end:
                    if end.value is not None:
                        self._swayed[end.value] = read
                    break


def _plainest(operation: Operation) -> Request:
    """Return a request of the documented path alone, for an operation that nothing could be drawn for."""
    return Request(method=operation.method, target=re.sub(r"\{[^}]*\}", "1", operation.path))
