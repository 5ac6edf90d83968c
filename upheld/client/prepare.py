"""Schemas put so that datamodel-code-generator makes plain types of them.

What comes out is a small language: a reference to a class, a scalar, a list, a map, a union, the values of a literal,
and, where a class is asked for, an object with its members. What datamodel-code-generator would name by itself, wrap,
refuse or read as code is gone, and so is what would make the client stricter than the contract or is not a type.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from upheld.client.identifiers import enum_names
from upheld.client.merge import Extended, merge, without_duties
from upheld.client.place import BOUNDS, DEPTH_MOST, OBJECTS, REF, STRUCTURE, UNIONS, Place
from upheld.client.scalars import (
    ANNOTATIONS,
    NULL,
    SCALARS,
    json_type,
    kind,
    literal,
    plain_default,
    scalar,
    sizes,
    told,
)
from upheld.model import Json, Schema


def prepared(schema: Schema, place: Place, *, whole: bool = False) -> dict[str, Any]:
    """Return a schema in the small language; with `whole`, one that may be a class by itself.

    Shapes: `{}` for anything, which is also what `false` gives: there is no value to type.
    """
    if not isinstance(schema, Mapping) or place.depth > DEPTH_MOST:
        return {}
    made = _shaped(schema, place, whole=whole)
    made.update(told(schema))
    if whole:
        return made  # a default is a member's
    if "default" in schema and plain_default(_held(made, place), schema["default"]):
        made["default"] = schema["default"]
    return made


def _held(made: Mapping[str, Json], place: Place) -> Mapping[str, Json]:
    """Return what a default is held against: of a class, the values if it is an enum's."""
    rest = [one for one in made.get("anyOf", ()) if one != NULL]
    whole = rest[0] if len(rest) == 1 else made
    if isinstance(items := whole.get("items"), Mapping):
        return {**whole, "items": _held(items, place)}
    if "$ref" not in whole:
        return whole
    values = place.classes.enum(whole["$ref"].removeprefix(REF))
    return {} if values is None else {"enum": values}


def _shaped(schema: Mapping[str, Json], place: Place, *, whole: bool) -> dict[str, Any]:
    structure = {key: value for key, value in without_duties(schema).items() if key not in ANNOTATIONS}
    if isinstance(reference := structure.pop("$ref", None), str):
        if not _loose(structure) or not BOUNDS.isdisjoint(structure):
            return merged([{"$ref": reference}, structure], place, whole=whole)
        name = place.classes.meant(reference, place)
        return {} if name is None else {"$ref": f"{REF}{name}"}
    if isinstance(parts := structure.pop("allOf", None), list):
        return merged([*parts, structure], place, whole=whole)
    unions = [key for key in UNIONS if isinstance(structure.get(key), list) and structure[key]]
    if unions:
        return _union(structure, unions, place, whole=whole)
    return _typed(structure, place, whole=whole)


def _typed(schema: Mapping[str, Json], place: Place, *, whole: bool) -> dict[str, Any]:
    types = _types(schema)
    for key in ("const", "enum"):
        if key in schema:
            values = [schema[key]] if key == "const" else schema[key]
            if isinstance(values, list) and (made := literal(values, types)) is not None:
                return _enumeration(made) if whole and key == "enum" else joined([made])
    if len(types) > 1 and whole:  # the union has the name
        place = place.aside().below("type", hint=" Object")
        whole = False
    return joined([_single({**schema, "type": name}, name, place, whole=whole) for name in types])


def _types(schema: Mapping[str, Json]) -> tuple[str, ...]:
    """Return the types that a schema names, or that its keywords are about; () for any."""
    named = schema.get("type")
    if isinstance(named, str):
        return (named,)
    if isinstance(named, list):
        return tuple(dict.fromkeys(name for name in named if isinstance(name, str)))
    if not {"const", "enum"}.isdisjoint(schema):
        return ()
    # Strictly, such a schema takes any value of other types as well; nobody who writes it means that.
    if any(key in schema for key in OBJECTS):
        return ("object",)
    return ("array",) if any(key in schema for key in ("items", "prefixItems")) else ()


def _enumeration(made: dict[str, Any]) -> dict[str, Any]:
    """Return what becomes an enum of its own, where the values are of one type that Python has enums of."""
    if made.get("type") not in ("string", "integer"):
        return made
    bare = {key: value for key, value in made.items() if not key.startswith("x-")}
    if bare["type"] == "string" and (names := enum_names(bare["enum"])) != bare["enum"]:
        bare["x-enum-varnames"] = names
    return bare


def _single(schema: Mapping[str, Json], name: str, place: Place, *, whole: bool) -> dict[str, Any]:
    match name:
        case "object":
            return _object(schema, place, whole=whole)
        case "array":
            return _array(schema, place)
        case "null":
            return NULL.copy()
        case _:
            return scalar(schema, name) if name in SCALARS else {}


def _object(schema: Mapping[str, Json], place: Place, *, whole: bool) -> dict[str, Any]:
    members = schema.get("properties")
    members = {str(name): one for name, one in members.items()} if isinstance(members, Mapping) else {}
    required = schema.get("required")
    required = [name for name in required if isinstance(name, str)] if isinstance(required, list) else []
    members.update({name: True for name in required if name not in members})
    extra = _extra(schema, place)
    if not members and not (whole and extra is False):
        return {"type": "object", "additionalProperties": extra if isinstance(extra, dict) else {}}
    if not whole and (name := place.classes.known(place)) is not None:
        return {"$ref": f"{REF}{name}"}
    made: dict[str, Any] = {"type": "object", "properties": {}}
    for name, member in members.items():
        made["properties"][name] = _member(member, place.below("properties", name, hint=f" {name}"))
    if required:
        made["required"] = list(dict.fromkeys(required))
    if extra is not None:
        made["additionalProperties"] = extra
    return made if whole else {"$ref": f"{REF}{place.classes.add(made, place)}"}


def _member(schema: Schema, place: Place) -> dict[str, Any]:
    made = prepared(schema, place)
    if isinstance(schema, Mapping):
        made.update({key: True for key in ("readOnly", "writeOnly") if schema.get(key) is True})
    return made


def _extra(schema: Mapping[str, Json], place: Place) -> dict[str, Any] | bool | None:
    """Return the schema of members that have no name; `None` where nothing is said about them."""
    said = schema.get("additionalProperties")
    patterns = schema.get("patternProperties")
    if not isinstance(patterns, Mapping) or not patterns:
        if isinstance(said, Mapping):
            return loose(prepared(said, place.below("additionalProperties", hint=" Value"))) or True
        return said if isinstance(said, bool) else None
    if said is None or said is True:
        return True  # what matches no pattern may be anything
    parts = [
        prepared(part, place.below("patternProperties", key, hint=" Value")) for key, part in sorted(patterns.items())
    ]
    if isinstance(said, Mapping):
        parts.append(prepared(said, place.below("additionalProperties", hint=" Value")))
    return joined(parts) or True


def _array(schema: Mapping[str, Json], place: Place) -> dict[str, Any]:
    items = schema.get("items")
    first = schema.get("prefixItems", items if isinstance(items, list) else None)
    bounds = sizes(schema, "minItems", "maxItems")
    if isinstance(first, list) and first:
        parts = [
            loose(prepared(part, place.below("prefixItems", at, hint=f" {at + 1}"))) for at, part in enumerate(first)
        ]
        closed = items is False or bounds.get("maxItems") == len(first)
        if closed and bounds.get("minItems") == len(first):
            return {"type": "array", "prefixItems": parts, "minItems": len(first), "maxItems": len(first)}
        if not closed:
            parts.append(prepared(items, place.below("items", hint=" Item")) if isinstance(items, Mapping) else {})
        return {"type": "array", "items": joined(parts)}
    item = prepared(items, place.below("items", hint=" Item")) if isinstance(items, Mapping) else {}
    return {"type": "array", "items": loose(item), **bounds}


def loose(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a scalar or list without its bounds: inside of another type, they would be a type of their own."""
    if "items" in schema or kind(schema) in SCALARS:
        bounds = {key for key in schema if key.startswith(("min", "max", "exclusive", "multiple")) or key == "pattern"}
        return {key: value for key, value in schema.items() if key not in bounds}
    return schema


def joined(parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the union of prepared schemas; `{}` where one of them is anything, or there is none."""
    flat: list[dict[str, Any]] = []
    for one in parts:
        part = {key: value for key, value in one.items() if key != "default"}
        if not part.keys() - ANNOTATIONS:
            return {}
        if isinstance(kinds := part.get("type"), list):
            flat += [{**part, "type": next(one for one in kinds if one != "null")}, NULL.copy()]
        elif "anyOf" in part:
            flat += part["anyOf"]
        else:
            flat.append(part)
    rest = [part for part in flat if part.get("type") != "null"]
    nullable = len(rest) < len(flat)
    if any(part.get("format") == "decimal" for part in rest):  # a text or a number, as Pydantic takes it
        rest = [part for part in rest if part.get("type") not in ("number", "integer")]
    if len(rest) > 1 or len({json_type(value) == "boolean" for part in rest for value in part.get("enum", ())}) > 1:
        rest = [piece for part in rest for piece in _apart(part, rest)]
        bare = [loose({key: value for key, value in part.items() if key not in ANNOTATIONS}) for part in rest]
        rest = [part for at, part in enumerate(bare) if part not in bare[:at]]
    if len(rest) == 1:
        return nullable_of(rest[0]) if nullable else rest[0]
    return {"anyOf": [*rest, *([NULL.copy()] if nullable else [])]} if rest else NULL.copy() if nullable else {}


def _apart(part: dict[str, Any], rest: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return an alternative in pieces that Pydantic can tell from the others.

    For its literals as for Python, `True` is 1: beside truths it would take the one for the other.
    """
    if "enum" not in part:
        return [part]
    truths = any(one.get("type") == "boolean" or any(isinstance(v, bool) for v in one.get("enum", ())) for one in rest)
    kinds = [json_type(value) for value in part["enum"]]
    loose_kinds = {"boolean"} | ({"integer"} if truths and not {0, 1}.isdisjoint(part["enum"]) else set())
    kept = [value for value, name in zip(part["enum"], kinds, strict=True) if name not in loose_kinds]
    pieces: list[dict[str, Any]] = [{"type": name} for name in dict.fromkeys(kinds) if name in loose_kinds]
    return [*([{**literal(kept, ()), **told(part)}] if kept else []), *pieces]  # type: ignore[dict-item]  # some


def nullable_of(schema: dict[str, Any]) -> dict[str, Any]:
    """Return `{"type": ["integer", "null"], …}` for an integer, so that its bounds stay with the member."""
    if isinstance(name := schema.get("type"), str) and name != "object" and "enum" not in schema:
        return {**schema, "type": [name, "null"]}
    return {
        "anyOf": [{key: value for key, value in schema.items() if key not in ANNOTATIONS}, NULL.copy()],
        **told(schema),
    }


def _union(schema: dict[str, Any], unions: list[str], place: Place, *, whole: bool) -> dict[str, Any]:
    rest = {key: value for key, value in schema.items() if key not in unions}
    alternatives = {key: [one for one in schema[key] if isinstance(one, Mapping | bool)] for key in unions}
    typed = {key: some for key, some in alternatives.items() if not all(map(_loose, some))}
    if not typed:
        return _shaped(rest, place, whole=whole)
    types = rest.pop("type", None) if set(rest) & STRUCTURE == {"type"} else None
    if len(typed) > 1 or not _loose(rest):
        return merged([rest, *({key: some} for key, some in typed.items())], place, whole=whole)
    key, some = next(iter(typed.items()))
    if types is not None:
        some = [
            {"type": types, **one} if isinstance(one, Mapping) and not {"$ref", "type", "allOf", *UNIONS} & set(one)
            else one
            for one in some
        ]  # fmt: skip
    made = joined(_alternatives(some, place, key))
    return _discriminated(made, schema.get("discriminator"))


def _alternatives(some: list[Schema], place: Place, key: str) -> list[dict[str, Any]]:
    classes = [
        one for one in some if isinstance(one, Mapping) and not {"properties", "required", "allOf"}.isdisjoint(one)
    ]
    made = []
    for at, one in enumerate(some):
        title = one.get("title") if isinstance(one, Mapping) else None
        hint = "" if len(classes) < 2 else f" {title}" if isinstance(title, str) else f" {at + 1}"
        made.append(prepared(one, place.below(key, at, hint=hint)))
    return made


def _discriminated(made: dict[str, Any], discriminator: Json) -> dict[str, Any]:
    name = discriminator.get("propertyName") if isinstance(discriminator, Mapping) else None
    rest = [one for one in made.get("anyOf", ()) if one != NULL]
    if not isinstance(name, str) or len(rest) < 2 or not all("$ref" in one for one in rest):
        return made
    union = {"oneOf": rest, "discriminator": {"propertyName": name}}
    return {"anyOf": [union, NULL.copy()]} if NULL in made["anyOf"] else union


def _loose(schema: Schema) -> bool:
    """Whether a schema says nothing about the type of a value."""
    return not isinstance(schema, Mapping) or not STRUCTURE & set(schema)


def merged(parts: Iterable[Schema], place: Place, *, whole: bool) -> dict[str, Any]:
    """Return what keeps to all of several schemas."""
    made, where = merge(parts, place)
    if not isinstance(made, Extended):
        return prepared(made, where, whole=whole)
    bases = [{"$ref": f"{REF}{name}"} for name in made.bases]
    own = prepared(made.own, where, whole=True) if made.own else {}
    if not own.get("properties") and own.get("additionalProperties") is not False:
        own = {}
    schema = {"allOf": [*bases, *([own] if own else [])]}
    return schema if whole else {"$ref": f"{REF}{place.classes.add(schema, place)}"}
