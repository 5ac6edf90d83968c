"""What became of a contract between two versions of it, and whether that breaks a client."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from upheld.model.common import Json, Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a team holds for a break where the documents alone do not say; levels are those of the changes meant."""

    response_enum: Level = Level.ERROR
    """A value that joins an enum of what is answered."""
    response_member: Level = Level.NOTE
    """An optional member that joins what is answered, where the old contract left room for it."""
    format: Level = Level.ERROR
    """Another `format`."""
    default: Level = Level.WARNING
    """Another `default`."""
    names: Level = Level.WARNING
    """Another operation id, another schema name."""
    remove_deprecated: bool = False
    """Whether what was `deprecated` in the old contract may go: a note, then, and no break."""


class Verdict(StrEnum):
    """Whether a client that kept to the old contract still gets along with the new one."""

    BREAKING = "breaking"
    COMPATIBLE = "compatible"
    UNDECIDED = "undecided"


class Proof(StrEnum):
    """What a verdict rests on."""

    WITNESS = "witness"
    """A value that one side accepts and the other refuses, judged by a validator; or, of what is compatible, that there
    is none."""
    STRUCTURE = "structure"
    """What the documents list: operations, parameters, statuses."""
    POLICY = "policy"
    """A convention, which the settings can change."""


class Side(StrEnum):
    """Who sends what changed."""

    REQUEST = "request"
    RESPONSE = "response"


class Version(StrEnum):
    """The part of a version number that a change asks to be raised (Semantic Versioning 2.0.0)."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterexample:
    """A value that one contract accepts and the other refuses."""

    side: Side
    value: Json
    """The smallest that was found, for the body, the parameter or the header that changed, from its root."""
    accepted_by: str
    """"old" for a request, "new" for an answer."""
    refused_by: str
    exchange: Mapping[str, Json] = field(default_factory=dict)
    """It within a whole request (`method`, `target`, `headers`, `body`) or answer (`status`, `headers`, `body`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One break that a team agreed to, and until when it stands."""

    rule: str
    fingerprint: str
    """With the rule, what it is for."""
    change: str
    """What was approved, in words, for readers."""
    operations: tuple[str, ...]
    """Likewise."""
    reason: str
    expires: date
    """The last day on which it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one part of a contract: told once, whichever operations it reaches."""

    rule: str
    level: Level
    verdict: Verdict
    proof: Proof
    operations: tuple[str, ...]
    """The labels of those that it reaches, `GET /books/{book_id}`, in the document's order; () for the document."""
    old: str | None
    """A JSON pointer into the old document, `/components/schemas/Book`; `None` for what was not there."""
    new: str | None
    message: str
    version: Version
    """What it asks to be raised, approved or not."""
    witness: Counterexample | None = None
    fingerprint: str = ""
    """The same for the same change in whatever versions: made of rule, pointers and what changed."""
    tags: tuple[str, ...] = ()
    """Those of its operations."""
    approval: Approval | None = None
    """Where it was approved, and still is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that changed between two contracts, in the order it is to be shown."""

    old: str | None
    """What it was read from: a file, `module:app`, `main:contracts/openapi.json`; `None` where there was nothing."""
    new: str
    changes: tuple[Change, ...]
    remarks: tuple[str, ...] = ()
    """What else is to be known, a line each: which base it is, which approvals are over."""

    @property
    def suggested_version(self) -> Version:
        """The largest that any of its changes asks for."""
        asked = {change.version for change in self.changes}
        return next((version for version in Version if version in asked), Version.PATCH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one commit made of the contract, for its changelog."""

    day: str
    """"2026-01-31"; "" for what is not committed yet."""
    commit: str
    """The first characters of its hash; "" likewise."""
    subject: str
    changes: tuple[Change, ...] | None
    """Against the version before; `None` where there is none, or it cannot be read."""
    told: str = ""
    """What is to be said instead of changes: that it is the first, or why it cannot be read."""
