"""What was read in the app's code: what it can do, and what a request must be like to make it do so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from upheld.model.common import Json, Location, Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Exactly:
    """A request member must equal a value."""

    value: Json
    others: tuple[Json, ...] = field(default=(), compare=False, repr=False)
    """Values that would do as well, once the app has stored something under the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """A request member must satisfy a schema, beside the documented one: a pattern, a length, a bound."""

    schema: Schema


class Presence(StrEnum):
    """A request member must be there, with whatever value, or must not be there."""

    PRESENT = "present"
    ABSENT = "absent"


Want: TypeAlias = Exactly | Shaped | Presence

Where: TypeAlias = tuple[str | int, ...]
"""Location and path to a request member, as in `Violation`: `("query", "limit")`, `("body", "tags", 0)`."""

Assignment: TypeAlias = Mapping[Where, Want]
"""What the conditions on the way to one line ask of one request, joined."""


class ClaimKind(StrEnum):
    """What a line of the code can do."""

    STATUS = "status"
    """It answers with a status."""
    READS = "reads"
    """It reads a request member by its name, past what the handler declares."""
    BLOCKS = "blocks"
    """It makes a blocking call on the event loop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that the code of an operation can do, read and not run."""

    kind: ClaimKind
    location: Location
    status: int | None = None
    """For STATUS: the status."""
    where: Where = ()
    """For READS: the location, "query", "header" or "cookie", and the name."""
    what: str = ""
    """For BLOCKS: the call's dotted name, such as `time.sleep`."""
    certain: bool = False
    """Whether the way to the line is certain to be live code: each condition on it can be met by some request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read in the code of one operation: handler, dependencies, middleware, exception handlers."""

    claims: tuple[Claim, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    """In the order of the code; none twice."""
    words: tuple[tuple[str, str], ...] = ()
    """Texts that the code compares with what is stored, each with the name that it has there; none twice."""
    others: frozenset[int] = frozenset()
    """Statuses that a library on the way may answer, at no line of the app's."""
    declared: Mapping[int, Location] = field(default_factory=dict)
    """Statuses that the operation's own decorator declares, with their lines."""
    resolved: bool = False
    """Whether all that can answer is known, so that a status which is declared and stands nowhere is impossible."""
