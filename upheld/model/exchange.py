"""What was seen: one request, its answer, and what happened inside the app meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from upheld.model.common import Location
from upheld.model.promise import Operation


class Credentials(StrEnum):
    """What a request signs in with."""

    NONE = "none"
    GIVEN = "given"
    WRONG = "wrong"
    """Of the right form and a wrong value, where right ones are known."""
    LESS = "less"
    """Right ones that were granted less than the operation asks for."""
    OTHER = "other"
    """Right ones of another user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Padding:
    """What makes a body long, kept as what it says: one byte, many times."""

    byte: bytes
    length: int
    before: int = 0
    """How many bytes of the body stand behind it."""

    def around(self, body: bytes) -> tuple[bytes, bytes]:
        """Return what stands before it, and behind it."""
        place = len(body) - self.before
        return body[:place], body[place:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it stands on the wire."""

    method: str
    target: str
    """Path and query, percent-encoded, ASCII."""
    headers: tuple[tuple[str, str], ...] = ()
    """Names in lower case, values in Latin-1, in the order sent; no Host, no Content-Length."""
    body: bytes | None = None
    """Without its padding."""
    credentials: Credentials = Credentials.NONE
    padding: Padding | None = None

    @property
    def sent(self) -> bytes | None:
        """The body with its padding."""
        if self.padding is None or self.body is None:
            return self.body
        begin, end = self.padding.around(self.body)
        return b"".join((begin, self.padding.byte * self.padding.length, end))

    @property
    def body_bytes(self) -> int:
        """How long the body is, with its padding."""
        if self.body is None or self.padding is None:
            return len(self.body or b"")
        return len(self.body) + self.padding.length

    def __hash__(self) -> int:
        """Hash what mostly differs; the hash of an enumeration's member is slow."""
        return hash((self.target, self.headers, self.body))

    def header(self, name: str) -> str | None:
        """Return the first value of a header, its name in lower case."""
        for key, value in self.headers:
            if key == name:
                return value
        return None


TRANSPORTS = frozenset({"host", "content-length"})
"""Headers that are no part of a `Request`: whoever sends it adds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One way in which a request breaks the documented schema."""

    where: tuple[str | int, ...]
    """Location and path to the member: `("query", "limit")`, `("body", "tags", 0)`."""
    keyword: str
    """The JSON Schema keyword broken; "json" or "multipart" for a body that is not even that."""
    message: str
    lenient: bool = False
    """Whether the framework's bare type takes the value: a conversion that every FastAPI app makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One error of the request validation that answered."""

    where: tuple[str | int, ...]
    """As in `Violation`."""
    kind: str
    """Pydantic's error type, such as `int_parsing`."""
    message: str
    bare: bool = False
    """Whether the bare type refuses the value, for a reason that no documented keyword can say."""
    location: Location | None = None
    """The line of the user's validator that raised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An exception that decided the answer, or that escaped the app."""

    kind: str
    """Its class, such as `KeyError`."""
    message: str
    location: Location | None
    """The innermost line of the user's own code, or the line that put the library there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocking:
    """A call that blocked the event loop."""

    call: str
    """Its name, such as `time.sleep`; `open` for a file of this machine."""
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A name that the user's code reads from a request by itself."""

    where: str
    """"query", "header" or "cookie"."""
    name: str
    """In lower case for a header."""
    location: Location
    words: tuple[str, ...] = ()
    """Literals of the function that reads it: what the value may be compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What was seen inside the app while it answered; all empty over HTTP."""

    raised: Raised | None = None
    """The exception that was turned into the answer."""
    escaped: Raised | None = None
    """The exception that left the app, before the answer was complete."""
    late: Raised | None = None
    """The exception that left the app after it, where no client can see it."""
    built: Location | None = None
    """The user's line that built the response or set its status."""
    returned: Location | None = None
    """The handler's `return` line, where it is certain which one it was."""
    header_lines: Mapping[str, Location] = field(default_factory=dict)
    """The user's line that set a response header, by name in lower case."""
    refusals: tuple[Refusal, ...] = ()
    """The errors of the RequestValidationError that was raised, if one was."""
    quirk: str | None = None
    """The id of the entry in `upheld.framework` that explains the answer: not the author's doing."""
    stuck: Location | None = None
    """Where the app stood when the time limit passed."""
    blocking: tuple[Blocking, ...] = ()
    """What blocked the loop, one for each line."""
    leaked: tuple[Location, ...] = ()
    """The lines that took a database connection which stayed out when all was over."""
    reads: tuple[Read, ...] = ()
    """What the user's code read from the request by itself."""
    swayed: Read | None = None
    """A name that the docs do not mention and whose value changed this answer."""
    refused: bool = False
    """Whether a connection to another machine was refused."""

    @property
    def decided(self) -> Location | None:
        """The line that decided the status: what was raised before what was built of it."""
        for raised in (self.escaped, self.raised):
            if raised is not None and raised.location is not None:
                return raised.location
        return self.built or self.returned

    @property
    def composed(self) -> Location | None:
        """The line that made head and body: what was built before what was raised for it."""
        return self.built or self.returned or self.decided


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exchange:
    """One request, its answer, and what was seen inside the app."""

    operation: Operation
    request: Request
    status: int
    """0 where no head came."""
    headers: tuple[tuple[str, str], ...] = ()
    """Names in lower case, as sent."""
    body: bytes = b""
    """As received; the first part only where `cut`."""
    complete: bool = True
    """Whether the answer ended by itself."""
    cut: bool = False
    """Whether Upheld hung up: an endless stream, or a body over the limit."""
    timed_out: bool = False
    """Whether the time limit passed first."""
    violations: tuple[Violation, ...] | None = ()
    """How the wire values break the docs: () for a valid request, `None` where that is undecided."""
    seen: Sighting = Sighting()

    def header(self, name: str) -> str | None:
        """Return the first value of a response header, its name in lower case."""
        for key, value in self.headers:
            if key == name:
                return value
        return None
