# Written by `upheld client`; edit the service instead.
"""What a call does, as steps that are taken by who waits for each, or by who awaits it: written once for both."""

from __future__ import annotations

import base64
import contextlib
import copy
import email.utils
import time
from collections.abc import Awaitable, Callable, Generator, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, Self, TypeAlias, TypeVar, cast

from pydantic import BaseModel

from . import wire
from .answers import STREAMS, BrokenBodyError, Reads
from .changed import verdict
from .errors import ContractMismatch, Exchange, UndocumentedResponse
from .operations import HEADER, Answer, Contract, Operation, Redirect, Scheme, Token
from .streams import AsyncDownload, AsyncStream, Download, Stream

if TYPE_CHECKING:
    import httpx2  # only where a client is made: it takes as long as everything else

T = TypeVar("T")
H = TypeVar("H", bound="httpx2.Client | httpx2.AsyncClient")

Secret: TypeAlias = str | Callable[[], str]
"""A credential, or what gives it; asked before each request."""
AsyncSecret: TypeAlias = str | Callable[[], str] | Callable[[], Awaitable[str]]
Basic: TypeAlias = tuple[str, str]
"""User and password."""
Timeout: TypeAlias = "float | httpx2.Timeout | None"
"""Seconds for each of connecting, sending and waiting for more; `None` waits for ever."""
OtherContract: TypeAlias = Literal["ignore", "warn", "refuse"]
"""What is done when the server names another contract."""

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing, so that asking again does no harm (RFC 9110, 9.2.1)."""
BUSY: Final = frozenset({502, 503, 504})
BACKOFF_S: Final = 0.5
WAIT_MOST_S: Final = 60.0
"""A server that asks for more is not asked again."""
SMALL_BYTES: Final = 65_536


@dataclass(frozen=True, slots=True)
class Send:
    """Send a request; the answer's body is not read."""

    request: httpx2.Request


@dataclass(frozen=True, slots=True)
class Read:
    """Read an answer's body and let go of the connection."""

    response: httpx2.Response


@dataclass(frozen=True, slots=True)
class Close:
    """Let go of the connection, whatever is still to come."""

    response: httpx2.Response


@dataclass(frozen=True, slots=True)
class Sleep:
    """Wait."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for a credential."""

    secret: AsyncSecret


Step: TypeAlias = Send | Read | Close | Sleep | Ask
Steps: TypeAlias = Generator[Step, Any, T]


@dataclass(slots=True)
class Session:
    """What the copies of a client share."""

    credentials: dict[str, AsyncSecret | Basic]
    compared: bool = False
    """Whether the server has named its contract already."""


@dataclass(frozen=True, slots=True)
class Capture:
    """Collects the exchanges of one client."""

    session: Session
    exchanges: list[Exchange]


captures: ContextVar[tuple[Capture, ...]] = ContextVar("captures", default=())


class Caller(Generic[H]):
    """What both clients have in common."""

    _http: H
    _download: type[Download | AsyncDownload]
    _stream: type[Stream[Any] | AsyncStream[Any]]

    def __init__(
        self,
        url: str,
        contract: Contract,
        credentials: Mapping[str, AsyncSecret | Basic | None],
        *,
        timeout: Timeout,
        retries: int,
        other_contract: OtherContract,
        openapi_url: str | None,
    ) -> None:
        self._url = url.rstrip("/")
        self._contract = contract
        self._session = Session({name: value for name, value in credentials.items() if value is not None})
        self._timeout = timeout
        self._retries = retries
        self._other_contract = other_contract
        self._openapi_url = openapi_url

    def with_options(self, *, timeout: Timeout | wire.Unset = wire.UNSET, retries: int | None = None) -> Self:
        """Return a client with other options, which shares connections and credentials with this one."""
        other = copy.copy(self)
        other.__dict__.update(
            _own=False,  # leaving a copy closes nothing
            _timeout=self._timeout if isinstance(timeout, wire.Unset) else timeout,
            _retries=self._retries if retries is None else retries,
        )
        return other

    @contextlib.contextmanager
    def capture(self) -> Generator[list[Exchange]]:
        """Collect the exchanges that this client makes within the block: in this thread, or in this task."""
        mine = Capture(self._session, [])
        token = captures.set((*captures.get(), mine))
        try:
            yield mine.exchanges
        finally:
            captures.reset(token)

    def _keep(self, scheme: str, token: Token) -> None:
        self._session.credentials[scheme] = token.access_token

    def _forget(self, scheme: str) -> None:
        self._session.credentials.pop(scheme, None)

    def _steps(self, operation: Operation[Any, Any], arguments: Mapping[str, object]) -> Steps[Any]:
        """Call an operation. Errors: ApiError, or what the HTTP library raises."""
        request = yield from self._request(operation, arguments)
        exchange, answer, reads = yield from self._exchange(operation, request)
        try:
            yield from self._compare(exchange)
            return self._result(operation, exchange, answer, reads)
        except Exception:
            yield Close(exchange.response)
            raise

    def _exchange(
        self, operation: Operation[Any, Any], request: httpx2.Request
    ) -> Steps[tuple[Exchange, Answer | None, Reads | None]]:
        """Send a request, again where that harms nobody and may help, and read the answer unless it is a stream."""
        tries = self._retries if operation.method in SAFE else 0
        attempt = 0
        while True:
            started = time.perf_counter()
            try:
                response: httpx2.Response = yield Send(request)
                answer, reads = self._documented(operation, response)
                if answer is None or answer.error is not None or not self._streams(answer, reads, response):
                    yield Read(response)
            except Exception as error:
                if attempt == tries or not _is_lost(error):
                    raise
                yield Sleep(BACKOFF_S * 2**attempt)
                attempt += 1
                continue
            exchange = Exchange(request, response, time.perf_counter() - started)
            for one in captures.get():
                if one.session is self._session:
                    one.exchanges.append(exchange)
            pause = _pause(response, attempt)
            if attempt == tries or pause is None:
                return exchange, answer, reads
            yield Sleep(pause)
            attempt += 1

    def _request(self, operation: Operation[Any, Any], arguments: Mapping[str, object]) -> Steps[httpx2.Request]:
        headers = [("accept", operation.accept), *wire.headers(operation.parameters, arguments)]
        query = wire.query(operation.parameters, arguments)
        cookies: list[str] = wire.cookies(operation.parameters, arguments)
        for scheme, secret in self._credentials(operation):
            if isinstance(secret, str) or callable(secret):
                value: str = yield Ask(secret)
            else:
                value = _basic(secret)
            match scheme.location:
                case "header":
                    headers.append((scheme.name, f"{scheme.prefix} {value}".lstrip()))
                case "query":
                    query.append((wire.escaped(scheme.name), wire.escaped(value)))
                case "cookie":
                    cookies.append(wire.cookie(scheme.name, value))
        sent = wire.body(operation.body, arguments)
        if sent.media_type is not None:
            headers.append(("content-type", sent.media_type))
        path = wire.path(operation.path, operation.parameters, arguments)
        address = path if "://" in path else self._url + path
        target = f"{address}?{'&'.join(f'{name}={value}' for name, value in query)}" if query else address
        request = self._http.build_request(
            operation.method,
            target,
            headers=[(name.encode(), _octets(value)) for name, value in headers],
            content=sent.content,
            files=sent.files,
            timeout=self._timeout,
        )
        if cookies:
            kept = request.headers.get("cookie", "")
            request.headers["cookie"] = "; ".join([kept, *cookies] if kept else cookies)
        return request

    def _credentials(self, operation: Operation[Any, Any]) -> Iterator[tuple[Scheme, AsyncSecret | Basic]]:
        """Yield what the operation documents and this client has, each place once.

        Alternatives are sent beside each other: FastAPI documents two dependencies that are both needed like that.
        """
        known, places = self._session.credentials, set[tuple[str, str]]()
        for alternative in operation.security:
            if all(name in known for name in alternative):
                for name in alternative:
                    scheme = self._contract.schemes[name]
                    place = (scheme.location, scheme.name.lower())
                    if place not in places:
                        places.add(place)
                        yield scheme, known[name]

    def _documented(
        self, operation: Operation[Any, Any], response: httpx2.Response
    ) -> tuple[Answer | None, Reads | None]:
        answer = operation.answer(response.status_code)
        if answer is None:
            return None, None
        return answer, answer.reads(_media_type(response))

    def _streams(self, answer: Answer, reads: Reads | None, response: httpx2.Response) -> bool:
        if reads is not None:
            return reads.kind in STREAMS
        if answer.content:  # of another media type than documented: it may be of any length, and is not asked for
            return "content-length" not in response.headers
        if answer.redirect or response.status_code in {204, 205}:
            return False
        # Nothing is said about the body, so it may be of any length; a short one need not hold the connection.
        length = response.headers.get("content-length", "")
        return response.request.method != "HEAD" and not (length.isdecimal() and int(length) <= SMALL_BYTES)

    def _result(
        self, operation: Operation[Any, Any], exchange: Exchange, answer: Answer | None, reads: Reads | None
    ) -> object:
        response, success = exchange.response, 200 <= exchange.status < 300
        if answer is None or (answer.error is None and not (success or answer.redirect)):
            told = ", ".join(operation.answers) or "nothing"
            message = f"{exchange}; the contract documents {told}: {response.text:.300}".rstrip(": ")
            raise UndocumentedResponse(message, exchange)
        try:
            if answer.redirect:
                return Redirect(exchange.status, response.headers.get("location", ""))
            body = self._body(operation, exchange, answer, reads)
        except BrokenBodyError as error:
            raise ContractMismatch(exchange, error.where, error.what) from error
        if answer.error is not None:
            raise answer.error(exchange, body)
        return body

    def _body(self, operation: Operation[Any, Any], exchange: Exchange, answer: Answer, reads: Reads | None) -> object:
        response = exchange.response
        missing = [name for name in answer.headers if name not in response.headers]
        if missing:
            raise BrokenBodyError(f"header {missing[0]}", "it is missing")
        if operation.method == "HEAD" or exchange.status in {204, 205, 304}:
            return None
        if reads is None and answer.content:
            seen = _media_type(response) or "none"
            raise BrokenBodyError("content-type", f"it is {seen}; the contract documents {', '.join(answer.content)}")
        if answer.error is not None:
            return (
                _told(response)
                if reads is None or reads.kind in STREAMS
                else reads.value(response.content, _charset(response))
            )
        if reads is None or reads.kind == "bytes":
            return self._download(exchange, Reads("bytes").items())
        if reads.kind in STREAMS:
            return self._stream(exchange, reads.items())
        return reads.value(response.content, _charset(response))

    def _compare(self, exchange: Exchange) -> Steps[None]:
        """Compare the server's contract with ours, at the first answer that names one.

        Errors: ContractChanged, where this client refuses to talk to another.
        """
        theirs = exchange.headers.get(HEADER)
        if theirs is None or self._session.compared or self._other_contract == "ignore":
            return
        self._session.compared = True
        if theirs == self._contract.sha256:
            return
        from httpx2 import HTTPError  # noqa: PLC0415  # as above

        document = None
        if self._openapi_url is not None:
            address = self._openapi_url if "://" in self._openapi_url else self._url + self._openapi_url
            with contextlib.suppress(HTTPError):
                request = self._http.build_request("GET", address, timeout=self._timeout)
                response: httpx2.Response = yield Send(request)
                yield Read(response)
                document = response.content if response.status_code == 200 else None
        verdict(self._contract, theirs, document, exchange, refuse=self._other_contract == "refuse")


def _is_lost(error: Exception) -> bool:
    """Whether the connection broke, so that asking again may help."""
    from httpx2 import NetworkError, RemoteProtocolError, TimeoutException  # noqa: PLC0415  # as above

    return isinstance(error, NetworkError | RemoteProtocolError | TimeoutException)


def _pause(response: httpx2.Response, attempt: int) -> float | None:
    """Return how many seconds to wait before asking again; `None` where that is of no use."""
    told = response.headers.get("retry-after")
    if response.status_code not in BUSY and not (response.status_code == 429 and told):
        return None
    pause = BACKOFF_S * 2**attempt if told is None else _seconds(told)
    return pause if pause is not None and pause <= WAIT_MOST_S else None


def _seconds(told: str) -> float | None:
    if told.isascii() and told.isdigit():
        return float(told)
    try:
        moment = email.utils.parsedate_to_datetime(told)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())


def _basic(secret: Basic) -> str:
    return base64.b64encode(f"{secret[0]}:{secret[1]}".encode()).decode()


def _octets(value: str) -> bytes:
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode()


def _media_type(response: httpx2.Response) -> str:
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()


def _charset(response: httpx2.Response) -> str:
    return response.encoding or "utf-8"


def _told(response: httpx2.Response) -> object:
    """Return a body of which nothing is documented: a JSON value, else a text, `None` where there is none."""
    if not response.content:
        return None
    if _media_type(response).endswith("json"):
        with contextlib.suppress(ValueError):
            return response.json()
    return response.text


def reached(page: object, way: tuple[str, ...]) -> Any:  # noqa: ANN401  # as its model has it
    """Return a member of a page by its name on the wire; `None` where it is not there."""
    for step in way:
        if isinstance(page, BaseModel):
            fields = type(page).model_fields
            name = next((name for name, one in fields.items() if step in (one.alias, one.validation_alias)), step)
            page = getattr(page, name, None)
        else:
            page = cast("Mapping[str, object]", page).get(step) if isinstance(page, Mapping) else None
    return page
