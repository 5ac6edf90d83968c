"""Steps of a script, each asked by the generated client, and what it made of the answers."""

import base64
import binascii
import contextlib
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx2
from pydantic import TypeAdapter

from upheld.model import Exchange, Operation, Request
from upheld.roundtrip.alike import cookies, difference
from upheld.roundtrip.script import Failing, Failure, Step, Told, Way
from upheld.roundtrip.shipped import Method, Shipped
from upheld.roundtrip.translate import Translator, UnsayableError
from upheld.roundtrip.transports import BuiltSignal, Dry, wire
from upheld.roundtrip.typed import item, mistyped

T = TypeVar("T")
ITEMS_MOST = 100
"""So many items of an answer that comes in parts are looked at."""


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
        self._adapters: dict[object, TypeAdapter[Any]] = {}
        self._translator = Translator(shipped, self._adapters)

    def ask(self, step: Step, request: Request) -> tuple[Told, Exchange | None]:
        """Ask a step's request, as it is this time; return what came of it, and the exchange where there was one."""
        operation, method = self._operations[step.label], self._shipped.methods.get(step.label)
        if method is None:
            message = f"the client has no method for {step.label}"
            return Told(status=0, way=Way.HANDED, failures=(Failure(kind=Failing.SENDS, message=message),)), None
        said = self._said(step, request, operation, method)
        client = self._client(self._credentials(request) if said.way is Way.CALLED else {})
        if said.way is Way.HANDED:
            client._request = lambda *_: _given(self._handed(request))  # all that follows is the client's own
        self._http.cookies.clear()  # a request says everything that it needs
        with client.capture() as exchanges:
            failures = [*said.failures, *self._call(step, client, method, said)]
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
            body=_content(made.response),
        )
        return Told(status=made.status, way=said.way, failures=tuple(failures)), exchange

    def _said(self, step: Step, request: Request, operation: Operation, method: Method) -> Said:
        """Find the arguments that say a request; where it breaks the docs, look whether the client says just that."""
        if request.padding is not None:
            return Said(way=Way.HANDED)  # it was to be long, and says nothing else
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
        if found is None and self._secrets(meant) != self._secrets(said):
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
        made = self._http.build_request(
            request.method, url, headers=headers, content=request.sent, timeout=self._limit_s
        )
        return made

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

    # Answers --------------------------------------------------------------------------------------------------------

    def _call(self, step: Step, client: Any, method: Method, said: Said) -> Iterator[Failure]:
        errors = self._shipped.runtime["errors"]
        try:
            if self._wait is None:
                value = self._value(client, method, said, step)
            else:
                value = self._wait(self._awaited_value(client, method, said, step))
        except errors.UndocumentedResponse as error:
            yield Failure(kind=Failing.UNDOCUMENTED, message=_told(error), status=error.status)
        except errors.ContractMismatch as error:
            message = f"{method.name}() raised ContractMismatch in the {error.where}: {error.what}"
            yield Failure(kind=Failing.TYPES, message=message, status=error.status)
        except errors.ErrorResponse as error:
            yield from self._mistaken(error, method)
        except httpx2.TransportError:
            return  # no answer came: the network's doing, or the app's
        except Exception as error:  # noqa: BLE001 - whatever the client raises
            yield Failure(kind=Failing.RAISES, message=f"{method.name}() raised {_told(error)}")
        else:
            wrong = value if isinstance(value, _Wrong) else None
            if wrong is not None:
                yield Failure(
                    kind=Failing.TYPES,
                    message=f"{method.name}() returned what is mistyped: {wrong.what}",
                    status=wrong.status,
                )

    def _mistaken(self, error: Any, method: Method) -> Iterator[Failure]:
        """Say what is wrong with an error that was raised."""
        answer = method.record.answer(error.status)
        expected = answer.error if answer is not None else None
        if type(error) is not expected:
            message = f"{method.name}() raised {type(error).__name__}, expected {getattr(expected, '__name__', 'none')}"
            yield Failure(kind=Failing.TYPES, message=message, status=error.status)
            return
        hint = body_type(type(error))
        wrong = mistyped(error.body, hint, self._adapters)
        if wrong is not None:
            message = f"{method.name}() raised {type(error).__name__} with a body that is mistyped: {wrong}"
            yield Failure(kind=Failing.TYPES, message=message, status=error.status)

    def _value(self, client: Any, method: Method, said: Said, step: Step) -> Any:
        """Call the method; return what is wrong with what it returned."""
        hint = method.returns[0]
        value = method.waits(client, **said.arguments) if said.way is Way.CALLED else client._call(method.record)
        found = mistyped(value, hint, self._adapters)
        if isinstance(value, self._shipped.runtime["streams"].Stream):
            with value:
                for place, one in enumerate(value if step.items != 0 else ()):
                    found = found or mistyped(one, item(hint, value), self._adapters)
                    if place + 1 >= (step.items or ITEMS_MOST):
                        break
            return _Wrong(found, value.exchange.status) if found is not None else None
        return _Wrong(found, None) if found is not None else None

    async def _awaited_value(self, client: Any, method: Method, said: Said, step: Step) -> Any:
        hint = method.returns[1]
        begun = method.awaits(client, **said.arguments) if said.way is Way.CALLED else client._call(method.record)
        value = await begun
        found = mistyped(value, hint, self._adapters)
        if isinstance(value, self._shipped.runtime["streams"].AsyncStream):
            async with value:
                place = 0
                async for one in value if step.items != 0 else _none():
                    found = found or mistyped(one, item(hint, value), self._adapters)
                    place += 1
                    if place >= (step.items or ITEMS_MOST):
                        break
            return _Wrong(found, value.exchange.status) if found is not None else None
        return _Wrong(found, None) if found is not None else None


@dataclass(frozen=True, slots=True)
class _Wrong:
    what: str
    status: int | None


def body_type(error: type[Any]) -> Any:
    """Return the annotation of an error's body."""
    import typing  # noqa: PLC0415

    own = error.__dict__.get("body")
    if isinstance(own, property) and own.fget is not None:
        return typing.get_type_hints(own.fget)["return"]
    for base in getattr(error, "__orig_bases__", ()):
        arguments = typing.get_args(base)
        if arguments and not isinstance(arguments[0], TypeVar):
            return arguments[0]
    return Any


async def _none() -> Any:
    return
    yield


def _given(request: httpx2.Request) -> Iterator[Any]:
    return request
    yield


def _pair(value: str) -> tuple[str, str] | None:
    try:
        user, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (user, password) if colon else None


def _content(response: httpx2.Response) -> bytes:
    with contextlib.suppress(httpx2.ResponseNotRead, httpx2.StreamConsumed, httpx2.StreamClosed):
        return response.content
    return b""


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".replace("\n", " ")[:300]
