"""One schema asked about another, and a validator asked about the values that tell them apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from upheld.diff.answer import Answer, Refused
from upheld.diff.forms import All, Form
from upheld.diff.include import Inclusion
from upheld.diff.instances import Instances
from upheld.diff.nodes import Nodes, Source
from upheld.diff.normal import Forms
from upheld.model import Json
from upheld.schema import Judge

Schemas = Mapping[str, Json]


def document(schema: Json, schemas: Schemas | None = None, *, openapi: str = "3.1.0") -> dict[str, Any]:
    """Return a document whose schema `Root` is the one given."""
    return {"openapi": openapi, "components": {"schemas": {"Root": schema, **(schemas or {})}}}


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to a question."""

    answer: Answer
    confirmed: tuple[Json, ...] = field(default=())
    """The values which the validator of the smaller schema accepts, and that of the other refuses."""

    @property
    def word(self) -> str:
        """The answer in a word: one that no value confirms is `unproven`."""
        if isinstance(self.answer, Refused):
            return "refused" if self.confirmed else "unproven"
        return type(self.answer).__name__.lower()


class Side:
    """One document within a comparison."""

    def __init__(self, whole: Mapping[str, Any], nodes: Nodes, *, spared: str = "") -> None:
        self.schema: Json = whole["components"]["schemas"]["Root"]
        source = Source(name="the contract", document=whole, spared=spared)
        self.condition: All = nodes.of(source, self.schema, ("components", "schemas", "Root"))


def ask(small: Mapping[str, Any], big: Mapping[str, Any], *, closed: bool = False) -> Asked:
    """Return whether the `Root` of one document is included in that of another."""
    nodes = Nodes()
    sides = Side(small, nodes), Side(big, nodes)
    forms = Forms(nodes)
    answer = Inclusion(forms, Instances(forms), closed=closed).decide(*(side.condition for side in sides))
    if not isinstance(answer, Refused):
        return Asked(answer)
    judges = Judge(small), Judge(big)
    held = [
        tuple(judge.valid(side.schema, value) for judge, side in zip(judges, sides, strict=True))
        for value in answer.values
    ]
    return Asked(
        answer, tuple(value for value, (one, other) in zip(answer.values, held, strict=True) if one and other is False)
    )


def form(schema: Json, schemas: Schemas | None = None, *, openapi: str = "3.1.0", spared: str = "") -> Form:
    """Return the form of a schema."""
    nodes = Nodes()
    return Forms(nodes).form(Side(document(schema, schemas, openapi=openapi), nodes, spared=spared).condition)
