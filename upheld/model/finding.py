"""What is said about it: faults, the rules that find them, findings, and the report of them all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from upheld.model.claim import Reading
from upheld.model.common import Level, Location
from upheld.model.exchange import Exchange, Request
from upheld.model.promise import Contract, Example, Operation


class Evidence(StrEnum):
    """How a finding is known: a request showed it, or only the code says so."""

    OBSERVED = "observed"
    READ = "read"


class Kind(StrEnum):
    """What happened to a part of a document."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
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
    leaf: str = ""
    """A JSON pointer to the part of a shared schema that is at fault: told once, whichever operations show it."""
    compared: bool = False
    """Whether it lies between answers that were asked for more than once: no single request shows it again."""
    exchange: Exchange | None = None
    """For a rule that looks at an operation: the exchange that showed it; `None` where only the code says so."""
    example: Example | None = None
    """The documented example that is at fault: the line that writes it is the place."""
    name: str = ""
    """Of the header or the parameter that it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a request that is sent again has to show, for a finding to be there again."""

    rule: str
    status: int | None
    location: Location | None
    level: Level | None
    """The fault's own, where it is lower than the rule's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """A request that was sent again, and how it is shown where it names what an earlier answer gave out."""

    request: Request
    target: str | None = None
    """With texts such as `{id from POST /books}`; `None` for the request's own."""
    body: bytes | None = None
    """Likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduced:
    """What it takes to see a finding again."""

    request: Retold
    after: tuple[Retold, ...] = ()
    """The earlier requests that it takes, in the order sent."""
    fault: Fault | None = None
    """What was said of it this time; `None` where that is what was said before."""
    flaky: bool = False
    """Whether the whole run, repeated, loses the finding."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A level and one or more hooks; its id is its file's stem in kebab-case."""

    level: Level
    exchange: Callable[[Exchange], Iterable[Fault]] | None = None
    operation: Callable[[Operation, Reading, Sequence[Exchange]], Iterable[Fault]] | None = None
    """Called once an operation has all its exchanges, with what was read in its code."""
    difference: Callable[[Difference], Iterable[Fault]] | None = None


class Safety(StrEnum):
    """What a fix changes."""

    DOCS = "docs"
    """What is documented, and nothing else."""
    BEHAVIOUR = "behaviour"
    """What the app does as well."""
    BY_HAND = "by-hand"
    """Nothing: it takes a decision, and says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A patch that would mend a finding."""

    summary: str
    diff: str
    """In the unified format, over one file or several; "" for what is to be done by hand."""
    safety: Safety


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
    """The earlier requests that it takes in a fresh app, in the order sent: the shortest list that was found."""


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """A finding with all that was seen of it, for whoever mends it."""

    finding: Finding
    operation: Operation | None
    """`None` for what is only in a document."""
    exchange: Exchange | None = None
    """The one that stands for it, as it was first seen."""
    exchanges: tuple[Exchange, ...] = ()
    """Those of the operation, in the order sent."""
    example: Example | None = None
    """The documented example that is at fault."""
    leaf: str = ""
    """A JSON pointer to the part of a shared schema that is at fault."""
    name: str = ""
    """Of the header or the parameter that it is about."""

    @property
    def shown(self) -> tuple[Exchange, ...]:
        """Those that answered with the finding's status."""
        return tuple(exchange for exchange in self.exchanges if exchange.status == self.finding.status)


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
class Unseen:
    """What no request showed of an operation."""

    operation: str
    responses: tuple[str, ...]
    """Documented keys of its responses: "404", "4XX" or "default"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTrip:
    """How much of what a check saw its generated client met, called in several ways."""

    operations: Tally
    """Those of the document, and those that were called with success in every way."""
    responses: Tally
    """Those that the check saw, and those that the client met in every way."""
    modes: tuple[str, ...]
    """The ways."""
    requests: int
    missed: tuple[Unseen, ...] = ()
    """What the check saw and the client did not meet, in the document's order."""


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
    unseen: tuple[Unseen, ...] = ()
    """What was documented and not seen, in the document's order."""
    trip: RoundTrip | None = None
    """What the generated client met; `None` where it was not asked."""
