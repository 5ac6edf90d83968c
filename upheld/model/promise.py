"""What is promised: a contract, its operations, and the app that makes the promise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from upheld.model.common import AsgiApp, Json, Location, Schema


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
class Example:
    """One documented example of a request's or a response's part (OpenAPI 3.1.1, Example Object; JSON Schema, 9.5)."""

    where: tuple[str | int, ...]
    """For a request as in `Violation`, `("body", "tags")`; for a response its documented key first, `("404", "id")`."""
    value: Json
    schema: Schema
    """What describes the part."""
    media_type: str | None = None
    """Of a body or an answer."""
    name: str = ""
    """Its key among several."""

    @property
    def asks(self) -> bool:
        """Whether it is a request's."""
        return self.where[0] in ("path", "query", "header", "cookie", "body")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Member:
    """One request member as the handler or one of its dependencies declares it in types."""

    location: str
    """"path", "query", "header", "cookie" or "body"."""
    name: str
    """The name on the wire; "" for a body that is taken whole."""
    annotation: object
    """The bare type, its constraints and validators stripped."""
    checks: tuple[object, ...] = ()
    """What stands beside the type in `Annotated`: constraints, validators."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Called:
    """A callable that the framework calls for a request, an endpoint or a dependency, and what it hands to it."""

    call: Callable[..., object]
    parameter: str = ""
    """The parameter of its dependant that takes its result; "" for an endpoint, or where nothing does."""
    members: Mapping[str, Member] = field(default_factory=dict)
    """By parameter; a parameter model, like a whole body, has the name ""."""
    injected: Mapping[str, str] = field(default_factory=dict)
    """By parameter: "request", "response", "http_connection", "background_tasks" or "security_scopes"."""
    dependencies: tuple["Called", ...] = ()
    """In the order in which they are called."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Handler:
    """The function that serves an operation."""

    qualname: str
    """Module and qualified name: `service.catalogue.router.get_book`."""
    location: Location | None
    """Its `def` line; `None` where there is no source."""
    endpoint: Callable[..., object]
    function: Callable[..., object]
    """The innermost function or class that the endpoint stands for, below partials and wrappers."""
    members: tuple[Member, ...] = ()
    """What FastAPI parses for it; empty for a handler that reads the request itself."""
    called: Called | None = None
    """The endpoint with all its dependencies; `None` where FastAPI calls nothing."""
    apps: tuple[object, ...] = ()
    """The apps that it is mounted in, outermost first: their middleware and exception handlers stand around it."""
    customized: bool = False
    """Whether its route, or an app that it is mounted in, is of a class that is not the framework's own."""
    status: int = 200
    """What is answered when it returns plain data."""
    answers: tuple[object, ...] = ()
    """What its plain data is made into: the response model, the response class."""


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
    examples: tuple[Example, ...] = ()
    """Those of its requests and of its responses, in the document's order."""
    security: tuple[frozenset[str], ...] = ()
    """Alternatives of scheme names, all of one needed; () or an empty alternative means anonymous is fine."""
    scopes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the first alternative needs, by scheme, where it needs some."""
    handler: Handler | None = None
    """`None` where no route serves it."""
    generated: "Operation | None" = None
    """The same operation as FastAPI documents it from the types alone, without the author's edits; `None` unserved.

    Where its code cannot be seen it is the operation itself: the docs are taken for generated ones, to be careful.
    """
    document: Mapping[str, Json] = field(default_factory=dict, repr=False)
    """The whole document it stands in, which its schemas refer into."""
    label: str = field(init=False)
    """`GET /books/{book_id}`: how findings name it."""
    _by_status: dict[int, Response | None] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Put the label together once: it is asked for with each request."""
        object.__setattr__(self, "label", f"{self.method} {self.path}")

    @property
    def unseen(self) -> bool:
        """Whether it is served where its code cannot be seen, if it is served at all."""
        return self.handler is None and self.generated is not None

    @property
    def documented(self) -> frozenset[str]:
        """The keys of its `responses`."""
        return frozenset(self.responses)

    @property
    def secured(self) -> bool:
        """Whether every documented way to call it needs credentials."""
        return bool(self.security) and all(self.security)

    def succeeds(self, status: int) -> bool:
        """Return whether a status means that a request was accepted: a 2xx, or the redirect that an address is for.

        That is one which a reading operation documents beside no 2xx; elsewhere a redirect may lead to what went wrong.
        """
        if self.method not in ("GET", "HEAD") or not 300 <= status < 400 or status == 304:
            return 200 <= status < 300
        return f"{status}" in self.responses and not any(key.startswith("2") for key in self.responses)

    def covering(self, status: int) -> str | None:
        """Return the documented key that a status falls under: the exact one before a range before `default`."""
        keys = (f"{status}", f"{status // 100}XX", "default")
        return next((key for key in keys if key in self.responses), None)

    def response(self, status: int) -> Response | None:
        """Return what is documented for a status: exact key before range before `default`."""
        if status not in self._by_status:
            key = self.covering(status)
            self._by_status[status] = self.responses[key] if key is not None else None
        return self._by_status[status]


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

    asgi: AsgiApp | None
    """`None` where it runs elsewhere and answers at `url`."""
    contract: Contract
    root: Path
    """The project's folder; the user's own code is what lies below it."""
    app: object = None
    """The FastAPI app within `asgi`."""
    url: str | None = None
    """Where it answers over HTTP; `None` where it is called in process."""
