# Written by `upheld client`; edit the service instead.
"""What a client knows of its contract: operations, security schemes, pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

from pydantic import BaseModel

if TYPE_CHECKING:
    from .answers import Reads
    from .errors import ErrorResponse
    from .wire import Body, Parameter

S = TypeVar("S")
A = TypeVar("A")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Redirect:
    """An answer that leads elsewhere; it is not followed."""

    status: int
    location: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is documented for a status."""

    content: Mapping[str, Reads] = field(default_factory=dict[str, "Reads"])
    """By media type or range; empty where nothing is said about it."""
    headers: tuple[str, ...] = ()
    """Those that must be there."""
    error: type[ErrorResponse[Any]] | None = None
    """What is raised; `None` for a success."""
    returned: bool = False
    """Whether it is returned all the same with a status of 2xx: `default` may describe both."""
    redirect: bool = False
    """Whether a success leads elsewhere."""

    def reads(self, sent: str) -> Reads | None:
        """Return how a media type is read, exact names before ranges; `None` where it is not documented."""
        keys = (sent, f"{sent.partition('/')[0]}/*", "*/*")
        return next((self.content[key] for key in keys if key in self.content), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Generic[S, A]):
    """An operation, and what a call of it returns: to one that waits, and to one that does not."""

    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    answers: Mapping[str, Answer]
    """By status, by range, `4XX`, or by `default`."""
    accept: str = "*/*"
    security: tuple[tuple[str, ...], ...] = ()
    """Alternatives, each of schemes that are needed together."""

    def answer(self, status: int) -> Answer | None:
        """Return what is documented for a status: exact key before range before `default`."""
        keys = (f"{status}", f"{status // 100}XX", "default")
        found = next((self.answers[key] for key in keys if key in self.answers), None)
        return replace(found, error=None) if found and found.returned and 200 <= status < 300 else found


@dataclass(frozen=True, slots=True)
class Scheme:
    """How credentials are sent."""

    location: Literal["header", "query", "cookie"] = "header"
    name: str = "authorization"
    prefix: str = ""
    """What stands before them: `Bearer`, `Basic`."""


class Token(BaseModel):
    """What is answered to who signs in (RFC 6749, 5.1)."""

    access_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages(Generic[T]):
    """How the items of all pages are found."""

    operation: Operation[Any, Any]
    items: tuple[str, ...]
    """The way to a page's items: () where the answer is the list itself."""
    following: tuple[str, ...]
    """The way to what is the next page's cursor."""
    argument: str
    """What takes the cursor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The contract that a client was made from."""

    sha256: str
    package: str
    """The package that holds it, as `contract.json`."""
    schemes: Mapping[str, Scheme] = field(default_factory=dict[str, Scheme])


HEADER: Final = "upheld-contract"
"""In which a server names its contract."""
