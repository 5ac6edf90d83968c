"""The trials of a round trip: `python -m upheld.trial`.

The errand stands as JSON on standard input, what came of it on the output. Each trial runs in a process of its own, so
that its app is one that nobody has asked anything yet.
"""

import gc
import random
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from upheld import loading
from upheld.drive.auth import SignIn
from upheld.drive.lifespan import Lifespan
from upheld.drive.links import Link, linked, value_of
from upheld.drive.network import guarded
from upheld.hooks import Hooks
from upheld.model import Application, Credentials, Exchange, Operation, Request, UpheldError
from upheld.roundtrip import processes
from upheld.roundtrip.script import Errand, Mode, Outcome, Report, Step, Told, Way, packed, unpacked
from upheld.roundtrip.select import Goal, key
from upheld.roundtrip.shipped import Shipped
from upheld.roundtrip.verdicts import shows
from upheld.settings import Settings
from upheld.surroundings import surroundings

if TYPE_CHECKING:
    from upheld.roundtrip.asking import Asker
    from upheld.roundtrip.hosting import Reached

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
        gc.collect()
        gc.freeze()  # what was loaded stays; looking through it again and again takes a third of the time
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
        """Start the app, ask everything, and return what came of it."""
        from upheld.roundtrip import asking, hosting

        app = self._application.asgi
        if app is None:
            raise AssertionError(self._application)
        base_url = self._settings.base_url
        if self._mode.is_http:
            host = urlsplit(base_url).netloc if base_url != Settings().base_url else None
            told = hosting.over_http(app, host, self._setup, self._asked)
        else:
            state: dict[str, Any] = {}
            told = hosting.in_process(
                app,
                lambda: Lifespan(app, state),
                state,
                base_url,
                limit_s=self._limit_s,
                setup=self._setup,
                ask=self._asked,
            )
        spares = self._errand.spares if self._mode is Mode.PROCESS_SYNC else ()
        return Outcome(
            mode=self._mode,
            told=tuple(told),
            spares=tuple(asking.remembered(self._shipped, self._operations, spares, base_url)),
            places={label: method.place for label, method in self._shipped.methods.items()},
        )

    def _setup(self, wait: Callable[[Awaitable[Any]], Any]) -> None:
        if self._application.app is not None:
            self._hooks.run("setup", self._application.app, wait=wait)

    def _asked(self, reached: "Reached") -> list[Told]:
        from upheld.roundtrip import asking

        self._hooks.run("reset", wait=reached.finish)
        current: list[str] = []

        def prepared(request: Request) -> Request:
            changed: Request = reached.finish(self._hooks.prepared(request, current[-1]))
            return changed

        with (
            asking.opened(
                self._shipped,
                self._operations,
                reached,
                is_async=self._mode.is_async,
                limit_s=self._limit_s,
                prepare=prepared if self._hooks.has("before_request") else None,
            ) as asker,
            reached.waiting() as http,
        ):

            def send(request: Request) -> tuple[int, bytes]:
                http.cookies.clear()
                url, headers = reached.url + request.target, list(request.headers)
                answer = http.request(request.method, url, headers=headers, content=request.sent)
                return answer.status_code, answer.content

            def given(label: str) -> Mapping[str, str] | None:
                return self._hooks.credentials(label, reached.finish)

            has_own = self._hooks.has("credentials")
            sign_in = SignIn(self._application.contract, self._settings.auth, send, given if has_own else None)
            sign_in.learnt = self._errand.logins
            sign_in.start()
            return self._told(asker, sign_in, reached.settle, current)

    def _told(self, asker: "Asker", sign_in: SignIn, settle: Callable[[], None], current: list[str]) -> list[Told]:
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
            current[:] = [step.label]
            one, exchange = asker.ask(step, request)
            goal = (step.label, key(operation, step.answered.status))
            if _is_other(one, step) and goal not in met:
                # What was refused for how it was written has to be sent as it was written.
                again, _ = asker.ask(step, request, hand_over=True)
                one = again if (step.label, key(operation, again.status)) == goal and not one.failures else one
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


def _is_other(one: Told, step: Step) -> bool:
    """Whether a method was called with success where the check met an error."""
    return one.way is Way.CALLED and 200 <= one.status < 300 and step.answered.status >= 400


def _signed(request: Request, operation: Operation, sign_in: SignIn) -> Request:
    """Return a request with the credentials of now: a token of then may be unknown."""
    match request.credentials:
        case Credentials.LESS:
            return sign_in.less(request, operation) or request
        case Credentials.OTHER:
            return sign_in.other(request, operation) or request
        case Credentials.GIVEN if sign_in.is_real(operation) and not sign_in.is_fixed:
            return sign_in.anew(request, operation)
        case _:
            return request


if __name__ == "__main__":
    sys.exit(main())
