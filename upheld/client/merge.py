"""What `allOf` means: a class that extends others, or one schema in which the keywords of all stand together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from upheld.client.identifiers import member_name
from upheld.client.place import BOUNDS, OBJECTS, STRUCTURE, UNIONS, Place
from upheld.client.scalars import ANNOTATIONS
from upheld.model import Json, Schema

_MEMBERS = ANNOTATIONS | {"default", "readOnly", "writeOnly"}
"""What is said of a member beside its type."""
WIDTH_MOST = 64
"""So many alternatives are made at most where unions meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """A class that has others for its bases and adds members to theirs."""

    bases: tuple[str, ...]
    """Names of classes."""
    own: dict[str, Any]
    """A schema of the members that it adds, {} for none."""


def merge(parts: Iterable[Schema], place: Place) -> tuple[Schema | Extended, Place]:
    """Return what keeps to all of several schemas, and the place where that is to be read.

    Shapes: inheritance where a class only adds members to others; else the members of all in one object, or the
    keywords of all in one scalar; a union where one of the parts is one. `True` where nothing is said, or too much.
    """
    told = _flat(parts)
    aside = place.aside()
    if len(told) < 2:
        return (told[0] if told else True), aside
    sources = [_source(part, place) for part in told]
    for at, (reference, source) in enumerate(sources):
        key = next((key for key in UNIONS if isinstance(source.get(key), list) and source[key]), None)
        if key is not None:
            width = place.width * len(source[key])
            if width > WIDTH_MOST or (reference is not None and reference in place.spread):
                return True, aside
            rest: list[Schema] = [{one: value for one, value in source.items() if one != key}]
            rest += [part for number, part in enumerate(told) if number != at]
            spread = place.spread | ({reference} if reference else frozenset())
            made = {"anyOf": [{"allOf": [one, *rest]} for one in source[key]]}
            return made, replace(aside, spread=spread, width=width)
    objective = [_objective(source, place) for _, source in sources]
    if any(objective):  # bounds of a text say nothing about an object
        told = [part for part, is_object in zip(told, objective, strict=True) if is_object or STRUCTURE & set(part)]
        objective = [_objective(_source(part, place)[1], place) for part in told]
    if len(told) < 2:
        return told[0], aside
    if all(objective):
        return _inherited(told, place) or {"type": "object", **_union_of(_sources(told, place, frozenset()))}, aside
    return _narrowed([source for _, source in sources]), aside


def _flat(parts: Iterable[Schema]) -> list[Mapping[str, Json]]:
    """Return the parts that say something, those of inner `allOf`s among them."""
    found: list[Mapping[str, Json]] = []
    for part in parts:
        if not isinstance(part, Mapping) or not (STRUCTURE | BOUNDS) & set(without_duties(part)):
            continue
        inner = part.get("allOf")
        if "$ref" in part and len(part) > 1:
            found += _flat([{"$ref": part["$ref"]}, {key: value for key, value in part.items() if key != "$ref"}])
        elif isinstance(inner, list):
            found += _flat([*inner, {key: value for key, value in part.items() if key != "allOf"}])
        elif (bare := without_duties(part)) not in found:
            found.append(bare)
    return found


def without_duties(schema: Mapping[str, Json]) -> dict[str, Json]:
    """Return a schema without unions that only say which members have to be there: `anyOf: [{required: [a]}, …]`."""
    return {
        key: value
        for key, value in schema.items()
        if key not in UNIONS
        or not isinstance(value, list)
        or any(isinstance(one, Mapping) and STRUCTURE & (set(one) - {"required"}) for one in value)
    }


def _source(part: Schema, place: Place) -> tuple[str | None, Mapping[str, Json]]:
    reference, source = place.classes.source(part, place)
    return reference, source if isinstance(source, Mapping) else {}


def _objective(schema: Mapping[str, Json], place: Place, seen: tuple[str, ...] = ()) -> bool:
    if schema.get("type") == "object":
        return True
    if isinstance(parts := schema.get("allOf"), list):
        for part in parts:
            reference, source = place.classes.source(part, place)
            if not isinstance(source, Mapping) or (reference is not None and reference in seen):
                continue
            if not _objective(source, place, (*seen, reference or "")) and STRUCTURE & set(source):
                return False
        return True
    return "type" not in schema and any(key in schema for key in OBJECTS)


def members(
    part: Schema, place: Place, seen: frozenset[str] = frozenset()
) -> tuple[dict[str, list[Schema]], frozenset[str]] | None:
    """Return the schemas of each member that an object has, with those it inherits, and the references to its parts.

    Errors: `None` where it is a union, no object, or refers to itself.
    """
    reference, source = place.classes.source(part, place)
    if not isinstance(source, Mapping) or (reference is not None and reference in seen):
        return None
    if any(key in source for key in UNIONS) or not _objective(source, place):
        return None
    ancestors = frozenset() if reference is None else frozenset({reference})
    found: dict[str, list[Schema]] = {}
    inner = source.get("allOf")
    for one in inner if isinstance(inner, list) else ():
        if isinstance(one, Mapping) and STRUCTURE & set(one):
            below = members(one, place, seen | ancestors)
            if below is None:
                return None
            ancestors |= below[1]
            for name, schemas in below[0].items():
                found.setdefault(name, []).extend(schemas)
    own = source.get("properties")
    for name, schema in own.items() if isinstance(own, Mapping) else ():
        found.setdefault(name, []).append(schema)
    for name in _required(source):
        found.setdefault(name, [True])
    return found, ancestors


def _required(source: Mapping[str, Json]) -> list[str]:
    required = source.get("required")
    return [name for name in required if isinstance(name, str)] if isinstance(required, list) else []


def _inherited(parts: list[Mapping[str, Json]], place: Place) -> Extended | None:
    """Return a class with bases, where it changes nothing that they say; else `None`.

    A member that is said again would have to be of the same type for a type checker, and bases that share one would
    have to stand in an order that Python can keep.
    """
    names: set[str] = set()  # as they are in Python: two that become the same there are one for it
    ancestors: set[str] = set()
    bases: list[str] = []
    own: list[Mapping[str, Json]] = []
    for part in parts:
        reference, _ = place.classes.source(part, place)
        found = members(part, place, frozenset({place.reference} if place.reference else ()))
        if found is None or names & set(map(member_name, found[0])) or ancestors & found[1]:
            return None
        name = None if reference is None else place.classes.meant(reference, place)
        if reference is not None and (not found[0] or name is None):
            return None
        names |= set(map(member_name, found[0]))
        ancestors |= found[1]
        if name is None:
            own.append(part)
        else:
            bases.append(name)
    return Extended(bases=tuple(bases), own={"type": "object", **_union_of(own)} if own else {}) if bases else None


def _sources(parts: Iterable[Schema], place: Place, seen: frozenset[str]) -> list[Mapping[str, Json]]:
    found: list[Mapping[str, Json]] = []
    for part in parts:
        reference, source = place.classes.source(part, place)
        if not isinstance(source, Mapping) or (reference is not None and reference in seen):
            continue
        inner = source.get("allOf")
        if isinstance(inner, list):
            found += _sources(inner, place, seen | {reference or ""})
        found.append({key: value for key, value in source.items() if key != "allOf"})
    return found


def _union_of(sources: Iterable[Mapping[str, Json]]) -> dict[str, Any]:
    """Return the object keywords of several schemas in one; what is said twice about a member has to hold twice."""
    properties: dict[str, Json] = {}
    patterns: dict[str, Json] = {}
    required: list[str] = []
    extra: Json = None
    for source in sources:
        for into, key in ((properties, "properties"), (patterns, "patternProperties")):
            members = source.get(key)
            for name, schema in members.items() if isinstance(members, Mapping) else ():
                same = name not in into or into[name] == schema
                into[name] = schema if same else {"allOf": [into[name], schema], **_told(schema, into[name])}
        required += [name for name in _required(source) if name not in required]
        said = source.get("additionalProperties")
        extra = said if said is not None and extra is not False and (said is not True or extra is None) else extra
    made = {"properties": properties, "patternProperties": patterns, "required": required}
    return {
        **{key: value for key, value in made.items() if value},
        **({} if extra is None else {"additionalProperties": extra}),
    }


def _told(*schemas: Schema) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for schema in reversed(schemas):
        if isinstance(schema, Mapping):
            found.update({key: value for key, value in schema.items() if key in _MEMBERS})
    return found


def _narrowed(sources: list[Mapping[str, Json]]) -> dict[str, Any]:
    """Return the keywords of several scalars or lists in one schema: of types and values what all of them allow."""
    made: dict[str, Any] = {}
    for source in sources:
        for key, value in source.items():
            if key == "type" and key in made:
                made[key] = _common(made[key], value)
            elif key == "enum" and isinstance(made.get(key), list) and isinstance(value, list):
                made[key] = [one for one in made[key] if one in value]
            else:
                made[key] = value
    return {} if made.get("type") == [] else made


def _common(one: Json, other: Json) -> Json:
    first, second = ([kinds] if isinstance(kinds, str) else list(kinds or ()) for kinds in (one, other))
    both = [name for name in first if name in second or (name == "integer" and "number" in second)]
    both += [name for name in second if name == "integer" and "number" in first and name not in both]
    return both[0] if len(both) == 1 else both
