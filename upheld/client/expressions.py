"""Prepared schemas as type expressions, by the same rules by which datamodel-code-generator types members."""

import ast
from collections.abc import Iterable, Mapping

from upheld.client.place import REF
from upheld.client.scalars import FORMATS
from upheld.model import Json

_NAMES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_SOURCES = {
    "Annotated": "typing",
    "Any": "typing",
    "AwareDatetime": "pydantic",
    "Decimal": "decimal",
    "Field": "pydantic",
    "Literal": "typing",
    "UUID": "uuid",
    "date": "datetime",
    "time": "datetime",
    "timedelta": "datetime",
}
"""The module of each name that an expression may hold."""


def expression(schema: Mapping[str, Json]) -> str:
    """Return the type of the values of a prepared schema, the classes being those of a module `models`."""
    if "$ref" in schema:
        return f"models.{schema['$ref'].removeprefix(REF)}"
    if "enum" in schema:
        return f"Literal[{', '.join(map(_written, schema['enum']))}]"
    for key in ("anyOf", "oneOf"):
        if key in schema:
            parts = list(dict.fromkeys(expression(part) for part in schema[key]))
            union = " | ".join(parts)
            if "discriminator" not in schema:
                return union
            return f"Annotated[{union}, Field(discriminator={_written(schema['discriminator']['propertyName'])})]"
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return " | ".join(_single(schema, name) for name in kinds)
    return _single(schema, kinds) if isinstance(kinds, str) else "Any"


def _single(schema: Mapping[str, Json], name: str) -> str:
    if name == "array":
        if "prefixItems" in schema:
            return f"tuple[{', '.join(map(expression, schema['prefixItems']))}]"
        return f"list[{expression(schema.get('items') or {})}]"
    if name == "object":
        values = schema.get("additionalProperties")
        return f"dict[str, {expression(values) if isinstance(values, Mapping) else 'Any'}]"
    return FORMATS[schema["format"]] if name == "string" and "format" in schema else _NAMES[name]


def _written(value: Json) -> str:
    """Return a value as the code around is written: in double quotes where that needs no escapes."""
    text = repr(value)
    return f'"{value}"' if isinstance(value, str) and text == f"'{value}'" and '"' not in value else text


def imports(expressions: Iterable[str]) -> tuple[str, ...]:
    """Return the lines that import what expressions need besides `models`, sorted."""
    needed: dict[str, set[str]] = {}
    for one in set(expressions):
        for node in ast.walk(ast.parse(one, mode="eval")):
            if isinstance(node, ast.Name) and node.id in _SOURCES:
                needed.setdefault(_SOURCES[node.id], set()).add(node.id)
    return tuple(f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(needed.items()))
