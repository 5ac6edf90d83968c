"""What can go wrong: a documented error, an answer that nobody documented, one that breaks the contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx2

B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer."""

    request: httpx2.Request
    response: httpx2.Response
    elapsed_s: float
    """Until the answer was read, or until it began where it is a stream."""

    @property
    def status(self) -> int:
        """The answer's status."""
        return self.response.status_code

    @property
    def headers(self) -> httpx2.Headers:
        """The answer's headers."""
        return self.response.headers

    def __str__(self) -> str:
        return f"{self.request.method} {self.request.url} answered {self.status}"


class ApiError(Exception):
    """An answer that is no success. Trouble on the way there is `httpx2.TransportError`."""

    def __init__(self, message: str, exchange: Exchange) -> None:
        super().__init__(message)
        self.exchange = exchange

    @property
    def status(self) -> int:
        """The answer's status."""
        return self.exchange.status

    def __reduce__(self) -> tuple[Callable[..., ApiError], tuple[object, ...]]:
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[ApiError], args: tuple[object, ...], state: dict[str, object]) -> ApiError:
    """Make an error anew, as one that comes from another process is."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class ErrorResponse(ApiError, Generic[B]):
    """A documented answer that is no success."""

    def __init__(self, exchange: Exchange, body: B) -> None:
        super().__init__(f"{exchange}: {body!r:.300}" if body is not None else f"{exchange}", exchange)
        self._body = body

    @property
    def body(self) -> B:
        """What was answered."""
        return self._body


class UndocumentedResponse(ApiError):
    """An answer with a status that the contract does not document for the operation."""


class ContractMismatch(ApiError):
    """A documented answer that is not as the contract documents it."""

    def __init__(self, exchange: Exchange, where: str, what: str) -> None:
        super().__init__(f"{exchange}, and breaks the contract in its {where}: {what}", exchange)
        self.where = where
        """`header ETag`, `content-type`, or `body` with a JSON pointer: `body /items/0/price`."""
        self.what = what


class ContractChanged(ApiError):
    """The server keeps another contract than the one this client was made from."""


class ContractWarning(UserWarning):
    """The server keeps another contract than the one this client was made from."""
