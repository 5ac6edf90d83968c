"""Sequences: create, read, change and delete; what is as large as can be, and what may be a switch of the whole app."""

import itertools
import random
from collections.abc import Callable, Collection, Generator, Iterable, Iterator

from upheld.drive.anew import anew
from upheld.drive.asker import Ask, Asker
from upheld.drive.auth import SignIn
from upheld.drive.extremes import extremes
from upheld.drive.family import children, identifier, naming, readers
from upheld.drive.mutate import parameter_names
from upheld.drive.rank import CHANGING, CREATING, may_switch
from upheld.drive.raw import carries_other
from upheld.drive.seen import is_uuid, plain_name
from upheld.drive.shape import members, take_apart
from upheld.drive.switch import switches
from upheld.model import Exchange, Operation, Request
from upheld.schema import Judge

_BODIES_IN_SEQUENCE = 3
_FILES_IN_SEQUENCE = 2
_CHANGES_MOST = 3
_KNOWN_MOST = 4
"""How many things that were created are asked for again, one after the other."""
_SWITCH_SEEN_BY = 20
"""How many operations are asked under each value of a switch."""
BESIDES_SHARE = 1.1
"""Part of the budget for what has to be asked though it is spent, such as a switch that is put back."""


class Sequences:
    """Plans requests of several operations that belong together."""

    def __init__(
        self, asker: Asker, judge: Judge, sign_in: SignIn, assigned: Callable[[Operation, Request], Iterable[Request]]
    ) -> None:
        """Take who asks, the judge of the docs, who signs in, and what puts into a request what the code asks for."""
        self._asker, self._judge, self._sign_in, self._assigned = asker, judge, sign_in, assigned
        self._switches: dict[str, list[Request]] = {}
        self._renewals = itertools.count()

    def all(self) -> Iterator[Ask]:
        """Yield all sequences of the app."""
        for operation in self._asker.operations:
            for base in self._asker.valid[operation.label][:1] if "{" in operation.path else ():
                known = self._below_known(operation, base)
                if (named := self._naming_known(operation, known)) != known:
                    yield from self._asker.ask(operation, named)
                for request in self._assigned(operation, known):
                    yield from self._asker.ask(operation, request)
        creators = [operation for operation in self._asker.operations if operation.method in CREATING]
        for creator in sorted(creators, key=lambda operation: operation.path.count("{")):
            below = children(creator, self._asker.operations)
            bodies = self._asker.valid[creator.label][:_BODIES_IN_SEQUENCE]
            for body in dict.fromkeys((*bodies, *self._asker.files_taken(creator)[:_FILES_IN_SEQUENCE])):
                yield from self._sequence(creator, body, below)
        for creator in creators:
            yield from self._extremes(creator)
        for operation in self._asker.operations:
            if may_switch(operation) and not children(operation, self._asker.operations):
                yield from self._switched(operation)

    def _sequence(self, creator: Operation, body: Request, below: list[Operation]) -> Iterator[Ask]:
        """Create, read, change and delete what was created, then read, change and delete it again; create it again."""
        body = self._below_known(creator, body)
        yield from self._asker.again(creator, body)
        if not self._asker.succeeded() and (named := self._naming_known(creator, body)) != body:
            body = named
            yield from self._asker.again(creator, body)
        made, done = self._asker.last, self._asker.succeeded()
        yield from self._asker.again(creator, body)
        if below and not done and self._asker.accepted[creator.label]:
            yield from self.anew(creator, body)
            made, done = self._asker.last, self._asker.succeeded()
        if made is None or not done:
            return
        for turn, child in enumerate((*below, *below)):
            files = self._asker.files_taken(child) if turn < len(below) else ()
            bodies = dict.fromkeys((*self._asker.valid[child.label][:_BODIES_IN_SEQUENCE], *files))
            for position, request in enumerate(bodies):
                asked = self.of(made, child, request)
                if asked is None:
                    continue
                if child.security and not position:  # first: what is deleted is not there to be refused
                    yield from self._asker.ask(child, self._sign_in.unsigned(asked))
                    if (strange := self._sign_in.other(asked, child)) is not None:
                        yield from self._asker.ask(child, strange)
                yield from self._asker.again(child, asked)
                if self._asker.succeeded() and child.method in CHANGING:
                    yield from self._looks(made, [other for other in below[:1] if other.method == "GET"])
                    if carries_other(asked, child):
                        yield from self.looked_at(child, asked)

    def of(self, made: Exchange, operation: Operation, request: Request) -> Request | None:
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

    def anew(self, creator: Operation, request: Request, kept: Collection[str] = ()) -> Iterator[Ask]:
        """Create with other texts, but for those in `kept`, what was refused: there may be one of its name."""
        chance = random.Random(next(self._renewals))
        yield from self._asker.again(creator, anew(request, creator, self._judge, chance, kept))

    def _extremes(self, creator: Operation) -> Iterator[Ask]:
        """Create what is as small or as large as the docs allow, look at it, and make use of it."""
        accepted = self._asker.accepted[creator.label]
        near = readers(creator, self._asker.operations) if accepted else []
        depth = creator.path.rstrip("/").count("/") + 1
        within = [child for child in self._changing(creator) if child.path.count("/") > depth]
        for request in extremes(accepted[-1], creator, self._judge) if accepted else ():
            yield from self._asker.again(creator, request)
            if not self._asker.succeeded():
                yield from self.anew(creator, request)
            if (made := self._asker.last) is not None and self._asker.succeeded():
                yield from self._looks(made, near)
                yield from self._changes(made, within)
                yield from self._uses(made)

    def _looks(self, made: Exchange, near: Iterable[Operation]) -> Iterator[Ask]:
        """Read what was just created or changed."""
        for reader in near:
            for request in sorted(self._asker.valid[reader.label], key=lambda valid: len(valid.target))[:1]:
                if (asked := self.of(made, reader, request)) is not None:
                    yield from self._asker.again(reader, asked)

    def looked_at(self, operation: Operation, request: Request) -> Iterator[Ask]:
        """Read the thing that a request has changed, and the collection that it is in."""
        shape, above = take_apart(request, operation), operation.path.rstrip("/").rpartition("/{")[0]
        for reader in self._asker.operations if shape is not None else ():
            if reader.method == "GET" and reader.path.rstrip("/") in (operation.path.rstrip("/"), above):
                for base in sorted(self._asker.valid[reader.label], key=lambda valid: len(valid.target))[:1]:
                    read = take_apart(base, reader)
                    for name, value in shape.path if shape is not None else ():
                        read = read.with_path(name, value) if read is not None else None
                    if read is not None:
                        yield from self._asker.ask(reader, read.built(), again=True, share=1.0)

    def _uses(self, made: Exchange) -> Iterator[Ask]:
        """Create what names the thing that was just created and look at it; anew for each thing to be done."""
        for user in self._asker.operations if made.operation.method == "POST" else ():
            requests = self._asker.accepted[user.label] or self._asker.valid[user.label]
            for request in requests[:1] if user.method == "POST" else ():
                asked = naming(request, user, made, self._judge)
                if asked is None or user is made.operation:
                    continue
                changing = self._changing(user)
                for turn in range(max(1, min(len(changing), _CHANGES_MOST))):
                    yield from self._asker.again(user, asked)
                    if (other := self._asker.last) is not None and self._asker.succeeded():
                        yield from self._looks(other, readers(user, self._asker.operations) if not turn else ())
                        yield from self._changes(other, changing[turn : turn + 1])

    def _changing(self, creator: Operation) -> list[Operation]:
        return [child for child in children(creator, self._asker.operations) if child.method in CHANGING]

    def _changes(self, made: Exchange, operations: Iterable[Operation]) -> Iterator[Ask]:
        for operation in operations:
            for request in self._asker.valid[operation.label][:1]:
                if (asked := self.of(made, operation, request)) is not None:
                    yield from self._asker.again(operation, asked)

    def _switched(self, operation: Operation) -> Iterator[Ask]:
        """Set what may be a switch of the whole app to each of its values and ask all else once; leave it at the best.

        That is the value under which most succeeded, of several the last, which is the one that it had.
        """
        accepted = self._asker.accepted[operation.label]
        others = [other for other in self._asker.operations[:_SWITCH_SEEN_BY] if other is not operation]
        best = succeeded = -1
        for request in switches(accepted[0], operation, self._judge) if accepted else ():
            yield from self._asker.again(operation, request)
            succeeded = 0
            for other in others if self._asker.succeeded() else ():
                for asked in (self._asker.accepted[other.label] or self._asker.valid[other.label])[:1]:
                    yield from self._asker.again(other, asked)
                    succeeded += self._asker.succeeded()
                    if other.security:
                        yield from self._asker.again(other, self._sign_in.unsigned(asked))
            if succeeded >= best:
                best, self._switches[operation.label] = succeeded, [request]
        if succeeded < best:
            yield from self.switched_back(operation)

    def as_first(self, operation: Operation) -> Iterator[Ask]:
        """Put what may be a switch back to the value that was taken first, so that not all others meet the last one."""
        accepted = self._asker.accepted[operation.label] if may_switch(operation) else []
        for request in accepted[:1] if accepted and any(switches(accepted[0], operation, self._judge)) else ():
            yield from self._asker.ask(operation, request, again=True)

    def switched_back(self, operation: Operation) -> Iterator[Ask]:
        """Put what is a switch back to the value under which most succeeded."""
        for request in self._switches.get(operation.label, ()):
            yield from self._asker.ask(operation, request, again=True, share=BESIDES_SHARE)

    def _below_known(self, creator: Operation, request: Request) -> Request:
        """Return a request for something below a thing that exists, where its path names one."""
        shape = take_apart(request, creator)
        for name, _ in shape.path if shape is not None else ():
            known = self._asker.seen.texts(name, creator)
            if shape is not None and known:
                shape = shape.with_path(name, known[-1])
        return shape.built() if shape is not None and shape.path else request

    def _naming_known(self, creator: Operation, request: Request) -> Request:
        """Return a request whose body names things that exist, where it names some."""
        shape = before = take_apart(request, creator)
        for path, value in list(members(shape.body)) if shape is not None and shape.has_json else ():
            name = next((step for step in reversed(path) if isinstance(step, str)), "")
            known = [one for one in self._asker.seen.values(name) if type(one) is type(value)]
            if shape is not None and known and plain_name(name).endswith("id"):
                shape = shape.with_member(path, known[-1])
            elif shape is not None and not known and isinstance(value, str) and is_uuid(value):
                uuids = self._asker.seen.uuids
                shape = shape.with_member(path, uuids[-1]) if uuids else shape
        return shape.built() if shape is not None and shape is not before else request

    def on_known(self, operation: Operation, base: Request) -> Iterator[Request]:
        """Yield a request on each of a few things that are known to have been there."""
        shape, names = take_apart(base, operation), parameter_names(operation.path)
        for known in self._asker.seen.texts(names[-1], operation)[:_KNOWN_MOST] if names and shape is not None else ():
            if shape is not None:
                yield shape.with_path(names[-1], known).built()

    def there(self, operation: Operation, base: Request) -> Generator[Ask, None, Request]:
        """Return a request on something that is still there; the one given where nothing is known to be."""
        for request in (base, *self.on_known(operation, base)) if "{" in operation.path else ():
            yield from self._asker.again(operation, request)
            if self._asker.succeeded():
                return request
        return base

    def room(self, creator: Operation) -> Iterator[Ask]:
        """Delete what is known to be there, where nothing more can be created: a limit may be reached."""
        accepted = self._asker.accepted[creator.label]
        deleting = [child for child in children(creator, self._asker.operations) if child.method == "DELETE"]
        if not accepted or not deleting or creator.method != "POST":
            return
        yield from self.anew(creator, accepted[0])
        if self._asker.succeeded():
            return
        for operation in deleting:
            for base in self._asker.valid[operation.label][:1]:
                for request in self.on_known(operation, base):
                    yield from self._asker.again(operation, request)
