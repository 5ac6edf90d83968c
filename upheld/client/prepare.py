"""Schemas put so that datamodel-code-generator makes plain types of them.

Three habits of its are avoided here. A nullable member with bounds becomes a model of its own, as do bounded items of a
list: `book.price.root` is not what a caller wants to write. And a default is written as it stands in JSON, so that a
date's default is a text: neither the type checker nor the caller likes that.
"""

from collections.abc import Mapping
from typing import Any

from upheld.model import Json

REF = "#/components/schemas/"

BOUNDS = frozenset(
    {"minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
)
SCALARS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
"""The Python types of the JSON values that each JSON Schema type names."""

LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
SINGLE = ("items", "additionalProperties", "contains", "propertyNames")
MAPS = ("properties", "patternProperties", "$defs")


def prepared(document: Mapping[str, Json]) -> dict[str, Json]:
    """Return a document that yields the same models, less the models that only wrap a value.

    What is lost: bounds on the items of lists and on the members of unions, which the service checks all the same, and
    defaults that JSON cannot write as their type.
    """
    components = document["components"]
    schemas = components["schemas"]
    ready = {name: _schema(schema, schemas, bounded=True) for name, schema in schemas.items()}
    # Only the schemas become models; what the paths hold, the generator would read and throw away.
    return {**document, "paths": {}, "components": {**components, "schemas": ready}}


def _schema(schema: Json, schemas: Mapping[str, Json], *, bounded: bool) -> Json:
    if not isinstance(schema, dict):
        return schema
    whole = _folded(schema)
    if "default" in whole and not _plain(whole, whole["default"], schemas):
        whole.pop("default")
    if not bounded and _kind(whole) in SCALARS:
        whole = {key: value for key, value in whole.items() if key not in BOUNDS}
    for key in MAPS:
        if isinstance(members := whole.get(key), dict):
            whole[key] = {name: _schema(member, schemas, bounded=True) for name, member in members.items()}
    for key in LISTS:
        if isinstance(parts := whole.get(key), list):
            whole[key] = [_schema(part, schemas, bounded=key == "allOf") for part in parts]
    for key in SINGLE:
        if key in whole:
            whole[key] = _schema(whole[key], schemas, bounded=False)
    return whole


def _folded(schema: dict[str, Any]) -> dict[str, Any]:
    """Return `{"type": ["integer", "null"], …}` for the two alternatives of an integer and null; a copy in any case."""
    alternatives = schema.get("anyOf")
    if not isinstance(alternatives, list) or {"type": "null"} not in alternatives:
        return dict(schema)
    rest = [one for one in alternatives if one != {"type": "null"}]
    if len(rest) != 1 or not isinstance(rest[0], dict) or not isinstance(kind := rest[0].get("type"), str):
        return dict(schema)
    if not {"enum", "const"}.isdisjoint(rest[0]) or kind == "object":
        return dict(schema)
    outer = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**rest[0], **outer, "type": [kind, "null"]}


def _kind(schema: Mapping[str, Json]) -> str:
    """Return the one type that a schema names beside null, "" where it names none or several."""
    kinds = schema.get("type")
    rest = [one for one in kinds if one != "null"] if isinstance(kinds, list) else [kinds]
    return rest[0] if len(rest) == 1 and isinstance(rest[0], str) else ""


def _plain(schema: Mapping[str, Json], default: Json, schemas: Mapping[str, Json]) -> bool:
    """Whether a default is written in Python as it is in JSON, and is of the member's type there."""
    if default is None:
        return True  # a member that may be left out is `None` by default, whatever the schema says
    whole = _meant(schema, schemas)
    if "enum" in whole or "const" in whole:
        return default in whole.get("enum", [whole.get("const")])
    kind = _kind(whole)
    if kind == "array" and isinstance(default, list):
        items = whole.get("items")
        return not default or (isinstance(items, dict) and all(_plain(items, one, schemas) for one in default))
    if kind not in SCALARS or (kind == "string" and "format" in whole):
        return False
    return isinstance(default, SCALARS[kind]) and (kind == "boolean") == isinstance(default, bool)


def _meant(schema: Mapping[str, Json], schemas: Mapping[str, Json]) -> Mapping[str, Json]:
    """Return a schema's one alternative beside null, an enum where it refers to one; any other model says nothing."""
    rest = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    inner = rest[0] if len(rest) == 1 else schema
    if isinstance(inner, dict) and isinstance(reference := inner.get("$ref"), str):
        target = schemas.get(reference.removeprefix(REF))
        return target if isinstance(target, dict) and "enum" in target else {}
    return inner if isinstance(inner, dict) else {}
