"""Other ways to write a document, which change nothing about what is valid."""

import copy
import json
import random
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from tests.diff.schemas import Document, reached
from upheld.model import Json

Schema: TypeAlias = dict[str, Any]
Rewrite: TypeAlias = Callable[[random.Random, Document, Schema], None]
PREFIX = "#/components/schemas/"


def rewritten(chance: random.Random, whole: Document, *, times: int = 4) -> Document:
    """Return a copy of a document that says the same in other words."""
    made = copy.deepcopy(whole)
    old = made["openapi"].startswith("3.0")
    for _ in range(times):
        table = [rewrite for rewrite, modern in REWRITES.items() if not (old and modern)]
        chance.choice(table)(chance, made, chance.choice(reached(made)))
    return made


def renamed(whole: Document) -> Document:
    """Return a copy of a document whose components have other names."""
    text = json.dumps(whole)
    for name in whole["components"]["schemas"]:
        if name != "Root":
            text = text.replace(f'"{PREFIX}{name}"', f'"{PREFIX}{name}Read"')
    made: Document = json.loads(text)
    schemas = made["components"]["schemas"]
    made["components"]["schemas"] = {name if name == "Root" else f"{name}Read": schemas[name] for name in schemas}
    return made


def shuffled(chance: random.Random, node: Json) -> Json:
    """Return a copy of a document with the members of every object in another order."""
    if isinstance(node, list):
        return [shuffled(chance, part) for part in node]
    if not isinstance(node, dict):
        return node
    return {key: shuffled(chance, node[key]) for key in chance.sample(list(node), len(node))}


def _become(schema: Schema, other: Mapping[str, Any]) -> None:
    told = dict(other)
    schema.clear()
    schema |= told


def _null_as_alternative(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    told = schema.get("type")
    if isinstance(told, list) and "null" in told and "enum" not in schema:
        rest = [one for one in told if one != "null"]
        _become(schema, {"anyOf": [{**schema, "type": rest[0] if len(rest) == 1 else rest}, {"type": "null"}]})


def _null_as_type(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    if len(schema) == 1 and schema.get("anyOf", ())[1:] == [{"type": "null"}]:
        (first, _) = schema["anyOf"]
        told = first.get("type", "null") if isinstance(first, dict) else "null"
        if isinstance(told, str) and told != "null" and first.keys().isdisjoint(("enum", "const")):
            _become(schema, {**first, "type": [told, "null"]})


def _constant(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    match schema:
        case {"const": value}:
            schema["enum"] = [schema.pop("const"), value]
            schema["enum"].pop()
        case {"enum": [value]}:
            del schema["enum"]
            schema["const"] = value


def _in_place(_chance: random.Random, whole: Document, schema: Schema) -> None:
    match schema:
        case {"$ref": str(reference), **others} if not others:
            _become(schema, copy.deepcopy(whole["components"]["schemas"][reference.removeprefix(PREFIX)]))


def _by_reference(_chance: random.Random, whole: Document, schema: Schema) -> None:
    schemas = whole["components"]["schemas"]
    name = f"Fresh{len(schemas)}"
    if schema is not schemas["Root"]:
        schemas[name] = dict(schema)
        _become(schema, {"$ref": f"{PREFIX}{name}"})


def _all_of_one(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    _become(schema, {"allOf": [dict(schema)]})


def _any_of_one(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    _become(schema, {"anyOf": [dict(schema)]})


def _twice(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    _become(schema, {"anyOf": [dict(schema), copy.deepcopy(schema)]})


def _reordered(chance: random.Random, _whole: Document, schema: Schema) -> None:
    for key in ("anyOf", "allOf", "oneOf", "enum", "required"):
        if key in schema:
            chance.shuffle(schema[key])


def _nested(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    if len(schema.get("anyOf", ())) > 1:
        first, *rest = schema["anyOf"]
        schema["anyOf"] = [first, {"anyOf": rest}]


def _never(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    if "anyOf" in schema:
        schema["anyOf"].append({"not": {}})


def _other_bound(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    if schema.get("type") != "integer":
        return
    for key, exclusive, step in (("minimum", "exclusiveMinimum", -1), ("maximum", "exclusiveMaximum", 1)):
        if isinstance(bound := schema.get(key), int) and exclusive not in schema:
            schema[exclusive] = schema.pop(key) + step
        elif isinstance(bound := schema.get(exclusive), int) and key not in schema:
            schema[key] = schema.pop(exclusive) - step
            assert bound - step == schema[key]


def _float_bound(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    for key in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"):
        if key in schema and not isinstance(schema[key], bool):
            schema[key] = float(schema[key])


def _tagged(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    if "discriminator" in schema and "oneOf" in schema:
        del schema["discriminator"]
        schema["anyOf"] = schema.pop("oneOf")


def _saying_nothing(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    match schema.get("type"):
        case "string":
            schema.setdefault("minLength", 0)
        case "array":
            schema.setdefault("minItems", 0)
            schema.setdefault("uniqueItems", False)
        case "object":
            schema.setdefault("required", [])
            schema.setdefault("minProperties", 0)
        case "integer":
            schema.setdefault("multipleOf", 1)
    if schema.get("additionalProperties") is True:
        schema["additionalProperties"] = {}


def _annotated(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    schema["title"] = "Title"
    schema["description"] = "It has one now."


def _split(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    if schema.get("type") in ("string", "integer", "number") and len(schema) > 1 and "nullable" not in schema:
        first = {"type": schema["type"]}
        rest = {key: value for key, value in schema.items() if key != "type"}
        _become(schema, {"allOf": [first, rest]})


def _numbers(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    if schema.get("type") == "number":
        _become(schema, {"anyOf": [{**schema, "type": "integer"}, dict(schema)]})


def _booleans(_chance: random.Random, _whole: Document, schema: Schema) -> None:
    if schema == {"type": "boolean"}:
        _become(schema, {"enum": [False, True]})


REWRITES: Mapping[Rewrite, bool] = MappingProxyType({
    _null_as_alternative: True,
    _null_as_type: True,
    _constant: True,
    _in_place: False,
    _by_reference: False,
    _all_of_one: False,
    _any_of_one: False,
    _twice: False,
    _reordered: False,
    _nested: False,
    _never: False,
    _other_bound: True,
    _float_bound: False,
    _tagged: False,
    _saying_nothing: False,
    _annotated: False,
    _split: False,
    _numbers: False,
    _booleans: True,
})  # fmt: skip
"""Each rewrite, and whether it takes words that OpenAPI 3.0 does not have."""
