"""Where a schema stands in the document, and what is known there about its classes."""

from dataclasses import dataclass, replace
from typing import Any, Protocol

from upheld.model import Json, Schema
from upheld.pointer import pointer

REF = "#/components/schemas/"
LISTS = ("items", "prefixItems", "minItems", "maxItems")
OBJECTS = ("properties", "required", "additionalProperties", "patternProperties")
UNIONS = ("oneOf", "anyOf")
STRUCTURE = frozenset({"$ref", "type", "enum", "const", "allOf", *UNIONS, *LISTS, *OBJECTS})
"""The keywords that say something about the type of a value."""
BOUNDS = frozenset(
    {"format", "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
     "multipleOf"}
)  # fmt: skip
"""The keywords that say more of a text or a number."""

DEPTH_MOST = 40
"""Where schemas stand in each other deeper than this, they say nothing more."""


class Classes(Protocol):
    """Knows the classes of the document, and takes up further ones."""

    def add(self, schema: dict[str, Any], place: "Place") -> str:
        """Give a prepared schema a class of its own; return its name."""
        ...

    def meant(self, reference: str, place: "Place") -> str | None:
        """Return the class that a reference names, `None` where it leads nowhere."""
        ...

    def known(self, place: "Place") -> str | None:
        """Return the class that what stands there has already."""
        ...

    def enum(self, name: str) -> list[Json] | None:
        """Return the values of a class that is an enum, `None` where it is none."""
        ...

    def source(self, schema: Schema, place: "Place") -> tuple[str | None, Schema]:
        """Return what a schema that is a reference refers to in the end, and the last reference; else the schema."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a schema stands, from which a class that it needs is named."""

    classes: Classes
    hint: str
    component: str | None = None
    """The component that it stands in: `#/$defs/X` may be meant within it."""
    way: tuple[str | int, ...] | None = None
    """The tokens that lead to it from the document's root, `None` where they are not known."""
    depth: int = 0
    spread: frozenset[str] = frozenset()
    """The references to unions that were multiplied out on the way here."""
    width: int = 1
    """The number of alternatives that this made."""

    def below(self, *way: str | int, hint: str = "") -> "Place":
        """Return the place of a part."""
        whole = None if self.way is None else (*self.way, *way)
        return replace(self, hint=f"{self.hint}{hint}", way=whole, depth=self.depth + 1)

    def aside(self) -> "Place":
        """Return the place of a schema that does not stand in the document as it is."""
        return replace(self, way=None, depth=self.depth + 1)

    @property
    def reference(self) -> str | None:
        """The `$ref` that leads here."""
        return None if self.way is None else f"#{pointer(self.way)}"
