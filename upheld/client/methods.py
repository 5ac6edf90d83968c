"""What the client is made of, as data: a method for each operation, its arguments, what it sends and what it returns.

The renderer writes the package from it, and whoever wants to call every method of a client finds them here.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from upheld.model import Operation, Parameter

Type: TypeAlias = int | str
"""A type expression, or the number of the use whose it is, as long as the uses are not typed yet."""

Kind: TypeAlias = Literal["json", "text", "bytes", "lines", "texts", "events"]
"""As in the runtime's `Reads`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a method."""

    name: str
    """In Python."""
    wire: str
    """In the request; "" for a whole body."""
    location: Literal["path", "query", "header", "cookie", "form", "body"]
    required: bool
    type: Type
    """Without the `None` or the `UNSET` that stands for what is not sent."""
    null: bool = False
    """Whether `None` is sent, as null."""
    parameter: Parameter | None = None
    file: bool = False
    """Of a form: whether it is sent as a file."""
    style: str = ""
    explode: bool | None = None
    media_type: str = ""
    """Of a form: what its `encoding` says."""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The body that a method sends."""

    kind: Literal["json", "form", "multipart", "lines", "text", "bytes"]
    media_type: str
    members: bool
    """Whether the members of a form are arguments; else the argument `body` is the whole."""
    argument: str = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """How the body of one media type is read."""

    media_type: str
    kind: Kind
    type: Type
    """Of the value, of each item, or of each event's data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is documented for a status."""

    key: str
    """"404", "4XX" or "default"."""
    success: bool
    """Whether it is returned; else it is raised."""
    reads: tuple[Read, ...]
    """Empty where nothing is said about the body."""
    headers: tuple[str, ...]
    """Those that must be there."""
    redirect: bool = False
    error: str = ""
    """The class that is raised, where it is no success."""
    type: Type = "Any"
    """Of what is raised: its body."""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """How the items of all pages are found."""

    items: tuple[str, ...]
    following: tuple[str, ...]
    argument: str
    type: Type
    """Of an item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method of the client."""

    name: str
    constant: str
    """The name of its record in the package's `operations`."""
    operation: Operation
    arguments: tuple[Argument, ...]
    payload: Payload | None
    replies: tuple[Reply, ...]
    security: tuple[tuple[str, ...], ...]
    returns: str = "None"
    """In the client that waits."""
    awaits: str = "None"
    """In the client that does not."""
    summary: str = ""
    description: str = ""
    deprecated: bool = False
    iterates: str = ""
    """The name of the method that yields the items of all pages, where the contract documents a cursor."""
    paging: Paging | None = None
    streams: str = ""
    """The name of the method that reads the same answer line by line, where it is a text."""
