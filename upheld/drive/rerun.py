"""Sends a script to an app that nobody has asked anything yet, and looks whether its last request shows a finding."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from upheld.drive.auth import SignIn
from upheld.drive.links import Link, Where, linked, value_of
from upheld.drive.seen import Seen
from upheld.drive.session import Session
from upheld.drive.smaller import smaller
from upheld.hooks import Hooks
from upheld.model import Application, Credentials, Exchange, Fault, Location, Operation, Request, Sought
from upheld.schema import Judge
from upheld.settings import Settings

TIME_LIMIT_S = 3.0
"""How long an answer may take when it is asked for again."""

Faults = Callable[[Exchange], Iterable[tuple[str, Fault]]]
"""What the rules say of an exchange: each fault with its rule's id."""
Key = tuple[str, str, int | None]
"""Rule, operation and status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One request of a script."""

    label: str
    """Its operation's."""
    request: Request
    links: tuple[Link, ...] = ()
    """Its values that come from the answers to earlier steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Requests to be sent in this order to a fresh app."""

    steps: tuple[Step, ...]
    sought: Sought | None
    """What the last one has to show; `None` to be told of everything that all of them show."""
    most: int = 0
    """How many requests may be spent on making the last one smaller."""
    logins: tuple[Request, ...] = ()
    """What signs in, where that was learnt from answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What came of a script."""

    requests: tuple[Request, ...] = ()
    """As they were sent this time."""
    fault: Fault | None = None
    """What was sought; `None` where it was not shown."""
    keys: frozenset[Key] = frozenset()
    """All that was shown, where nothing was sought."""
    smaller: Request | None = None
    """A smaller last request that showed the same, though no longer to a fresh app."""
    secrets: frozenset[str] = frozenset()
    """Tokens and the like that the app made and answered with."""


class Rerun:
    """Sends scripts; to be called where the app is fresh, once."""

    def __init__(
        self, application: Application, settings: Settings, faults: Faults, hooks: Hooks | None = None
    ) -> None:
        """Take the app, how it is driven, what the rules say, and the user's own hooks."""
        self._hooks = hooks
        self._application = application
        self._settings = replace(settings, time_limit_s=min(settings.time_limit_s, TIME_LIMIT_S))
        self._faults = faults
        self._operations = {operation.label: operation for operation in application.contract.operations}

    def __call__(self, script: Script) -> Shown:
        """Start the app, send the script, and return what it shows."""
        contract = self._application.contract
        random.seed(self._settings.seed)
        with Session(self._application, self._settings, Judge.of(contract.document), {}, self._hooks) as session:
            session.sign_in.learnt = script.logins
            session.reset()
            return self._sent(script, session, session.sign_in)

    def _sent(self, script: Script, session: Session, sign_in: SignIn) -> Shown:
        seen, keys = Seen(), set[Key]()
        sent: list[Exchange] = []
        for step in script.steps:
            operation = self._operations[step.label]
            request = self._signed(step.request, operation, sign_in)
            sent.append(session.ask(operation, linked(request, operation, _values(step, sent))))
            seen.add(sent[-1])
            if script.sought is None:
                keys |= {(rule, step.label, fault.status) for rule, fault in self._judged(sent[-1])}
        last = sent[-1]
        fault = self._fault(last, script.sought, session) if script.sought is not None else None
        small: Request | None = None
        if fault is not None and script.sought is not None and script.most:
            small = self._smaller(last, script.sought, session, script.most)
        return Shown(
            requests=tuple(exchange.request for exchange in sent),
            fault=fault,
            keys=frozenset(keys),
            smaller=small if small != last.request else None,
            secrets=frozenset(seen.secrets | sign_in.secrets),
        )

    def _signed(self, request: Request, operation: Operation, sign_in: SignIn) -> Request:
        """Return a request with the credentials of now: a token of then may be unknown."""
        if request.credentials is Credentials.LESS:
            return sign_in.less(request, operation) or request
        if request.credentials is Credentials.OTHER:
            return sign_in.other(request, operation) or request
        then = request.credentials is Credentials.GIVEN and sign_in.is_real(operation) and not sign_in.is_fixed
        return sign_in.anew(request, operation) if then else request

    def _smaller(self, shown: Exchange, sought: Sought, session: Session, most: int) -> Request:
        broken = {(violation.where, violation.keyword) for violation in shown.violations or ()}

        def keeps(request: Request) -> bool:
            exchange = session.ask(shown.operation, request)
            if exchange.violations is None and shown.violations is not None:
                return False  # whether it keeps the docs is not known any more
            now = {(violation.where, violation.keyword) for violation in exchange.violations or ()}
            return now <= broken and self._fault(exchange, sought, session) is not None

        return smaller(shown.request, shown.operation, keeps, most=most)

    def _fault(self, exchange: Exchange, sought: Sought, session: Session) -> Fault | None:
        for rule, fault in self._judged(exchange):
            if (rule, fault.status, fault.level) != (sought.rule, sought.status, sought.level):
                continue
            places = [fault.location] if fault.location is not None else self._places(exchange, session)
            if sought.location is None or any(_same(sought.location, place) for place in places):
                return replace(fault, location=sought.location, exchange=None)
        return None

    @staticmethod
    def _places(exchange: Exchange, session: Session) -> list[Location]:
        handler = exchange.operation.handler
        places = (session.trace(exchange), exchange.seen.returned, handler.location if handler is not None else None)
        return [place for place in places if place is not None]

    def _judged(self, exchange: Exchange) -> Iterable[tuple[str, Fault]]:
        return self._faults(exchange) if exchange.seen.quirk is None else ()


def _same(one: Location, other: Location) -> bool:
    return (one.path, one.line) == (other.path, other.line)


def _values(step: Step, sent: list[Exchange]) -> dict[Where, str]:
    found = {link.where: value_of(link, sent[link.producer]) for link in step.links}
    return {where: value for where, value in found.items() if value is not None}
