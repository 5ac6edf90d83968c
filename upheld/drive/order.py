"""In which order an app is asked: what was drawn, what frameworks stumble over, sequences, splices.

The order is a generator that is resumed after each answer, so that later requests can use what earlier ones got.
"""

import itertools
import random
import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from upheld.drive.anew import Keys, anew, renamed
from upheld.drive.asker import VALID_KEPT, Ask, Asker
from upheld.drive.assign import Assigner
from upheld.drive.auth import SignIn
from upheld.drive.chance import Chance
from upheld.drive.chase import Chase
from upheld.drive.declared import declared
from upheld.drive.forgotten import completed
from upheld.drive.graft import Broken, grafts, masked
from upheld.drive.mutate import probes
from upheld.drive.news import News
from upheld.drive.offsets import without_offsets
from upheld.drive.padding import SIZES_BYTES, may_be_too_long, padded
from upheld.drive.rank import CHANGING, CREATING, parts
from upheld.drive.raw import carries_other, raw, takes_json
from upheld.drive.reads import is_undocumented, is_word
from upheld.drive.returned import returned
from upheld.drive.sequences import BESIDES_SHARE, Sequences
from upheld.drive.shape import Shape, take_apart
from upheld.drive.shown import shown
from upheld.drive.splice import Splicer, splices
from upheld.drive.trial import informed, trial
from upheld.drive.uploads import names_files, uploads
from upheld.drive.wire import Labels
from upheld.model import Assignment, Credentials, Exactly, Exchange, Operation, Read, Reading, Request
from upheld.schema import Judge

REPEATS = 20
"""An operation with fewer distinct requests repeats them up to this many times, and one accepted request is sent so
often in a row for every operation: counters, caches, rate limits."""
_MASKED_KEPT = 12
_READS_MOST = 8
_INFORMED_MOST = 6
_UNKNOWN, _FORBIDDEN = 401, 403
_UNSIGNED_MOST = 4
"""How many accepted requests are sent again without credentials."""
_SEEDS_SHARE, _SEQUENCES_SHARE, _CHASE_SHARE, _REST_SHARE = 0.6, 0.8, 0.9, 0.95
"""Parts of the budget that are spent once the seeds, the sequences, the chase and the splices were sent."""

_IDLE_MOST = 40
"""After so many splices in a row that had been sent before, an operation has no others."""
_STALE_SHARE, _STALE_LEAST = 0.2, 40
"""Once so much of the budget went in a row into splices whose answers showed nothing new, an operation gets no more."""


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
        readings: Mapping[str, Reading] | None = None,
    ) -> None:
        """Take the operations with their drawn requests, how many requests each may get, and what their code says."""
        self._code = readings or {}
        self._asker = Asker(operations, budget, Keys(operations, judge))
        self._sequences = Sequences(self._asker, judge, sign_in, self._assigned)
        self._chase = Chase(self._asker, self._sequences, judge, self._code, self._assigned)
        self._parting = [operation for operation in self._asker.operations if parts(operation)]
        self._drawn = drawn
        self._judge = judge
        self._sign_in = sign_in
        self._labels = labels
        self._chance = {o.label: Chance(f"{seed} {o.label}") for o in operations}
        self._masked: dict[str, list[Broken]] = {o.label: [] for o in operations}
        self._reads: dict[str, dict[tuple[str, str], Read]] = {o.label: {} for o in operations}
        self._swayed: dict[Exchange, Read] = {}
        self._refused_as_too_long: set[str] = set()

    @property
    def secrets(self) -> set[str]:
        """Tokens and the like that the app made and answered with."""
        return self._asker.seen.secrets

    def take(self, exchange: Exchange) -> None:
        """Learn from the answer to the request yielded last; whoever sends calls it before resuming."""
        self._asker.take(exchange)
        self._chase.take(exchange)
        self._sign_in.learn(exchange)
        if exchange.status == 413:
            self._refused_as_too_long.add(exchange.operation.label)
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
        self._asker.give_up(operation)

    def phases(self) -> Iterator[Iterator[Ask]]:
        """Yield the requests in batches; each batch is to be sent in full before the next is begun."""
        others = [operation for operation in self._asker.operations if operation not in self._parting]
        yield from self._seeding(others)
        self._asker.share = _SEQUENCES_SHARE
        yield self._sequences.all()
        self._asker.share = _CHASE_SHARE
        yield self._chase.all()
        kept = list(itertools.takewhile(lambda operation: operation.method != "DELETE", others))
        yield from self._resting(kept)
        yield self._read_again(kept)
        yield from self._resting(others[len(kept) :])
        yield from self._seeding(self._parting)
        if self._parting:
            yield self._once_more(others)
        yield from self._resting(self._parting)

    @property
    def seeding(self) -> int:
        """How many batches there are before the sequences begin."""
        return len(self._asker.operations) - len(self._parting)

    def _seeding(self, operations: Iterable[Operation]) -> Iterator[Iterator[Ask]]:
        self._asker.share = _SEEDS_SHARE
        for operation in operations:
            drawn = self._drawn.get(operation.label, ())  # here, where no loop is held up by the wait for it
            yield itertools.chain(self._seeds(operation, drawn), self._sequences.as_first(operation))

    def _resting(self, operations: Iterable[Operation]) -> Iterator[Iterator[Ask]]:
        self._asker.share = _REST_SHARE
        for operation in operations:
            yield itertools.chain(
                self._rest(operation), self._signing_in(operation), self._sequences.switched_back(operation)
            )

    def _signing_in(self, operation: Operation) -> Iterator[Ask]:
        """Sign in as the settings do, last: a wrong password made of the right one may lock an account."""
        if (request := self._sign_in.asked(operation)) is not None:
            yield from self._asker.ask(operation, request, again=True, share=BESIDES_SHARE)

    def _read_again(self, operations: Iterable[Operation]) -> Iterator[Ask]:
        """Read what has come together meanwhile: what is stored by now may be nothing that can be answered with."""
        for operation in operations:
            accepted = sorted(self._asker.accepted[operation.label], key=lambda request: len(request.target))
            for request in accepted[:1] if operation.method == "GET" else ():
                for asked in (request, *self._sequences.on_known(operation, request)):
                    yield from self._asker.ask(operation, asked, again=True, share=1.0)

    def _once_more(self, operations: Iterable[Operation]) -> Iterator[Ask]:
        """Ask what was accepted as a user who may be gone by now."""
        for operation in operations:
            for request in self._asker.accepted[operation.label][:1] if operation.security else ():
                yield from self._asker.ask(operation, request, again=True, share=BESIDES_SHARE)

    def _seeds(self, operation: Operation, unsigned: Iterable[Request]) -> Iterator[Ask]:
        drawn = [self._signed(request, operation) for request in unsigned]
        if not drawn:
            drawn = [self._sign_in.signed(_plainest(operation), operation)]
        made = self._made(operation, drawn)
        good = self._good([*drawn, *made] if takes_json(operation) else [*made, *drawn], operation)
        self._asker.valid[operation.label] = good[:VALID_KEPT]
        base = good[0] if good else drawn[0]
        if (yield from self._is_for_other(operation, base)):
            drawn, made, good = ([self._signed(one, operation) for one in some] for some in (drawn, made, good))
            self._asker.valid[operation.label] = good[:VALID_KEPT]
            base = self._signed(base, operation)
        if operation.security:
            for request in (base, *good[1:3]):
                yield from self._asker.ask(operation, self._sign_in.unsigned(request))
            sign_in = self._sign_in
            for as_other in (sign_in.wrong, sign_in.less, sign_in.other):
                if (asked := as_other(base, operation)) is not None:
                    yield from self._asker.ask(operation, asked)
        yield from self._as_asked(operation, base, good)
        alone = operation.method in CREATING
        for request in good[:VALID_KEPT]:
            self._asker.last = None
            yield from self._asker.ask(operation, request)
            if alone and self._asker.succeeded():
                alone = False
                yield from self._readings(operation)
        for request in itertools.chain(shown(base, operation), made, self._asker.files[operation.label]):
            yield from self._asker.ask(operation, request)
        rest = itertools.zip_longest(probes(base, operation), drawn)
        for request in itertools.chain.from_iterable(rest):
            if request is not None:
                yield from self._asker.ask(operation, request)
        if (proof := self._sign_in.proof(base, operation)) is not None:
            yield from self._asker.ask(operation, proof, share=1.0)

    def _is_for_other(self, operation: Operation, base: Request) -> Generator[Ask, None, bool]:
        """Return whether an operation is asked as the other of two known users: it refuses only the first."""
        other = self._sign_in.other(base, operation)
        if other is None or base.credentials is not Credentials.GIVEN:
            return False
        yield from self._asker.again(operation, base)
        if self._asker.status == _FORBIDDEN:
            yield from self._asker.again(operation, other)
            if self._asker.status not in (0, _UNKNOWN, _FORBIDDEN):
                self._sign_in.prefer_other(operation)
                return True
        return False

    def _made(self, operation: Operation, drawn: list[Request]) -> list[Request]:
        """Return requests with bodies that are not drawn: raw ones, and files where the docs say of what kind."""
        if operation.body is None:
            return []
        base = next(iter(self._good(drawn, operation)), drawn[0])
        files = self._asker.files[operation.label] = list(uploads(base, operation, self._judge))
        named = files if files and names_files(operation, self._judge) else []
        return [*named, *raw(base, operation, self._judge, drawn)]

    def _good(self, requests: list[Request], operation: Operation) -> list[Request]:
        """Return the requests that keep the docs; where of none it is known, those of which nobody can say."""
        verdicts = [(request, self._labels.violations(request, operation)) for request in requests]
        good = [request for request, verdict in verdicts if verdict == ()]
        unsure = (request for request, verdict in verdicts if verdict is None)
        return good or [request for request in unsure if carries_other(request, operation)]

    def _signed(self, drawn: Request, operation: Operation) -> Request:
        return completed(self._sign_in.signed(drawn, operation), operation, self._judge)

    def _as_asked(self, operation: Operation, base: Request, good: Sequence[Request]) -> Iterator[Ask]:
        """Ask what the code asks for; once more of another thing where one that was made before may be in the way."""
        assigner, turns, made = Assigner(operation, self._judge), itertools.count(1), False
        for assignment in self._asked(operation):
            self._asker.last = None
            for request in assigner.requests([assignment], base):
                yield from self._asker.ask(operation, request)
            if made and self._asker.status >= 400 and self._chase.unseen(operation):
                turn = next(turns)
                chance = random.Random(turn)
                other = renamed(good[turn % len(good)] if good else base, operation, self._judge, chance)
                other = anew(other, operation, self._judge, chance)
                for request in assigner.requests([assignment], other, turn):
                    yield from self._asker.ask(operation, request)
            made = made or (self._asker.succeeded() and operation.method in CREATING)

    def _assigned(self, operation: Operation, base: Request) -> Iterator[Request]:
        """Yield what the conditions in the code ask for, put into a request."""
        yield from Assigner(operation, self._judge).requests(self._asked(operation), base)

    def _asked(self, operation: Operation) -> Sequence[Assignment]:
        reading = self._code.get(operation.label)
        return reading.assignments if reading is not None else ()

    def _readings(self, creator: Operation) -> Iterator[Ask]:
        """Read the collection, and what sums it up, while the first thing that was created is alone in it."""
        below = creator.path.rstrip("/")
        for operation in self._asker.operations:
            own = operation.path.startswith(f"{below}/") or operation.path.rstrip("/") == below
            if operation.method == "GET" and own and operation.path.count("{") == below.count("{"):
                for request in sorted(self._asker.valid[operation.label], key=lambda valid: len(valid.target))[:1]:
                    yield from self._asker.ask(operation, request, again=True, share=1.0)

    def _unsigned(self, operation: Operation, start: int) -> Iterator[Ask]:
        """Ask without credentials what was accepted with them, from one on: what is refused without may be missing."""
        for request in self._asker.accepted[operation.label][start:_UNSIGNED_MOST] if operation.security else ():
            yield from self._asker.ask(operation, self._sign_in.unsigned(request))

    def _rest(self, operation: Operation) -> Iterator[Ask]:
        label = operation.label
        valid = self._asker.valid[label] or [self._signed(r, operation) for r in self._drawn.get(label, ())[:4]]
        if not valid:
            return
        first = (self._asker.accepted[label] or valid)[0]
        yield from self._trials(operation, first)
        offset = without_offsets(first, operation, self._judge)
        given_back = self._given_back(operation, first)
        for request in itertools.chain(given_back, offset, self._asker.seen.conditional(operation, valid)):
            yield from self._asker.ask(operation, request)
        yield from self._unsigned(operation, 0)
        if operation.security and operation.method == "DELETE":
            for request in self._sequences.on_known(operation, valid[0]):
                yield from self._asker.ask(operation, self._sign_in.unsigned(request))
        splicer = Splicer(operation, self._asker.seen, self._judge, self._chance[label])
        base = take_apart((self._asker.accepted[label] or valid)[-1], operation)
        if base is not None and any(declared(base.built(), operation, self._judge)):
            yield from self._edited(operation, base, splicer)
        for request in grafts(self._masked[label], self._asker.accepted[label], splicer):
            yield from self._asker.ask(operation, request)
        idle = stale = 0
        patience = max(_STALE_LEAST, self._asker.budget * _STALE_SHARE)
        news = News()
        for request in splices(valid, self._asker.accepted[label], splicer):
            before, accepted = self._asker.count[label], len(self._asker.accepted[label])
            yield from self._asker.ask(operation, request)
            yield from self._unsigned(operation, accepted)
            idle = 0 if self._asker.count[label] > before else idle + 1
            if not idle and self._asker.last is not None:
                stale = 0 if news.brings(self._asker.last) else stale + 1
                if not stale and self._asker.succeeded() and operation.method in CHANGING:
                    yield from self._sequences.looked_at(operation, request)
            if idle > _IDLE_MOST or stale > patience or self._asker.spent(operation):
                break
        yield from self._too_long(operation)
        for request in itertools.islice(itertools.cycle(valid), max(0, REPEATS - self._asker.count[label])):
            yield from self._asker.ask(operation, request, again=True)
        once = (self._asker.accepted[label] or valid)[:1] if len(valid) > 1 else []
        for request in once * REPEATS:  # last: what a limit refuses from now on is not missed
            yield from self._asker.again(operation, request)
            if not self._asker.succeeded():
                break

    def _given_back(self, operation: Operation, base: Request) -> Iterator[Request]:
        """Yield what an answer says, sent back as it was, where the code has something else to answer."""
        if self._chase.unseen(operation):
            yield from returned(base, operation, self._judge, self._asker.seen.objects)

    def _too_long(self, operation: Operation) -> Iterator[Ask]:
        """Make a body longer until it is refused for that, where the docs say so and nothing has shown it yet."""
        known = (*reversed(self._asker.accepted[operation.label]), *self._asker.valid[operation.label])
        base = next((request for request in known if request.body), None)
        if base is None or not may_be_too_long(operation):
            return
        for size_bytes in SIZES_BYTES:
            request = padded(base, operation, size_bytes)
            if request is not None and operation.label not in self._refused_as_too_long:
                yield from self._asker.ask(operation, request, again=True, share=BESIDES_SHARE)

    def _edited(self, operation: Operation, base: Shape, splicer: Splicer) -> Iterator[Ask]:
        """Ask what the types allow or forbid and the docs may not, where it can be seen whether it is accepted."""
        yield from self._sequences.room(operation)
        there = yield from self._sequences.there(operation, base.built())
        renewed = splicer.renewed(take_apart(there, operation) or base)
        for request in declared(renewed.built(), operation, self._judge):
            self._asker.last = None
            yield from self._asker.ask(operation, request)
            if self._asker.status == 409:
                yield from self._sequences.anew(operation, request)

    def _trials(self, operation: Operation, base: Request) -> Iterator[Ask]:
        """Ask with and without each name that the code reads and the docs do not mention."""
        for read in tuple(self._reads[operation.label].values()):
            swayed = None
            for other, values in self._informed(operation, base, read):
                swayed = yield from self._trial(trial(other, read, values), operation)
                if swayed is not None:
                    break
            if swayed is None:
                swayed = yield from self._trial(trial(base, informed(read, self._asked(operation))), operation)
            if swayed is not None:
                self._swayed[swayed] = read

    def _informed(self, operation: Operation, base: Request, read: Read) -> Iterator[tuple[Request, tuple[str, ...]]]:
        """Yield requests in which more than the name is as the code asks for it, with the value that it asks for."""
        assigner, known = Assigner(operation, self._judge), set[Request]()
        for assignment in self._asked(operation):
            want = assignment.get((read.where, read.name))
            if isinstance(want, Exactly) and isinstance(want.value, str) and is_word(want.value):
                for made in assigner.requests([assignment], base):
                    if made not in known and len(known) < _INFORMED_MOST:
                        known.add(made)
                        yield made, (want.value,)

    def _trial(
        self, trying: Generator[Request, Exchange | None, Exchange | None], operation: Operation
    ) -> Generator[Ask, None, Exchange | None]:
        request = next(trying)
        while True:
            yield from self._asker.again(operation, request)
            try:
                request = trying.send(self._asker.last)
            except StopIteration as end:
                swayed: Exchange | None = end.value
                return swayed


def _plainest(operation: Operation) -> Request:
    """Return a request of the documented path alone, for an operation that nothing could be drawn for."""
    return Request(method=operation.method, target=re.sub(r"\{[^}]*\}", "1", operation.path))
