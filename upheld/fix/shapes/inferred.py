"""Types for bodies that no model of the project fits: as small as what was seen allows."""

import keyword
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from upheld.model import Json

MEMBERS_MOST = 24
"""Objects with more kinds of members are tables, whose keys are data."""
KINDS_MOST = 3
KNOWN = {"loc": "list[str | int]", "input": "Any", "ctx": "dict[str, Any]", "url": "str"}
"""Members of Pydantic's errors: one run does not see all that they can be."""
_KNOWN: dict[str, Json] = {
    "loc": {"type": "array", "items": {"type": ["string", "integer"]}},
    "input": {},
    "ctx": {"type": "object"},
    "url": {"type": "string"},
}
"""The same as schemas."""
ERROR = frozenset({"type", "loc", "msg"})

_ORDER = (bool, int, float, str)
_TAKEN = frozenset({"copy", "dict", "json", "schema", "validate", "construct", "parse_obj", "register"})
"""Names that a Pydantic model has a use of its own for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inferred:
    """A type, and the classes that it takes."""

    expression: str
    classes: tuple[tuple[str, str], ...]
    """Name and code, those that others need first."""
    any: bool
    """Whether `Any` of `typing` is needed."""


@dataclass(slots=True, kw_only=True)
class Made:
    """What was made so far."""

    free: Callable[[str], str]
    model: str
    """What the base of all models is called."""
    anything: str
    """What `Any` is called."""
    classes: dict[str, str] = field(default_factory=dict)
    any: bool = False


def inferred(
    values: Sequence[Json],
    name: str,
    free: Callable[[str], str],
    *,
    model: str = "BaseModel",
    anything: str = "Any",
) -> Inferred:
    """Return a type that describes all values, its classes named from `name` on.

    `free` gives the name to use for each class that is asked for: one that is not taken in the file. `model` and
    `anything` are what the file calls Pydantic's base and `Any`.
    """
    made = Made(free=free, model=model, anything=anything)
    expression = _union(values, name, made)
    return Inferred(expression=expression, classes=tuple(made.classes.items()), any=made.any)


def schema_of(values: Sequence[Json]) -> dict[str, Json]:
    """Return a JSON Schema that describes all values."""
    kinds = {type(value) for value in values}
    names = [name for kind, name in _NAMES.items() if kind in kinds and not (kind is int and float in kinds)]
    found: dict[str, Json] = {"type": names[0] if len(names) == 1 else names} if names else {}
    lists = [value for value in values if isinstance(value, list)]
    if items := [item for value in lists for item in value]:
        found["items"] = schema_of(items)
    objects = [value for value in values if isinstance(value, dict)]
    if objects:
        keys = list(dict.fromkeys(key for value in objects for key in value))
        required = [key for key in keys if all(key in value for value in objects)]
        is_error = set(required) >= ERROR
        found["properties"] = {
            key: _KNOWN[key] if is_error and key in _KNOWN else schema_of([one[key] for one in objects if key in one])
            for key in keys
        }
        if required:
            found["required"] = required
    return found


_NAMES = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
    type(None): "null",
}


def _union(values: Iterable[Json], name: str, made: Made) -> str:
    kept = list(values)
    kinds = {type(value) for value in kept}
    parts = [kind.__name__ for kind in _ORDER if kind in kinds and not (kind is int and float in kinds)]
    lists = [value for value in kept if isinstance(value, list)]
    if lists:
        items = [item for value in lists for item in value]
        inner = _union(items, name, made) if items else _any(made)
        parts.append(f"list[{inner}]")
    objects = [value for value in kept if isinstance(value, dict)]
    if objects:
        parts.append(_object(objects, name, made))
    if len(parts) > KINDS_MOST:
        return _any(made)
    if None in kept:
        parts.append("None")
    return " | ".join(parts) or _any(made)


def _object(values: Sequence[Mapping[str, Json]], name: str, made: Made) -> str:
    names = list(dict.fromkeys(key for value in values for key in value))
    required = {key for key in names if all(key in value for value in values)}
    if not required or len(names) > MEMBERS_MOST or not all(map(_can_name, names)):
        inner = _union([member for value in values for member in value.values()], f"{name}Item", made)
        return f"dict[str, {inner}]"
    lines = []
    for key in sorted(names, key=lambda one: one not in required):
        kind = _member([value[key] for value in values if key in value], key, name, made, is_error=required >= ERROR)
        rest = "" if key in required else " = None"
        optional = "" if key in required or kind == made.anything or kind.endswith("| None") else " | None"
        lines.append(f"    {key}: {kind}{optional}{rest}\n")
    code = "".join(lines)
    for known, text in made.classes.items():
        if text.partition("\n")[2] == code:
            return known  # an equal one will do
    given = made.free(name)
    while given in made.classes:
        given = made.free(f"{given}2")
    made.classes[given] = f"class {given}({made.model}):\n{code}"
    return given


def _member(values: Sequence[Json], key: str, name: str, made: Made, *, is_error: bool) -> str:
    if is_error and key in KNOWN:
        made.any = made.any or "Any" in KNOWN[key]
        return KNOWN[key].replace("Any", made.anything)
    return _union(values, f"{name}{key.title().replace('_', '')}", made)


def _any(made: Made) -> str:
    made.any = True
    return made.anything


def _can_name(key: str) -> bool:
    plain = key.isidentifier() and key.isascii() and not keyword.iskeyword(key)
    return plain and not key.startswith(("_", "model_")) and key not in _TAKEN
