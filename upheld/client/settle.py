"""What can be said of a schema only when all are prepared: loops, tags of unions, and members that one side writes."""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from upheld.client.identifiers import class_name, free, member_name
from upheld.client.place import REF
from upheld.client.prepare import joined, loose
from upheld.client.scalars import ANNOTATIONS, NULL, told
from upheld.model import Json

_MARKS = ("readOnly", "writeOnly")


def settled(
    schemas: Mapping[str, dict[str, Any]], uses: Sequence[dict[str, Any]], sends: Sequence[bool]
) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Return the schemas of the classes and those of the uses, of each of which is told whether the client sends it.

    A member that only the service writes need not be there when the client sends the object, nor one that only the
    client writes when it receives it. One class serves both ways, so that the member may then be left out of it.
    """
    made, placed = copy.deepcopy((dict(schemas), list(uses)))
    sides = [
        _reached(made, [use for use, sent in zip(placed, sends, strict=True) if sent is side]) for side in (True, False)
    ]
    for name, schema in made.items():
        spared = {mark for mark, side in zip(_MARKS, sides, strict=True) if name in side}
        for part in objects(schema):
            _release(part, spared)
    for name in made:
        if name in _reached_at_once(made, _at_once(made[name])):
            made[name] = _without(made, made[name], name)
        if "array" in made[name].get("type", ()) and name in _reached(made, [made[name]]):
            made[name] = _list_of_itself(made[name])
    direct = {name: made[name] for name in made if "$ref" in made[name]}
    for schema in (*made.values(), *placed):
        _redirect(schema, direct)
        for union in _tagged(schema):
            _tag(union, made, only_sent=sides[0] - sides[1])
    used = {name.casefold() for name in made}
    for name in list(made):
        _name_tuples(made[name], made, f"{name} Tuple", used)
    return made, placed


def _list_of_itself(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a list's schema in a form in which datamodel-code-generator does not forget the items."""
    kept = {key: value for key, value in schema.items() if key not in ANNOTATIONS}
    if "prefixItems" in kept:  # nor can a type checker follow a tuple that is told in two steps
        kept["items"] = joined(kept.pop("prefixItems"))
    nullable = [NULL.copy()] if isinstance(schema["type"], list) else []
    return {"anyOf": [loose({**kept, "type": "array"}), *nullable], **told(schema)}


def _name_tuples(
    schema: Json, schemas: dict[str, dict[str, Any]], hint: str, used: set[str], *, inner: bool = False
) -> None:
    """Give the tuples in other types names of their own: datamodel-code-generator would, perhaps one that is taken."""
    if isinstance(schema, list):
        for part in schema:
            _name_tuples(part, schemas, hint, used, inner=inner)
    elif isinstance(schema, dict):
        for key, part in list(schema.items()):
            if key == "properties":
                for member in part.values():
                    _name_tuples(member, schemas, hint, used)
            elif key in ("items", "prefixItems", "additionalProperties", "allOf", "anyOf", "oneOf"):
                _name_tuples(part, schemas, hint, used, inner=key != "allOf")
        if inner and "prefixItems" in schema:
            name = free(class_name(hint), used)
            schemas[name] = {**schema, "type": "array"}
            nullable = isinstance(schema["type"], list)
            schema.clear()
            reference = {"$ref": f"{REF}{name}"}
            schema.update({"anyOf": [reference, NULL.copy()]} if nullable else reference)


def _redirect(schema: Json, direct: Mapping[str, Mapping[str, Json]]) -> None:
    """Let references to what is only another name for a class name the class: Pydantic loops on some such names."""
    if isinstance(schema, list):
        for part in schema:
            _redirect(part, direct)
    elif isinstance(schema, dict):
        while isinstance(name := schema.get("$ref"), str) and name.removeprefix(REF) in direct:
            schema["$ref"] = direct[name.removeprefix(REF)]["$ref"]
        for key, part in schema.items():
            if key == "properties":
                for member in part.values():
                    _redirect(member, direct)
            elif key not in ("default", "examples", "example", "enum", "discriminator"):
                _redirect(part, direct)


def references(schema: Json) -> Iterator[str]:
    """Yield the names of the classes that a prepared schema refers to."""
    if isinstance(schema, Mapping):
        if isinstance(reference := schema.get("$ref"), str):
            yield reference.removeprefix(REF)
        for key, part in schema.items():
            if key == "properties":
                for member in part.values():
                    yield from references(member)
            elif key not in ("default", "examples", "example", "enum"):
                yield from references(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from references(part)


def _reached(schemas: Mapping[str, Json], starts: Iterable[Json]) -> set[str]:
    found: set[str] = set()
    waiting = [name for start in starts for name in references(start)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += references(schemas.get(name))
    return found


def objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the parts of a class that have members: itself, or what it adds to its bases."""
    for part in (schema, *schema.get("allOf", ())):
        if isinstance(part.get("properties"), dict):
            yield part


def _release(schema: dict[str, Any], spared: set[str]) -> None:
    """Drop the marks, and the duty to be there of members that have one of those."""
    free = {name for name, member in schema["properties"].items() if any(mark in member for mark in spared)}
    for member in schema["properties"].values():
        for mark in _MARKS:
            member.pop(mark, None)
    if free and "required" in schema:
        schema["required"] = [name for name in schema["required"] if name not in free]


def _at_once(schema: Mapping[str, Json]) -> list[str]:
    """Return the classes that a schema is another name for, or a union of: no member or item lies between."""
    found = [schema["$ref"].removeprefix(REF)] if "$ref" in schema else []
    for key in ("anyOf", "oneOf"):
        for part in schema.get(key, ()):
            found += _at_once(part)
    return found


def _reached_at_once(schemas: Mapping[str, dict[str, Any]], names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _at_once(schemas.get(name, {}))
    return found


def _without(schemas: Mapping[str, dict[str, Any]], schema: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a schema without the alternatives that lead back to it with no value between: they allow nothing more."""
    if "$ref" in schema:
        return {}
    made = dict(schema)
    for key in ("anyOf", "oneOf"):
        parts = [
            part if "$ref" in part else _without(schemas, part, name)
            for part in schema.get(key, ())
            if "$ref" not in part or name not in {*_at_once(part), *_reached_at_once(schemas, _at_once(part))}
        ]
        if key in made and len(parts) < 2:
            return parts[0] if parts else {}
        if key in made:
            made[key] = parts
    return made


def _tagged(schema: Json) -> Iterator[dict[str, Any]]:
    """Yield the unions with a discriminator in a prepared schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("discriminator"), dict) and "oneOf" in schema:
            yield schema
        for key, part in schema.items():
            for inner in part.values() if key == "properties" else (part,):
                if key not in ("default", "examples", "example", "enum"):
                    yield from _tagged(inner)
    elif isinstance(schema, list):
        for part in schema:
            yield from _tagged(part)


def _tag(union: dict[str, Any], schemas: dict[str, dict[str, Any]], *, only_sent: set[str]) -> None:
    """Keep a discriminator that Pydantic can go by; drop any other, since a union can be told without one.

    Pydantic asks for a tag in every value, a text of which belongs to one alternative only. A tag that need not
    be there by the schema, as a default's of FastAPI, is asked for where the client sends it: the service needs it.
    """
    name = union["discriminator"]["propertyName"]
    branches = [part["$ref"].removeprefix(REF) for part in union["oneOf"] if "$ref" in part]
    holders = [_holder(schemas, branch, name) for branch in branches]
    mapping = [
        (tag, part["$ref"])
        for part, holder in zip(union["oneOf"], holders, strict=False)
        for tag in (holder["properties"][name].get("enum", ()) if holder else ())
    ]
    tags = [tag for tag, _ in mapping]
    found = [holder for holder in holders if holder and "x-enum-field-as-literal" in holder["properties"][name]]
    lazy = [holder for holder in found if name not in holder.get("required", ())]
    if (
        len(found) < len(union["oneOf"])
        or len(set(tags)) < len(tags)
        or not all(isinstance(tag, str) for tag in tags)
        or not _kept(name)
        or (lazy and not set(branches) <= only_sent)
    ):
        union["anyOf"] = union.pop("oneOf")
        del union["discriminator"]
        return
    # Without it, datamodel-code-generator takes the names of the classes for the tags.
    union["discriminator"]["mapping"] = dict(mapping)
    for holder in lazy:
        holder["required"] = [*holder.get("required", ()), name]
        holder["properties"][name].pop("default", None)


def _holder(schemas: Mapping[str, dict[str, Any]], name: str, member: str) -> dict[str, Any] | None:
    """Return the part of a class, or of one of its bases, that says what a member is."""
    schema = schemas.get(name, {})
    for part in objects(schema):
        if member in part["properties"]:
            return part
    for base in schema.get("allOf", ()):
        if "$ref" in base and (found := _holder(schemas, base["$ref"].removeprefix(REF), member)):
            return found
    return None


def _kept(name: str) -> bool:
    """Whether a member is called in Python as it is in the document."""
    return member_name(name) == name
