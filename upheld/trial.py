"""The trials of a round trip: `python -m upheld.trial`, an errand as JSON on standard input, what came of it on
the output.

Each runs in a process of its own, so that the app is one that nobody has asked anything yet.
"""

import asyncio
import contextvars
import random
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from upheld import loading
from upheld.drive.auth import SignIn
from upheld.drive.lifespan import Lifespan
from upheld.drive.links import Link, linked, value_of
from upheld.drive.network import guarded
from upheld.hooks import Hooks
from upheld.model import Application, Credentials, Exchange, Operation, Request, UpheldError
from upheld.roundtrip import processes
from upheld.roundtrip.script import Errand, Failure, Mode, Outcome, Report, Step, Told, Way, packed, unpacked
from upheld.roundtrip.select import Goal, key
from upheld.roundtrip.shipped import Shipped
from upheld.roundtrip.verdicts import shows
from upheld.settings import Settings
from upheld.surroundings import surroundings

LIMIT_S = 30.0
"""How long an answer may take at least: what was quick in a check may be slow beside other trials."""


def main() -> int:
    """Make the trials that standard input asks for."""
    errand = unpacked(sys.stdin.buffer.read(), Errand)
    try:
        with surroundings(errand.settings, Path(errand.root)):
            report = Report(outcomes=_tried(errand))
    except UpheldError as error:
        report = Report(problem=f"{error}")
    sys.stdout.buffer.write(packed(report))
    sys.stdout.flush()
    return 0


def _tried(errand: Errand) -> tuple[Outcome, ...]:
    root, settings = Path(errand.root), errand.settings
    random.seed(settings.seed)  # as the check did: an app that draws lots draws the same ones
    with guarded(settings.allow_hosts):
        application = loading.load(errand.app, settings, root)
        shipped = Shipped(Path(errand.client))
        hooks = Hooks.load(settings.hooks, root=root) if settings.hooks is not None else Hooks()
        return processes.apart(errand, lambda mode: _Trial(errand, mode, application, shipped, hooks).run())


class _Trial:
    def __init__(self, errand: Errand, mode: Mode, application: Application, shipped: Shipped, hooks: Hooks) -> None:
        self._errand = errand
        self._mode = mode
        self._application = application
        self._shipped = shipped
        self._hooks = hooks
        self._settings: Settings = errand.settings
        self._operations = {operation.label: operation for operation in application.contract.operations}
        self._limit_s = max(LIMIT_S, errand.settings.time_limit_s)

    def run(self) -> Outcome:
        from upheld.roundtrip import hosting

        app = self._application.asgi
        if app is None:
            raise AssertionError(self._application)
        if self._mode.is_http:
            host = urlsplit(self._settings.base_url).netloc if self._settings.base_url != Settings().base_url else None
            return hosting.over_http(app, host, self._setup, self._asked)
        state: dict[str, Any] = {}
        return hosting.in_process(
            app, lambda: Lifespan(app, state), state, self._settings.base_url, self._limit_s, self._setup, self._asked
        )

    def _setup(self, wait: Callable[[Awaitable[Any]], Any]) -> None:
        if self._application.app is not None:
            self._hooks.run("setup", self._application.app, wait=wait)

    def _asked(self, reached: Any) -> Outcome:
        from upheld.roundtrip.asking import Asker

        mode = self._mode
        runner = asyncio.Runner() if mode.is_async else None
        http = reached.awaiting() if mode.is_async else reached.waiting()
        asker = Asker(
            self._shipped,
            self._operations,
            url=reached.url,
            http=http,
            limit_s=self._limit_s,
            # In the context of who asks, in which the client collects its exchanges.
            wait=(lambda begun: runner.run(begun, context=contextvars.copy_context())) if runner is not None else None,
        )
        with reached.waiting() as own:

            def send(request: Request) -> tuple[int, bytes]:
                made = own.build_request(
                    request.method, reached.url + request.target, headers=list(request.headers), content=request.sent
                )
                answer = own.send(made)
                own.cookies.clear()
                return answer.status_code, answer.content

            self._hooks.run("reset", wait=reached.finish)
            sign_in = SignIn(
                self._application.contract,
                self._settings.auth,
                send,
                (lambda label: self._hooks.credentials(label, reached.finish))
                if self._hooks.has("credentials")
                else None,
            )
            sign_in.learnt = self._errand.logins
            sign_in.start()
            told = self._told(asker, sign_in, reached.settle)
        if runner is not None:
            runner.run(http.aclose())
            runner.close()
        else:
            http.close()
        return Outcome(
            mode=mode,
            told=tuple(told),
            spares=tuple(self._spares()) if mode is Mode.PROCESS_SYNC else (),
            places={label: method.place for label, method in self._shipped.methods.items()},
        )

    def _told(self, asker: Any, sign_in: SignIn, settle: Callable[[], None]) -> list[Told]:
        told: list[Told] = []
        made: list[Exchange | None] = []
        met = set[Goal]()
        for step in self._errand.steps:
            operation = self._operations[step.label]
            if not step.needed and (step.label, key(operation, step.answered.status)) in met:
                told.append(Told(status=0, way=Way.LEFT_OUT))
                made.append(None)
                continue
            request = _signed(self._linked(step, operation, made), operation, sign_in)
            one, exchange = asker.ask(step, request)
            told.append(one)
            made.append(exchange)
            under = key(operation, one.status)
            if under is not None and shows(one):
                met.add((step.label, under))
            settle()
        return told

    def _linked(self, step: Step, operation: Operation, made: list[Exchange | None]) -> Request:
        values = {}
        for one in step.taken:
            producer = made[one.producer]
            link = Link(where=one.where, producer=one.producer, pointer=one.pointer, in_header=one.in_header)
            text = value_of(link, producer) if producer is not None else None
            if text is not None:
                values[one.where] = text
        return linked(step.request, operation, values) if values else step.request

    def _spares(self) -> list[tuple[int, Failure]]:
        """Have the client say what the check has said, and read what was answered then."""
        import httpx2

        from upheld.roundtrip.asking import Asker
        from upheld.roundtrip.transports import Remembered

        remembered = Remembered()
        asker = Asker(
            self._shipped,
            self._operations,
            url=self._settings.base_url,
            http=httpx2.Client(transport=remembered),
            limit_s=self._limit_s,
        )
        found: list[tuple[int, Failure]] = []
        for place, step in enumerate(self._errand.spares):
            remembered.answered = step.answered
            told, _ = asker.ask(step, step.request)
            found += [(place, failure) for failure in told.failures]
        return found


def _signed(request: Request, operation: Operation, sign_in: SignIn) -> Request:
    """Return a request with the credentials of now: a token of then may be unknown."""
    match request.credentials:
        case Credentials.LESS:
            return sign_in.less(request, operation) or request
        case Credentials.OTHER:
            return sign_in.other(request, operation) or request
        case Credentials.GIVEN if sign_in.is_real(operation) and not sign_in.is_fixed:
            return sign_in.signed(request, operation)
        case _:
            return request


if __name__ == "__main__":
    sys.exit(main())
