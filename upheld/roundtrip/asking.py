"""Steps of a script, each asked by the generated client, and what it made of the answers."""

import asyncio
import base64
import binascii
import contextlib
import contextvars
from collections.abc import Callable, Coroutine, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import httpx2

from upheld.model import Exchange, Operation, Request
from upheld.roundtrip.alike import cookies, difference
from upheld.roundtrip.hosting import Reached
from upheld.roundtrip.reading import Made, Reader, content
from upheld.roundtrip.script import Failing, Failure, Step, Told, Way
from upheld.roundtrip.shipped import Method, Shipped
from upheld.roundtrip.translate import Translator, UnsayableError
from upheld.roundtrip.transports import BuiltSignal, Dry, Prepare, Remembered, change, wire

T = TypeVar("T")


@contextlib.contextmanager
def opened(
    shipped: Shipped,
    operations: Mapping[str, Operation],
    reached: Reached,
    *,
    is_async: bool,
    limit_s: float,
    prepare: Prepare | None = None,
) -> Iterator["Asker"]:
    """Open one of the two clients; `prepare` changes each request of it once more before it is sent."""
    if not is_async:
        with reached.waiting() as http:
            if prepare is not None:
                http.event_hooks = {"request": [lambda request: change(request, prepare)]}
            yield Asker(shipped, operations, url=reached.url, http=http, limit_s=limit_s)
        return
    with asyncio.Runner() as runner:
        waiting = reached.awaiting()
        if prepare is not None:

            async def hook(request: httpx2.Request) -> None:
                await asyncio.to_thread(change, request, prepare)

            waiting.event_hooks = {"request": [hook]}

        def wait(begun: Coroutine[Any, Any, Any]) -> Any:
            # In the context of who asks, in which the client collects its exchanges.
            return runner.run(begun, context=contextvars.copy_context())

        try:
            yield Asker(shipped, operations, url=reached.url, http=waiting, limit_s=limit_s, wait=wait)
        finally:
            runner.run(waiting.aclose())


def remembered(
    shipped: Shipped, operations: Mapping[str, Operation], steps: Sequence[Step], url: str
) -> Iterator[tuple[int, Failure]]:
    """Have the client say what a check has said, and read what was answered then; yield what goes wrong."""
    transport = Remembered()
    with httpx2.Client(transport=transport) as http:
        asker = Asker(shipped, operations, url=url, http=http, limit_s=1)
        for place, step in enumerate(steps):
            transport.answered = step.answered
            told, _ = asker.ask(step, step.request)
            yield from ((place, failure) for failure in told.failures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How the client says a request."""

    way: Way
    arguments: Mapping[str, Any] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()


class Asker:
    """Asks one client, in one way."""

    def __init__(
        self,
        shipped: Shipped,
        operations: Mapping[str, Operation],
        *,
        url: str,
        http: httpx2.Client | httpx2.AsyncClient,
        limit_s: float,
        wait: Callable[[Coroutine[Any, Any, Any]], Any] | None = None,
    ) -> None:
        """Take the package, the contract's operations by label, and through what they are asked.

        `wait` finishes what the client that does not wait has begun; `None` for the one that waits.
        """
        self._shipped = shipped
        self._operations = operations
        self._url = url
        self._http = http
        self._limit_s = limit_s
        self._wait = wait
        self._dry = httpx2.Client(transport=Dry())
        self._translator = Translator(shipped)
        self._reader = Reader(shipped)

    def ask(self, step: Step, request: Request, *, hand_over: bool = False) -> tuple[Told, Exchange | None]:
        """Ask a step's request, as it is this time; return what came of it, and the exchange where there was one.

        With `hand_over` nothing of it is said by the method, and all of it is sent as it is.
        """
        operation, method = self._operations[step.label], self._shipped.methods.get(step.label)
        if method is None:
            message = f"the client has no method for {step.label}"
            return Told(status=0, way=Way.HANDED, failures=(Failure(kind=Failing.SENDS, message=message),)), None
        said = Said(way=Way.HANDED) if hand_over else self._said(step, request, operation, method)
        client = self._client(self._credentials(request) if said.way is Way.CALLED else {})
        if said.way is Way.HANDED:
            client._request = lambda *_: _given(self._handed(request))  # all that follows is the client's own
        self._http.cookies.clear()  # a request says everything that it needs
        with client.capture() as exchanges:
            outcome = self._call(step, client, method, said)
        response = exchanges[-1].response if exchanges else None
        failures = [*said.failures, *self._reader.failures(outcome, operation, method, response)]
        if not exchanges:
            return Told(status=0, way=said.way, failures=tuple(failures)), None
        made = exchanges[-1]
        sent = wire(made.request, made.request.read() if self._wait is None else self._wait(made.request.aread()))
        if said.way is Way.CALLED and step.valid:
            other = self._other(request, sent, step, operation, method)
            failures += [Failure(kind=Failing.SENDS, message=other)] if other is not None else []
        exchange = Exchange(
            operation=operation,
            request=sent,
            status=made.status,
            headers=tuple((name.lower(), value) for name, value in made.headers.multi_items()),
            body=content(made.response),
        )
        return Told(status=made.status, way=said.way, failures=tuple(failures)), exchange

    def _call(self, step: Step, client: Any, method: Method, said: Said) -> Made:
        """Call the method, or what follows it where the request is handed over."""
        if said.way is Way.HANDED:
            call = partial(client._call, method.record)
        else:
            call = partial(method.waits if self._wait is None else method.awaits, client, **said.arguments)
        if self._wait is None:
            return self._reader.waited(call, method.returns[0], step)
        made: Made = self._wait(self._reader.awaited(call, method.returns[1], step))
        return made

    def _said(self, step: Step, request: Request, operation: Operation, method: Method) -> Said:
        """Find the arguments that say a request; where it breaks the docs, look whether the client says just that."""
        if request.padding is not None and step.answered.status >= 400:
            return Said(way=Way.HANDED)  # it was refused for its length, and says nothing else
        try:
            arguments = self._translator.arguments(request, operation, method, typed=step.valid)
            if not step.valid:
                built = self._built(method, arguments, self._credentials(request))
                if self._other(request, built, step, operation, method) is not None:
                    return Said(way=Way.HANDED)
        except Exception as error:  # noqa: BLE001 - whatever the client raises
            if not step.valid:
                return Said(way=Way.HANDED)
            what = f"cannot say it: {error}" if isinstance(error, UnsayableError) else f"raised {_told(error)}"
            failure = Failure(kind=Failing.SENDS, message=f"{method.name}() {what}")
            return Said(way=Way.HANDED, failures=(failure,))
        return Said(way=Way.CALLED, arguments=arguments)

    def _other(self, meant: Request, said: Request, step: Step, operation: Operation, method: Method) -> str | None:
        found = difference(meant, said, operation, step.undocumented)
        if found is None and not self._signs_alike(meant, said, operation):
            found = "the credentials are others"
        return f"{method.name}() sends something else: {found}" if found is not None else None

    def _built(self, method: Method, arguments: Mapping[str, Any], credentials: Mapping[str, Any]) -> Request:
        """Return the request that the client would send."""
        client = self._shipped.waiting(self._url, **credentials, http=self._dry, retries=0, other_contract="ignore")
        try:
            method.waits(client, **arguments)
        except BuiltSignal as signal:
            return wire(signal.request, signal.request.read())
        raise UnsayableError("it sent nothing")

    def _client(self, credentials: Mapping[str, Any]) -> Any:
        """Return a client that signs in with these, and nothing else."""
        kind = self._shipped.waiting if self._wait is None else self._shipped.awaiting
        return kind(
            self._url,
            **credentials,
            http=self._http,
            retries=0,
            timeout=self._limit_s,
            other_contract="ignore",
        )

    def _handed(self, request: Request) -> httpx2.Request:
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in request.headers]
        url = httpx2.URL(self._url).copy_with(raw_path=request.target.encode("ascii"))
        return self._http.build_request(
            request.method, url, headers=headers, content=request.sent, timeout=self._limit_s
        )

    # Credentials ----------------------------------------------------------------------------------------------------

    def _credentials(self, request: Request) -> dict[str, Any]:
        """Return the client's keywords that sign in as a request does."""
        found: dict[str, Any] = {}
        for scheme, value in self._secrets(request).items():
            keyword = self._shipped.keywords.get(scheme)
            if keyword is None:
                continue
            if self._shipped.contract.schemes[scheme].prefix == "Basic":
                pair = _pair(value)
                if pair is None:
                    continue
                found[keyword] = pair
            else:
                found[keyword] = value
        return found

    def _signs_alike(self, meant: Request, said: Request, operation: Operation) -> bool:
        """Whether two requests sign in alike; what an operation does not document, no client sends to it."""
        schemes = self._shipped.contract.schemes
        ways = {name: (one.location, one.name.lower(), one.prefix.lower()) for name, one in schemes.items()}
        documented = {ways[name] for alternative in operation.security for name in alternative if name in ways}
        wanted = {name: value for name, value in self._secrets(meant).items() if ways[name] in documented}
        return wanted == self._secrets(said)

    def _secrets(self, request: Request) -> dict[str, str]:
        """Return what a request sends for each security scheme of the contract."""
        found: dict[str, str] = {}
        for name, scheme in self._shipped.contract.schemes.items():
            match scheme.location:
                case "header":
                    values = [value for key, value in request.headers if key == scheme.name.lower()]
                case "query":
                    values = [
                        value
                        for key, value in httpx2.QueryParams(request.target.partition("?")[2]).multi_items()
                        if key == scheme.name
                    ]
                case _:
                    values = [value for key, value in cookies(request.header("cookie") or "") if key == scheme.name]
            if not values:
                continue
            said, _, rest = values[0].partition(" ")
            if not scheme.prefix:
                found[name] = values[0]
            elif said.lower() == scheme.prefix.lower():
                found[name] = rest
        return found


def _given(request: httpx2.Request) -> Generator[object, object, httpx2.Request]:
    """Take no step, as what makes a request may, and return one that is made already."""
    yield from ()
    return request


def _pair(value: str) -> tuple[str, str] | None:
    try:
        user, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (user, password) if colon else None


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".replace("\n", " ")[:300]
