"""What stands in the client for the document's schemas: classes for those that need one, expressions for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from upheld.client.expressions import expression, imports
from upheld.client.models import modules, public
from upheld.client.plan import Plan
from upheld.client.settle import settled
from upheld.model import Json, Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One place outside of the components where the client needs a type: a parameter, a body, an answer."""

    schema: Schema
    """As in the document, with references into it."""
    hint: str
    """What to call it where it is written in place and needs a class: "GetBookResponse"."""
    sends: bool
    """Whether the client sends it (a parameter, a body); else it receives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Types:
    """The models of a document, and how to name the type of each use."""

    files: Mapping[str, str]
    """Texts by their paths within the package."""
    classes: Mapping[str, str]
    """An expression for each schema of the components: "models.Book"."""
    annotations: tuple[str, ...]
    """One for each use, in order: "models.Book", "list[models.Book] | None", "UUID", "Any"."""
    imports: tuple[str, ...]
    """The lines that the annotations need, less that of `models`: "from uuid import UUID"."""
    public: Mapping[str, str]
    """The module that defines each name a caller may want: {"Book": "models"}."""


def typed(document: Mapping[str, Json], uses: Sequence[Use], source: Path) -> Types:
    """Return the types that a client of the document needs.

    Shapes: the document is OpenAPI 3.x; what in it is no schema, leads nowhere or has no type in Python is `Any`. An
    annotation accepts every value that its schema allows; it may accept more, which the service refuses.
    Errors: ClientError, where datamodel-code-generator gives nothing that Python can read.
    """
    plan = Plan(document)
    uses_made = [plan.use(use.schema, use.hint) for use in uses]
    schemas, settled_uses = settled(plan.schemas, uses_made, [use.sends for use in uses])
    files = modules(schemas, source)
    annotations = tuple(map(expression, settled_uses))
    return Types(
        files=files,
        classes={name: f"models.{made}" for name, made in plan.names.items()},
        annotations=annotations,
        imports=imports(annotations),
        public=public(files),
    )
