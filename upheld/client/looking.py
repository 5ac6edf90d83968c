"""Schemas looked at from outside: references followed, parts joined, null left out."""

from collections.abc import Iterator, Mapping
from typing import Any

from upheld.model import Json
from upheld.pointer import pointed

_CHAIN_MOST = 20
_DEEPEST = 8


def followed(document: Mapping[str, Json], node: Json) -> Mapping[str, Any]:
    """Return what a node is or refers to; nothing where that cannot be told."""
    for _ in range(_CHAIN_MOST):
        if not isinstance(node, Mapping):
            return {}
        reference = node.get("$ref")
        if not isinstance(reference, str):
            return node
        try:
            node = pointed(document, reference)
        except LookupError:
            return {}
    return {}


def parts(document: Mapping[str, Json], node: Json, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield all that is certainly said of a value: the schema, and what its `allOf` joins."""
    schema = followed(document, node)
    yield schema
    joined = schema.get("allOf")
    if isinstance(joined, list) and depth < _DEEPEST:
        for part in joined:
            yield from parts(document, part, depth + 1)
    alternatives = bare_alternatives(document, schema)
    if len(alternatives) == 1 and depth < _DEEPEST:
        yield from parts(document, alternatives[0], depth + 1)


def bare_alternatives(document: Mapping[str, Json], schema: Mapping[str, Json]) -> list[Json]:
    """Return the alternatives of a union, less null."""
    found = schema.get("anyOf", schema.get("oneOf"))
    return [one for one in found if not is_null(document, one)] if isinstance(found, list) else []


def is_null(document: Mapping[str, Json], node: Json) -> bool:
    """Whether a schema allows null and nothing else."""
    schema = followed(document, node)
    return schema.get("type") in ("null", ["null"]) or ("const" in schema and schema["const"] is None)


def allows_null(document: Mapping[str, Json], node: Json) -> bool:
    """Whether a schema may allow null; one that says nothing does."""
    if isinstance(node, bool):
        return node
    schema = followed(document, node)
    kinds = schema.get("type")
    if schema.get("nullable") is True or kinds == "null" or (isinstance(kinds, list) and "null" in kinds):
        return True
    if isinstance(kinds, str | list) or "const" in schema or "enum" in schema:
        return "type" not in schema and None in schema.get("enum", [schema.get("const", "")])
    unions = [schema[key] for key in ("anyOf", "oneOf") if isinstance(schema.get(key), list)]
    if unions:
        return all(any(allows_null(document, one) for one in union) for union in unions)
    joined = schema.get("allOf")
    return all(allows_null(document, one) for one in joined) if isinstance(joined, list) else True


def without_null(document: Mapping[str, Json], node: Json) -> Json:
    """Return a schema less null, which has no spelling outside of JSON."""
    schema = followed(document, node)
    if schema.get("nullable") is True:
        return {key: value for key, value in schema.items() if key != "nullable"}
    kinds = schema.get("type")
    if isinstance(kinds, list) and "null" in kinds:
        rest = [kind for kind in kinds if kind != "null"]
        return {**schema, "type": rest[0] if len(rest) == 1 else rest}
    for key in ("anyOf", "oneOf"):
        alternatives = schema.get(key)
        if isinstance(alternatives, list) and any(is_null(document, one) for one in alternatives):
            rest = [one for one in alternatives if not is_null(document, one)]
            if len(rest) == 1:
                outer = {name: value for name, value in schema.items() if name != key and name in _SAID}
                return {**rest[0], **outer} if isinstance(rest[0], Mapping) and "$ref" not in rest[0] else rest[0]
            return {**schema, key: rest}
    return node


_SAID = frozenset({"title", "description", "examples", "example", "default", "deprecated"})


def properties(document: Mapping[str, Json], node: Json) -> dict[str, Json]:
    """Return the members that an object's schema names."""
    found: dict[str, Json] = {}
    for part in parts(document, node):
        members = part.get("properties")
        if isinstance(members, Mapping):
            found |= {name: schema for name, schema in members.items() if name not in found}
    return found


def required(document: Mapping[str, Json], node: Json) -> frozenset[str]:
    """Return the members that an object must have."""
    names = [part.get("required") for part in parts(document, node)]
    return frozenset(name for some in names if isinstance(some, list) for name in some if isinstance(name, str))


def items(document: Mapping[str, Json], node: Json) -> Json:
    """Return the schema of an array's items; `None` where it is no array."""
    for part in parts(document, node):
        if part.get("type") in ("array", ["array"], ["array", "null"]) or "items" in part:
            return part.get("items", True)
    return None


def kinds(document: Mapping[str, Json], node: Json) -> frozenset[str]:
    """Return the types that a schema names; none where it names none."""
    found: set[str] = set()
    for part in parts(document, node):
        named = part.get("type")
        found.update([named] if isinstance(named, str) else named if isinstance(named, list) else ())
    return frozenset(found)
