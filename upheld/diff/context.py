"""What the parts of a comparison share: both documents, their schemas, what was found, and examples of exchanges."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from upheld.diff.collect import Collector
from upheld.diff.exchanges import Exchanges
from upheld.diff.finding import ABSENT, Finding
from upheld.diff.operations import Call, Document, Part
from upheld.diff.sameness import Sameness
from upheld.diff.schemas import Place, Schemas
from upheld.diff.words import named
from upheld.model import Counterexample, Json, Policy, Side


@dataclass(frozen=True, slots=True)
class Pair:
    """An operation in both contracts."""

    old: Call
    new: Call
    inward: bool = True
    """Whether it is called; else the service calls it, and what it sends is an answer to what clients asked for."""

    @property
    def request(self) -> Side:
        """Which side a request of it is on."""
        return Side.REQUEST if self.inward else Side.RESPONSE

    @property
    def answer(self) -> Side:
        """Which side an answer to it is on."""
        return Side.RESPONSE if self.inward else Side.REQUEST


@dataclass(slots=True)
class Context:
    """Both documents and what was found."""

    old: Document
    new: Document
    found: Collector
    sameness: Sameness
    schemas: Schemas
    exchanges: Mapping[Side, Exchanges] = field(default_factory=dict)
    """Of what is sent: requests of the old contract, answers of the new one."""
    same_defaults: bool = False
    """Whether both documents say the same of credentials and servers, where an operation does not."""

    @classmethod
    def of(cls, old: Mapping[str, Json], new: Mapping[str, Json], policy: Policy) -> "Context":
        """Begin a comparison."""
        before, after = Document("the old contract", old), Document("the new contract", new)
        sameness = Sameness(old, new)
        schemas = Schemas(old, new, sameness)
        exchanges = {
            Side.REQUEST: Exchanges(before, schemas, old=True),
            Side.RESPONSE: Exchanges(after, schemas, old=False),
        }
        same = _defaults(old) == _defaults(new)
        return cls(before, after, Collector(policy), sameness, schemas, exchanges, same)

    def schema(self, side: Side, old: Part, new: Part, key: str = "schema", *, wire: bool) -> list[Finding]:
        """Return what changed in the schemas of two parts."""
        if key not in old.raw and key not in new.raw:
            return []
        return self.schemas.compare(
            Place(
                side=side,
                old=old.raw.get(key, True),
                new=new.raw.get(key, True),
                old_tokens=(*old.tokens, key),
                new_tokens=(*new.tokens, key),
                wire=wire,
            )
        )

    def add(self, found: Finding, pair: Pair, side: Side, exchange: Mapping[str, Json], name: str = "") -> None:
        """Take a change of a schema, in a whole request or answer; `name` is what a value without one is called."""
        witness = None
        if found.value is not ABSENT:
            requested = side is Side.REQUEST
            witness = Counterexample(
                side=side,
                value=found.value,
                accepted_by="old" if requested else "new",
                refused_by="new" if requested else "old",
                exchange=exchange,
            )
        message = named(found.message, name) if name else found.message
        self.found.add(replace(found, message=message, witness=witness), pair.new)


def _defaults(document: Mapping[str, Json]) -> tuple[Json, ...]:
    components = document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, Mapping) else None
    return document.get("security"), document.get("servers"), schemes
