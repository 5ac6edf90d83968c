"""Which classes the client's models have: one for each component, and one for each object written in place.

datamodel-code-generator is handed a document in which every class is a component that is called as its class will be,
so that a class's name is known and is not guessed, and does not change with what else the document says.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from upheld.client.identifiers import class_name, class_names, free
from upheld.client.place import REF, Place
from upheld.client.prepare import prepared
from upheld.dialect import modern
from upheld.model import Json, Schema
from upheld.pointer import escaped, pointed, tokens

_CHAIN_MOST = 20
"""So many references that only refer further are followed."""
_WAYS = frozenset(
    {
        "$defs", "application/json", "components", "content", "items", "parameters", "paths", "properties",
        "requestBody", "responses", "schema", "schemas",
    }
)  # fmt: skip
"""Tokens of a pointer that say nothing about what stands there."""


class Plan:
    """The classes of one document, found out as its schemas are prepared.

    Shapes: `schemas` are those of the classes by their names, prepared, in the order of the document and then of their
    first use; `names` are the classes of the document's components.
    """

    def __init__(self, document: Mapping[str, Json]) -> None:
        self._document = document
        self._old = str(document.get("openapi", "")).startswith("3.0")
        components = document.get("components")
        found = components.get("schemas") if isinstance(components, Mapping) else None
        self._components: Mapping[str, Json] = {
            name: schema
            for name, schema in (found.items() if isinstance(found, Mapping) else ())
            if isinstance(name, str)
        }
        self.names = class_names(self._components)
        self._used = {name.casefold() for name in self.names.values()}
        self._known: dict[str, str] = {f"{REF}{escaped(name)}": made for name, made in self.names.items()}
        self._places = {made: reference for reference, made in self._known.items()}
        self.schemas: dict[str, dict[str, Any]] = {made: {} for made in self.names.values()}
        for name, made in self.names.items():
            place = Place(classes=self, hint=made, component=name, way=("components", "schemas", name))
            self.schemas[made] = prepared(self._read(self._components[name]), place, whole=True)

    def use(self, schema: Schema, hint: str) -> dict[str, Any]:
        """Prepare a schema that stands outside of the components: what in it needs a class becomes one."""
        return prepared(self._read(schema), Place(classes=self, hint=hint))

    def add(self, schema: dict[str, Any], place: Place) -> str:
        """Give a prepared schema a class of its own; return its name."""
        name = free(class_name(place.hint), self._used)
        self.schemas[name] = schema
        if place.reference is not None:
            self._know(place.reference, name)
        return name

    def _know(self, reference: str, name: str) -> None:
        self._known[reference] = name
        self._places[name] = reference

    def known(self, place: Place) -> str | None:
        """Return the class that what stands there has already."""
        return self._known.get(place.reference or "")

    def meant(self, reference: str, place: Place) -> str | None:
        """Return the class that a reference names, `None` where it leads nowhere or out of the document."""
        reference, found = self._found(reference, place)
        if found is None:
            return None
        if reference not in self._known:
            way = tokens(reference[1:])
            hint = " ".join(part for part in way if part not in _WAYS)
            name = free(class_name(hint), self._used)
            self._know(reference, name)
            self.schemas[name] = {}  # named before it is looked into: it may refer to itself
            there = Place(classes=self, hint=name, component=place.component, way=way)
            self.schemas[name] = prepared(self._read(found), there, whole=True)
        return self._known[reference]

    def enum(self, name: str) -> list[Json] | None:
        """Return the values of a class that is an enum, `None` where it is none."""
        place = Place(classes=self, hint=name)
        _, found = self.source({"$ref": self._places[name]}, place) if name in self._places else (None, True)
        values = found.get("enum") if isinstance(found, Mapping) else None
        return values if isinstance(values, list) else None

    def source(self, schema: Schema, place: Place) -> tuple[str | None, Schema]:
        """Return what a schema that is a reference refers to in the end, and the last reference; else the schema."""
        last = None
        for _ in range(_CHAIN_MOST):
            reference = schema.get("$ref") if isinstance(schema, Mapping) else None
            if not isinstance(reference, str):
                return last, schema
            last, found = self._found(reference, place)
            schema = True if found is None else self._read(found)
        return last, True

    def _found(self, reference: str, place: Place) -> tuple[str, Schema | None]:
        """Return what a reference leads to, and the reference in the one form that stands for it."""
        if not reference.startswith("#"):
            return reference, None
        reference = "#" + "".join(f"/{escaped(token)}" for token in tokens(unquote(reference[1:])))
        within = ("components", "schemas", place.component or "")
        for whole in (reference, "#" + "".join(f"/{escaped(token)}" for token in (*within, *tokens(reference[1:])))):
            try:
                found = pointed(self._document, whole)
            except (LookupError, TypeError, ValueError):
                continue
            if isinstance(found, Mapping | bool):
                return whole, found
        return reference, None

    def _read(self, schema: Schema) -> Schema:
        return modern(schema) if self._old else schema
