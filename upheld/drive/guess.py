"""What a field's type may be where only its schema is known: any that FastAPI documents so.

In process the bare type is asked; from outside whatever *may* be a conversion of Pydantic's lax mode counts as one.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from upheld.model import Json

_SCALARS = ("string", "integer", "number", "boolean")
_SPECIAL = frozenset({"format", "contentMediaType", "contentEncoding"})
_KINDS = {
    "int": ("integer", "number"),
    "float": ("number", "integer"),
    "decimal": ("number", "string", "integer"),
    "bool": ("boolean",),
    "string": ("string",),
    "list": ("array",),
    "set": ("array",),
    "tuple": ("array",),
    "dict": ("object",),
    "model": ("object",),
}
"""Which documented types the beginning of a Pydantic error type speaks of."""


def may_convert(keyword: str, value: Json, parts: Iterable[Mapping[str, Json]]) -> bool:
    """Return whether some type that is documented by these schemas, parts of one union, may take a refused value."""
    known = list(parts)
    if not known:
        return True
    match keyword:
        case "enum" | "const":
            members = [member for part in known for member in _members(part)]
            return not (isinstance(value, str) and members and all(isinstance(member, str) for member in members))
        case "type" | "anyOf" | "oneOf":
            return any(_may_take(name, value) for part in known for name in _types(part))
    return True


def may_be_bare(kind: str, parts: Iterable[Mapping[str, Json]]) -> bool:
    """Return whether a type that is documented by these schemas may refuse with an error of this kind."""
    known = list(parts)
    types = {name for part in known for name in _types(part)}
    spoken_of = _KINDS.get(kind.partition("_")[0])
    return not types or spoken_of is None or not types.isdisjoint(spoken_of)


def may_be_of_its_own(parts: Iterable[Mapping[str, Json]]) -> bool:
    """Return whether these schemas may stand for a type with a check of its own: an address, an upload."""
    return any(not part.keys().isdisjoint(_SPECIAL) for part in parts)


def _types(part: Mapping[str, Json]) -> Iterator[str]:
    declared = part.get("type")
    if isinstance(declared, str):
        yield declared
    elif isinstance(declared, list):
        yield from declared
    elif "anyOf" in part:
        return  # its parts stand beside it
    elif members := list(_members(part)):
        yield from {type(member).__name__.replace("str", "string") for member in members}
    else:
        yield "any"


def _may_take(name: str, value: Json) -> bool:
    from upheld.drive.leniency import accepts  # which asks this module where it knows no type

    match name:
        case "array":
            return isinstance(value, list)
        case "object":
            return isinstance(value, dict)
        case _ if name not in _SCALARS:
            return name != "null"
        case _ if value is None or isinstance(value, list | dict):
            return False
        case "integer":
            return accepts(int, value) or accepts(timedelta, value)
        case "number":
            return accepts(float, value) or accepts(timedelta, value)
        case "boolean":
            return accepts(bool, value)
    return True  # numbers become dates, durations, decimals, and texts where the author wants that


def _members(part: Mapping[str, Json]) -> Iterator[Json]:
    yield from part.get("enum") or ()
    if "const" in part:
        yield part["const"]
