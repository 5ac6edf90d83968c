"""Drives one app: sends what is planned, watches it, and hands out exchanges."""

import contextlib
import gc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from upheld.drive import corpus, outside, tracing
from upheld.drive.asgi import STREAM_MOMENT_S, Answer, Caller
from upheld.drive.asker import Ask
from upheld.drive.auth import SignIn
from upheld.drive.forgotten import completed
from upheld.drive.frames import Frames
from upheld.drive.leniency import Types
from upheld.drive.lost import Lost
from upheld.drive.members import value_at
from upheld.drive.order import Order
from upheld.drive.rank import ranked
from upheld.drive.sight import sighting
from upheld.drive.ways_out import ways_out
from upheld.drive.wire import Labels
from upheld.files import package
from upheld.framework import UNREADABLE
from upheld.hooks import Hooks
from upheld.model import Application, Credentials, Exchange, Location, Operation, Reading, Request, Violation
from upheld.schema import Judge
from upheld.settings import Settings

if TYPE_CHECKING:
    from upheld.drive import http

HANGS_MOST = 2
"""An operation that hung this often is asked no more."""
STREAM_MOMENT_LEAST_S = 0.02
"""An operation's first stream is read for a moment, each one after it for half as long, down to this."""
PATIENCE_LEFT_S = 1.0
"""Once an operation hung for the whole time limit, its other requests get this long, and are not judged past it."""

_GARBAGE_MOST = (3_000, 10, 100)
"""Few enough to stay in the processor's cache; exchanges, which are kept, are hardly ever looked through."""


class Session:
    """A started app that is being driven; use as a context manager, inside `inside.watched()`."""

    def __init__(
        self,
        application: Application,
        settings: Settings,
        judge: Judge,
        drawn: Mapping[str, list[Request]],
        hooks: Hooks | None = None,
        readings: Mapping[str, Reading] | None = None,
    ) -> None:
        """Take the app, how to drive it, the judge of its document, and the requests drawn for each operation.

        `hooks` are the user's own, `readings` what was read in the code of each operation, by label.
        """
        self._readings = readings or {}
        contract = application.contract
        self._application = application
        self._settings = settings
        self._judge = judge
        self._drawn = drawn
        self._labels = Labels(judge, urlsplit(application.url or settings.base_url).netloc.rpartition("@")[2])
        self._types = {o.label: Types(o) for o in contract.operations}
        self._is_inside = application.asgi is not None
        self.frames = Frames(application.root, package(contract.app) if self._is_inside else None)
        """What tells the app's own lines."""
        self._caller = _caller(application, settings)
        self._hooks = hooks or Hooks()
        given = self._given if self._hooks.has("credentials") else None
        self.sign_in = SignIn(contract, settings.auth, self.send, given)
        """Signed in since the last `reset`."""
        self._lost = Lost(self.sign_in, self.send, self._put_back if self._hooks.has("reset") else None)
        self._current: Operation | None = None
        """What is asked now; `None` where a request is our own, or was prepared before."""
        self._hangs: dict[str, int] = {}
        self._streams: dict[str, int] = {}
        self.requests = 0
        """How many requests were sent."""
        self.secrets: set[str] = set()
        """Tokens and the like that the app made and answered with."""

    def __enter__(self) -> Self:
        if self._application.app is not None:
            self._hooks.run("setup", self._application.app, wait=self._caller.finish)
        self._caller.__enter__()
        if self._hooks.has("before_request"):
            self._caller.prepare = self._prepared
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._caller.__exit__(*exc_info)

    def exchanges(self) -> Iterator[Exchange]:
        """Send everything that is planned; yield each exchange, in the order sent.

        Errors: UpheldError when the app refuses to let us sign in.
        """
        contract = self._application.contract
        self.reset()
        order = Order(
            contract.operations,
            self._drawn,
            self._judge,
            self.sign_in,
            self._labels,
            seed=self._settings.seed,
            budget=self._settings.budget,
            readings=self._readings,
        )
        self.secrets = order.secrets
        with _fresh_garbage():
            self._label_ahead()
            for number, phase in enumerate(order.phases()):
                if number == order.seeding and self._hooks.has("reset"):
                    self.reset()  # each operation's seeds were sent: sequences begin with what they make themselves
                yield from self._run(phase, order)
                self.sign_in.settle()
        self.secrets |= self.sign_in.secrets

    def _label_ahead(self) -> None:
        """Label what was drawn in an earlier run: that will be asked for anyway, and the code is still being read."""
        stored = self._drawn.there if isinstance(self._drawn, corpus.Drawn) else {}
        for operation in self._application.contract.operations:
            for request in stored.get(operation.label, ()):
                signed = completed(self.sign_in.signed(request, operation), operation, self._judge)
                self._labels.violations(signed, operation)

    def reset(self) -> None:
        """Put the app's data back where a hook does that, and sign in. Errors: UpheldError when the app refuses."""
        self._put_back()
        self.sign_in.start()

    def _put_back(self) -> None:
        self._hooks.run("reset", wait=self._caller.finish)

    def _given(self, label: str) -> Mapping[str, str] | None:
        return self._hooks.credentials(label, self._caller.finish)

    async def _prepared(self, request: Request) -> Request:
        if self._current is None:
            return request
        made = await self._hooks.prepared(request, self._current.label)
        if made.credentials is Credentials.NONE and made != request and self.sign_in.unsigned(made) != made:
            return replace(made, credentials=Credentials.GIVEN)
        return made

    def ask(self, operation: Operation, request: Request) -> Exchange:
        """Send one request of an operation."""
        found: list[Exchange] = []
        self._current = None
        self._caller.call_all(
            iter([request]), lambda request, answer: found.append(self._exchange(operation, request, answer))
        )
        return found[0]

    def replay(self, exchange: Exchange) -> Exchange:
        """Send an exchange's request once more."""
        return self.ask(exchange.operation, exchange.request)

    def trace(self, exchange: Exchange) -> Location | None:
        """Replay an exchange to see where it was decided; `None` when the answer differs.

        That is the line through which the handler handed its answer back; or where an exception began that Pydantic's
        serialiser turned into its own, which has no traceback of the user's.
        """
        if exchange.timed_out:
            return None
        handler = exchange.operation.handler
        function = handler.function if handler is not None else None
        with tracing.traced(function, self.frames) as found:
            again = self.replay(exchange)
        if again.status != exchange.status:
            return None
        escaped = exchange.seen.escaped
        if escaped is not None and escaped.kind == "PydanticSerializationError" and found.raised is not None:
            return self.frames.location(*found.raised)
        if function is None or not found.returned or not self.frames.own(function.__code__.co_filename):
            return None
        ends = ways_out(function)
        line = next((line for line in reversed(found.returned) if line in ends), found.returned[-1])
        return self.frames.location(function.__code__, line)

    def send(self, request: Request) -> tuple[int, bytes]:
        """Send one request that belongs to no operation; return the answer's status and body."""
        found: list[Answer] = []
        self._current = None
        self._caller.call_all(iter([request]), lambda _, answer: found.append(answer))
        return found[0].status, bytes(found[0].body)

    def _run(self, phase: Iterator[Ask], order: Order) -> Iterator[Exchange]:
        found: list[Exchange] = []
        current: list[Operation] = []
        suspects: list[Exchange] = []
        limit_s = self._settings.time_limit_s
        can_send = _sendable() if not self._is_inside else None

        def requests() -> Iterator[Request]:
            for operation, request in phase:
                if can_send is not None and not can_send(request):
                    continue
                current[:] = [operation]
                self._current = operation
                hung = operation.label in self._hangs
                self._caller.limit_s = min(limit_s, PATIENCE_LEFT_S) if hung else limit_s
                halvings = min(self._streams.get(operation.label, 0), 8)
                self._caller.stream_moment_s = max(STREAM_MOMENT_LEAST_S, STREAM_MOMENT_S / 2**halvings)
                yield self.sign_in.renewed(request)
                if suspects:
                    return

        def take(request: Request, answer: Answer) -> None:
            exchange = self._exchange(current[0], request, answer)
            self.requests += 1
            order.take(exchange)
            label = exchange.operation.label
            if exchange.cut:
                self._streams[label] = self._streams.get(label, 0) + 1
            if exchange.timed_out:
                self._hangs[label] = self._hangs.get(label, 0) + 1
                if self._hangs[label] >= HANGS_MOST:
                    order.give_up(exchange.operation)
                if self._caller.limit_s < limit_s:
                    return  # the answer may only be slow
            if self._lost.for_good and self._lost.watches(exchange):
                found.append(_signed_out(exchange))
            elif self._lost.suspects(exchange):
                suspects.append(exchange)
            else:
                found.append(exchange)

        self._caller.call_all(requests(), take)
        while suspects:
            suspect = suspects.pop()
            lost = self._lost.look_into(suspect)
            found.append(_signed_out(suspect) if lost else suspect)
            if isinstance(lost, Operation):
                order.give_up(lost)
            self._caller.call_all(requests(), take)
        self._caller.limit_s = limit_s
        yield from map(order.marked, found)

    def _exchange(self, operation: Operation, request: Request, answer: Answer) -> Exchange:
        types = self._types[operation.label]
        broken = self._labels.violations(request, operation)
        if broken and operation.succeeds(answer.status):
            broken = tuple(_excused(violation, request, operation, types) for violation in broken)
        if self._is_inside:
            seen = sighting(answer, request, self.frames, types, operation.handler)
            if seen.quirk in UNREADABLE and seen.built is not None and f"{answer.status}" in operation.documented:
                seen = replace(seen, quirk=None)
        else:
            seen = outside.sighting(answer, request, operation, broken, types)
            broken = None if outside.undecided(seen, answer.status, broken) else broken
        return Exchange(
            operation=operation,
            request=request,
            status=answer.status,
            headers=tuple(
                [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in answer.headers]
            ),
            body=bytes(answer.body),
            complete=answer.complete,
            cut=answer.cut,
            timed_out=answer.stuck is not None,
            violations=broken,
            seen=seen,
        )


def drawn(application: Application, seed: int, draw: corpus.Draw) -> Mapping[str, list[Request]]:
    """Look up the requests of an app's operations and begin to draw those that are not stored."""
    labels = [operation.label for operation in ranked(application.contract.operations)]
    return corpus.load(application.contract.document, labels, corpus.folder(application.root), seed, draw)


@contextlib.contextmanager
def _fresh_garbage() -> Iterator[None]:
    """Collect garbage soon, and none of what was there before: an exception leaves a ring of frames behind."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_GARBAGE_MOST)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _signed_out(exchange: Exchange) -> Exchange:
    """Return an exchange that says more about what signs in than about its operation."""
    return replace(exchange, seen=replace(exchange.seen, quirk="signed-out"))


def _sendable() -> Callable[[Request], bool]:
    """Return what tells whether a request can go over HTTP as it is."""
    from upheld.drive import http

    return http.sendable


def _caller(application: Application, settings: Settings) -> "Caller | http.Caller":
    """Return what calls the app, in process or over HTTP."""
    if application.asgi is not None:
        return Caller(application.asgi, base_url=settings.base_url, time_limit_s=settings.time_limit_s)
    from upheld.drive import http

    return http.Caller(application.url or settings.base_url, time_limit_s=settings.time_limit_s)


def _excused(violation: Violation, request: Request, operation: Operation, types: Types) -> Violation:
    where = violation.where
    value = value_at(request, where, operation.path)
    member = value_at(request, where[:1] if where[0] == "body" else where[:2], operation.path)
    return replace(violation, lenient=True) if types.converts(violation, value, member) else violation
