"""Texts, numbers and literals: which formats are types, which patterns can be kept, which defaults can be written."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from math import ceil, floor, isfinite
from typing import Any

from upheld.model import Json

SCALARS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
"""The Python types of the JSON values that each JSON Schema type names."""

NULL = {"type": "null"}
LITERAL = "x-enum-field-as-literal"
"""Asks datamodel-code-generator for a `Literal` and not for a class."""

FORMATS: Mapping[str, str] = {
    "date-time": "AwareDatetime",
    "date": "date",
    "time": "time",
    "duration": "timedelta",
    "uuid": "UUID",
    "decimal": "Decimal",
    "binary": "bytes",
}
"""The formats of a text that have a type of their own.

Others stay texts: `email` would need one more package, an address that is parsed is not written back as it was, the
value of `password` is not to be hidden from who must send it, and `byte` says how the text is coded, which nobody has
to undo who hands it on.
"""

_TOLD: Mapping[str, type] = {"title": str, "description": str, "examples": list, "example": object, "deprecated": bool}
ANNOTATIONS = frozenset(_TOLD)
_ROUNDED: Mapping[str, tuple[str, Callable[[float], int], Callable[[int, int], int]]] = {
    "minimum": ("minimum", ceil, max),
    "maximum": ("maximum", floor, min),
    "exclusiveMinimum": ("minimum", ceil, max),
    "exclusiveMaximum": ("maximum", floor, min),
}
"""What a bound between two integers is for them."""
_SIZE_MOST = 2**63
_DECIMALS = ("^(?!^[-+.]*$)[+-]?0*", "^[+-]?(?:(?:[0-9]+\\.?[0-9]*|", "^[+-]?(?:0*[0-9]{", "^-?(?:(?:0|[1-9][0-9]")
"""How the patterns begin that Pydantic documents a `Decimal` with."""


def scalar(schema: Mapping[str, Json], name: str) -> dict[str, Any]:
    """Return the scalar of one JSON type that a schema describes: its format, if that is a type, and its bounds."""
    if name != "string":
        return {"type": name, **(_range(schema, whole=name == "integer") if name in ("integer", "number") else {})}
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and pattern.startswith(_DECIMALS):
        return {"type": "string", "format": "decimal"}
    if schema.get("format") in FORMATS:
        return {"type": "string", "format": schema["format"]}
    made = {"type": "string", **sizes(schema, "minLength", "maxLength")}
    if isinstance(pattern, str) and (kept := _pattern(pattern)) is not None:
        made["pattern"] = kept
    if isinstance(media := schema.get("contentMediaType"), str):
        made["contentMediaType"] = media
    return made


def told(schema: Mapping[str, Json]) -> dict[str, Json]:
    """Return what a schema tells a reader, where it is of the kind that is meant to be told."""
    return {key: schema[key] for key in schema if key in _TOLD and isinstance(schema[key], _TOLD[key])}


def sizes(schema: Mapping[str, Json], *keys: str) -> dict[str, int]:
    """Return the bounds of a length that say anything, as Pydantic can hold them."""
    return {key: int(schema[key]) for key in keys if _number(schema.get(key)) and 0 <= schema[key] < _SIZE_MOST}


def _range(schema: Mapping[str, Json], *, whole: bool) -> dict[str, Any]:
    """Return the bounds of a number; those of an integer as integers."""
    found = {key: schema[key] for key in (*_ROUNDED, "multipleOf") if _number(schema.get(key))}
    if found.get("multipleOf", 1) <= 0 or (whole and found.get("multipleOf", 1) % 1):
        del found["multipleOf"]
    if not whole:
        return found
    made = {key: int(value) for key, value in found.items() if value % 1 == 0}
    for key, value in found.items():
        if value % 1:
            inner, rounded, nearer = _ROUNDED[key]
            made[inner] = nearer(made.get(inner, rounded(value)), rounded(value))
    return made


def _number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


@cache
def _pattern(pattern: str) -> str | None:
    r"""Return a pattern that Pydantic takes and that refuses nothing which the documented one allows, or none.

    Pydantic compiles it when the class is made, by a library that has no look-around, and reads `\d`, `\w` and `\s`
    as Unicode has them: a class that excludes them would refuse more than JSON Schema's (ECMA-262) does.
    """
    from pydantic_core import SchemaError, SchemaValidator, core_schema  # noqa: PLC0415  # needed here only

    if re.search(r"\\[DWSBbpPck]|\[\^[^\]]*\\[dws]", pattern):
        return None
    try:
        SchemaValidator(core_schema.str_schema(pattern=pattern))
    except SchemaError:
        return None
    return pattern


def kind(schema: Mapping[str, Json]) -> str:
    """Return the one type that a schema names beside null, "" where it names none or several."""
    kinds = schema.get("type")
    rest = [one for one in kinds if one != "null"] if isinstance(kinds, list) else [kinds]
    return rest[0] if len(rest) == 1 and isinstance(rest[0], str) else ""


def literal(values: list[Json], types: tuple[str, ...]) -> dict[str, Any] | None:
    """Return the schema of a closed set of values; `None` where none of them is of a type that is asked for.

    Shapes: a `Literal` where Python can write one of every value (texts, integers, truths), else what the values have
    in common.
    """
    kept = _once(value for value in values if not types or any(_is(value, name) for name in types))
    if not kept:
        return None
    nullable = None in kept
    rest = [value for value in kept if value is not None]
    if not rest:
        return NULL.copy()
    names = {json_type(value) for value in rest}
    if all(isinstance(value, str | int) for value in rest):
        single = {"type": next(iter(names))} if len(names) == 1 else {}
        made: dict[str, Any] = {**single, "enum": rest, LITERAL: True}
    elif len(names) == 1 or names == {"integer", "number"}:
        name = "number" if "number" in names else next(iter(names))
        inner: dict[str, dict[str, Any]] = {"array": {"items": {}}, "object": {"additionalProperties": {}}}
        made = {"type": name, **inner.get(name, {})}
    else:
        return {}
    return {"anyOf": [made, NULL]} if nullable else made


def _once(values: Any) -> list[Json]:  # noqa: ANN401  # JSON values, which have no type of their own
    found: dict[tuple[str, str], Json] = {}
    for value in values:
        found.setdefault((json_type(value), repr(value)), value)
    return list(found.values())


def json_type(value: Json) -> str:
    """Return the name of a value's JSON type, "integer" for a number that is written as one."""
    if value is None:
        return "null"
    for name, kinds in (("boolean", bool), ("integer", int), ("number", float), ("string", str), ("array", list)):
        if isinstance(value, kinds):
            return name
    return "object"


def _is(value: Json, name: str) -> bool:
    found = json_type(value)
    if found == "number" and name == "integer":
        return bool(value == int(value)) if abs(value) != float("inf") else False
    return found == name or (found == "integer" and name == "number")


def plain_default(schema: Mapping[str, Json], default: Json) -> bool:
    """Whether a default is written in Python as it is in JSON, and is of the member's type there."""
    if default is None:
        return False  # a member that may be left out is `None` by default, whatever the schema says
    if "enum" in schema:
        return any(json_type(default) == json_type(one) and default == one for one in schema["enum"])
    name = kind(schema)
    if name == "array" and isinstance(default, list) and "prefixItems" not in schema:
        items = schema.get("items")
        if not schema.get("minItems", 0) <= len(default) <= schema.get("maxItems", len(default)):
            return False  # it is validated, other than that of a scalar
        return not default or (isinstance(items, dict) and all(plain_default(items, one) for one in default))
    if name not in SCALARS or (name == "string" and "format" in schema):
        return False
    return isinstance(default, SCALARS[name]) and (name == "boolean") == isinstance(default, bool)
