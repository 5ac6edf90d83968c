"""What can be asked of a source: the edits, as records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from upheld.model import UpheldError


class EditError(UpheldError):
    """An edit that finds nothing to edit at its place, or a source that does not parse before or after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an expression or a statement begins in the original source, as `ast` counts."""

    line: int
    """From 1."""
    column: int
    """In bytes of UTF-8, from 0, as `col_offset` is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one key of `responses=` says."""

    description: str | None = None
    """Its text; not code."""
    model: str | None = None
    """An expression: "Problem", "list[Book]"."""
    content: Mapping[str, str] = field(default_factory=dict)
    """By media type, an expression of its schema: '{"type": "string"}', "Problem.model_json_schema()"."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By name, an expression of the header object: '{"schema": {"type": "integer"}}'."""


@dataclass(frozen=True, slots=True)
class Respond:
    """Document an answer in a call's `responses=`; what the key says already stays, unless `over` says otherwise."""

    call: Place
    """Where the call begins: `app.get(...)` behind its `@`, `APIRouter(...)`, `app.add_api_route(...)`."""
    key: str
    """ "404" is written as a number; "4XX" and "default" as texts."""
    entry: Entry
    over: bool = False
    """Whether another model, schema or header takes the place of the one that is there; a description stays."""


@dataclass(frozen=True, slots=True)
class Unrespond:
    """Remove a key of a call's `responses=`, and the keyword when no key is left."""

    call: Place
    key: str


@dataclass(frozen=True, slots=True)
class Keyword:
    """Set a keyword argument of a call, or remove it."""

    call: Place
    name: str
    value: str | None
    """An expression; None removes the argument."""


@dataclass(frozen=True, slots=True)
class Import:
    """`from module import name`, unless the module has it so already."""

    module: str
    """Relative ones with their dots."""
    name: str
    bound: str = ""
    """Another name to bind it to."""


@dataclass(frozen=True, slots=True)
class Define:
    """A statement at the top level, such as a class, with two blank lines around it."""

    code: str
    before: Place | None = None
    """The top-level statement to stand before; behind the leading imports otherwise."""


@dataclass(frozen=True, slots=True)
class Move:
    """A class at the top level goes to where `Define` would put it, if that is further up."""

    statement: Place
    """Its `class`, below its decorators."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A further parameter of a function, unless it has one of that name."""

    function: Place
    """Its `def` or `async def`, below its decorators."""
    code: str
    """As it stands in a signature: "lang: Annotated[str | None, Query()] = None"."""


@dataclass(frozen=True, slots=True)
class Synchronous:
    """`async def` becomes `def`."""

    function: Place


@dataclass(frozen=True, slots=True)
class Replace:
    """Another expression in the place of one: of the smallest that begins there, or of the one that ends so."""

    expression: Place
    code: str
    end: Place | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Take out one element of a list, one item of a dict or one keyword argument."""

    element: Place
    """Where the element, the item's key or the argument's value begins."""


Edit: TypeAlias = Respond | Unrespond | Keyword | Import | Define | Move | Parameter | Synchronous | Replace | Remove
