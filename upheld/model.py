"""The records that every stage shares; stages meet here and nowhere else.

`Contract` and its `Operation`s say what is promised, an `Exchange` is one request with its answer and what was seen
inside the app meanwhile, a `Fault` is what a rule has to say about it, and a `Finding` is a fault with its rule,
level, place and witness filled in by `upheld.run`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

Json: TypeAlias = Any
"""A JSON value: `None`, `bool`, `int`, `float`, `str`, or a list or string-keyed dict of them."""

Schema: TypeAlias = Mapping[str, Any] | bool
"""A JSON Schema of dialect 2020-12 (OpenAPI 3.1) or of OpenAPI 3.0."""

AsgiApp: TypeAlias = Callable[..., Any]
"""An ASGI 3 application: `await app(scope, receive, send)`."""


class UpheldError(Exception):
    """We could not tell: bad input or a bad environment. The command line prints it on one line and exits with 2.

    Word it as place, value seen, value expected, next command.
    """


class Level(StrEnum):
    """How much a finding weighs; `off` silences a rule."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"

    @property
    def weight(self) -> int:
        """0 for off up to 3 for error, so that levels compare."""
        return ("off", "note", "warning", "error").index(self)


class Evidence(StrEnum):
    """How a finding is known: a request showed it, or only the code says so."""

    OBSERVED = "observed"
    READ = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A line of the user's own code."""

    path: str
    """Relative to the project, with forward slashes; absolute where the file lies outside."""
    line: int
    """Counted from 1."""
    code: str = ""
    """The line's text, stripped."""
    qualname: str = ""
    """The qualified name of the function it stands in, "" at module level."""


# What is promised -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parameter:
    """One documented path, query, header or cookie parameter (OpenAPI 3.1.1, Parameter Object)."""

    name: str
    location: str
    """"path", "query", "header" or "cookie"."""
    required: bool
    schema: Schema
    style: str
    explode: bool
    media_type: str | None = None
    """Set where the parameter is described by `content`: its value is a document of that media type."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MediaType:
    """What is documented for one media type (OpenAPI 3.1.1, Media Type Object)."""

    schema: Schema | None
    """`None` where nothing is said about the content."""
    item_schema: Schema | None = None
    """The schema of every item of a stream (`itemSchema`)."""
    encoding: Mapping[str, Json] = field(default_factory=dict)
    """The `encoding` of form members."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Body:
    """A documented request body (OpenAPI 3.1.1, Request Body Object)."""

    required: bool
    content: Mapping[str, MediaType]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Header:
    """A documented response header (OpenAPI 3.1.1, Header Object)."""

    required: bool
    schema: Schema
    explode: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Response:
    """A documented response (OpenAPI 3.1.1, Response Object)."""

    content: Mapping[str, MediaType]
    """By media type or range, in the order documented; empty where no media type is documented."""
    headers: Mapping[str, Header]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Member:
    """One request member as the handler or one of its dependencies declares it in types."""

    location: str
    """"path", "query", "header", "cookie" or "body"."""
    name: str
    """The name on the wire; "" for a body that is taken whole."""
    annotation: object
    """The bare type, its constraints and validators stripped."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Handler:
    """The function that serves an operation."""

    qualname: str
    """Module and qualified name: `service.catalogue.router.get_book`."""
    location: Location | None
    """Its `def` line; `None` where there is no source."""
    endpoint: Callable[..., object]
    members: tuple[Member, ...] = ()
    """What FastAPI parses for it; empty for a handler that reads the request itself."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Operation:
    """One documented operation (OpenAPI 3.1.1, Operation Object), with its path's parameters inherited."""

    method: str
    """In upper case."""
    path: str
    """The documented path template, below no server prefix."""
    operation_id: str | None = None
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: Mapping[str, Response] = field(default_factory=dict)
    """By documented key: "404", "4XX" or "default"."""
    security: tuple[frozenset[str], ...] = ()
    """Alternatives of scheme names, all of one needed; () or an empty alternative means anonymous is fine."""
    handler: Handler | None = None
    """`None` where no route serves it."""
    generated: "Operation | None" = None
    """The same operation as FastAPI documents it from the types alone, without the author's edits; `None` unserved."""
    document: Mapping[str, Json] = field(default_factory=dict, repr=False)
    """The whole document it stands in, which its schemas refer into."""

    @property
    def label(self) -> str:
        """`GET /books/{book_id}`: how findings name it."""
        return f"{self.method} {self.path}"

    @property
    def documented(self) -> frozenset[str]:
        """The keys of its `responses`."""
        return frozenset(self.responses)

    @property
    def secured(self) -> bool:
        """Whether every documented way to call it needs credentials."""
        return bool(self.security) and all(self.security)

    def response(self, status: int) -> Response | None:
        """Return what is documented for a status: exact key before range before `default`."""
        for key in (f"{status}", f"{status // 100}XX", "default"):
            if (found := self.responses.get(key)) is not None:
                return found
        return None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contract:
    """An OpenAPI document and its operations, in the document's order."""

    app: str
    """What it was read from: `service.app:app`, or a file."""
    document: Mapping[str, Json]
    openapi: str
    """The version of OpenAPI it is written in."""
    sha256: str
    """Of its canonical text."""
    operations: tuple[Operation, ...]
    security_schemes: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Application:
    """A loaded app: what is called, what it promises, and where its own code lies."""

    asgi: AsgiApp
    contract: Contract
    root: Path
    """The project's folder; the user's own code is what lies below it."""


# What was seen --------------------------------------------------------------------------------------------------


class Credentials(StrEnum):
    """What a request signs in with."""

    NONE = "none"
    GIVEN = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it stands on the wire."""

    method: str
    target: str
    """Path and query, percent-encoded, ASCII."""
    headers: tuple[tuple[str, str], ...] = ()
    """Names in lower case, values in Latin-1, in the order sent; no Host, no Content-Length."""
    body: bytes | None = None
    credentials: Credentials = Credentials.NONE

    def header(self, name: str) -> str | None:
        """Return the first value of a header, its name in lower case."""
        return next((value for key, value in self.headers if key == name), None)


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
class Sighting:
    """What was seen inside the app while it answered; all empty over HTTP."""

    raised: Raised | None = None
    """The exception that was turned into the answer."""
    escaped: Raised | None = None
    """The exception that left the app, before the answer was complete."""
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
        return next((value for key, value in self.headers if key == name), None)


# What is said about it ------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What happened to a part of a document."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two contracts."""

    kind: Kind
    operation: str | None
    """The label of the operation it belongs to; `None` for the document as a whole."""
    pointer: str
    """A JSON pointer into the document where the part stands (or stood)."""
    message: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule has to say; `run` adds rule, level, operation, place and witness."""

    message: str
    status: int | None = None
    location: Location | None = None
    """Only where the rule knows better than what was seen inside."""
    documented: str = ""
    """What the docs say, in short."""
    observed: str = ""
    """What the app did, in short."""
    level: Level | None = None
    """A lower level than the rule's own."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A level and one or more hooks; its id is its file's stem in kebab-case."""

    level: Level
    exchange: Callable[[Exchange], Iterable[Fault]] | None = None
    operation: Callable[[Operation, Sequence[Exchange]], Iterable[Fault]] | None = None
    """Called once an operation has all its exchanges."""
    change: Callable[[Change], Iterable[Fault]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A patch that would mend a finding."""

    summary: str
    diff: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """The request that shows a finding, secrets masked."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: str | None
    """As text; bytes that are not UTF-8 stand as replacement characters."""
    curl: str
    """A command to paste into a shell; it is exact even where `body` is not."""
    after: tuple["Witness", ...] = ()
    """The earlier requests that it takes, shortest prefix first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A broken promise: one for each (rule, operation, status, location)."""

    rule: str
    level: Level
    operation: str
    status: int | None
    message: str
    evidence: Evidence
    location: Location | None
    documented: str
    observed: str
    request: Witness | None
    fix: Fix | None = None
    flaky: bool = False
    fingerprint: str
    """Survives line moves and path renames: made of rule, handler, status and code text."""
    count: int = 1
    """How many requests showed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something every FastAPI app does by itself: told once, never a finding."""

    about: str
    message: str
    operations: int
    """How many operations showed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of the documented things were seen."""

    documented: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that a check has to say, in the order it is to be shown."""

    app: str
    contract: Contract
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]
    operations: Tally
    responses: Tally
    requests: int
    seconds: float
    seed: int
