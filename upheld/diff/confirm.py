"""A validator's word on the values that are said to show a break: one side accepts them, the other refuses them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from upheld.diff.meeting import every
from upheld.diff.nodes import Source
from upheld.diff.sameness import references
from upheld.diff.wire import readings
from upheld.model import Json
from upheld.pointer import pointed, tokens
from upheld.schema import Judge

SCHEMA_MAPS = frozenset({"patternProperties", "dependentSchemas", "$defs", "definitions"})
KEPT_MOST = 64
"""Validators: each is for values of the same names, and most values have others."""
VALUES = frozenset({"const", "default", "enum", "example", "examples"})


PRUNED_MOST = 12
"""So many validators for values with other members are made of one schema; then comes one for all."""


class Validators:
    """Judges values by the schemas of both documents; a validator sees no more of a document than it needs."""

    def __init__(self) -> None:
        """Begin with none."""
        self._made: dict[tuple[int, int, frozenset[str] | None], tuple[Source, Json, Judge, Json]] = {}
        self._asked: dict[tuple[int, int], int] = {}

    def accepts(self, source: Source, raw: Json, value: Json, *, wire: bool = False) -> bool | None:
        """Return whether a schema accepts a value; `None` where no validator can tell.

        On the `wire` it is accepted if it is in any of the ways in which it can be read.
        """
        if isinstance(raw, bool):
            return raw
        names: frozenset[str] | None = frozenset(_names(value))
        if (id(source), id(raw), names) not in self._made:
            place = (id(source), id(raw))
            self._asked[place] = self._asked.get(place, 0) + 1
            if self._asked[place] > PRUNED_MOST:
                names = None
        key = (id(source), id(raw), names)
        if key not in self._made:
            if len(self._made) >= KEPT_MOST:
                self._made.clear()
            pruned, schema = _pruned(source, raw, names)
            self._made[key] = (source, raw, Judge(pruned), schema)
        _, _, judge, schema = self._made[key]
        if not wire:
            return _valid(judge, schema, value)
        found = [_valid(judge, schema, reading) for reading in readings(value)]
        return True if True in found else None if None in found else False


def _valid(judge: Judge, schema: Json, value: Json) -> bool | None:
    """Return whether a schema accepts a value, and what its texts are said to hold the JSON that they hold."""
    valid = judge.valid(schema, value)
    return valid and _holds(judge, schema, value)


def _holds(judge: Judge, schema: Json, value: Json) -> bool | None:
    if isinstance(value, str):
        described = judge.resolve(schema)
        if not isinstance(described, Mapping) or "contentSchema" not in described:
            return True
        try:
            return judge.valid(described["contentSchema"], json.loads(value))
        except ValueError:
            return False
    within = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = {
        _holds(judge, judge.member(schema, step), part) for step, part in within if isinstance(part, str | dict | list)
    }
    return every(found)


def _names(value: Json) -> Iterator[str]:
    """Yield the names of all members within a value, and within the JSON that its texts hold."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        with suppress(ValueError):
            yield from _names(json.loads(value))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _names(item)
    elif isinstance(value, list):
        for item in value:
            yield from _names(item)


def _pruned(source: Source, raw: Mapping[str, Json], names: frozenset[str] | None) -> tuple[dict[str, Json], Json]:
    """Return a document of nothing but what a schema refers to, where it refers to it, and the schema itself.

    What is said of members that are nowhere in the value is left out: it says nothing of it, and models may know
    hundreds of others by it.
    """
    made: dict[str, Any] = {"openapi": source.document.get("openapi")}
    schema = _copied(source, raw, names)
    waiting, seen, whole = [schema], set(), True
    while waiting:
        for reference in references(waiting.pop()):
            if reference in seen:
                continue
            seen.add(reference)
            with suppress(LookupError):  # what leads nowhere stands in an example, or where no value leads
                target = _copied(source, pointed(source.document, reference), names)
                waiting.append(target)
                whole = whole and _put(made, reference, target)
    return (made, schema) if whole else (dict(source.document), raw)


def _put(made: dict[str, Any], reference: str, target: Json) -> bool:
    """Put a part where a reference leads; not where that is within a list or another part."""
    match tokens(reference[1:]):
        case ("components" as first, kind, name):
            made.setdefault(first, {}).setdefault(kind, {})[name] = target
            return True
    return False


def _copied(source: Source, node: Json, names: frozenset[str] | None) -> Json:
    """Return a schema without members of other names, and without what is not sent in this direction."""
    if isinstance(node, list):
        return [_copied(source, part, names) for part in node]
    if not isinstance(node, dict):
        return node
    copy: dict[str, Any] = {}
    spared: set[str] = set()
    for key, part in node.items():
        if key in VALUES:
            copy[key] = part
        elif key == "properties" and isinstance(part, dict):
            if source.spared:
                spared = {name for name, schema in part.items() if source.is_spared(schema)}
            copy[key] = {
                name: _copied(source, schema, names)
                for name, schema in part.items()
                if (names is None or name in names) and name not in spared
            }
        elif key in SCHEMA_MAPS and isinstance(part, dict):
            copy[key] = {name: _copied(source, schema, names) for name, schema in part.items()}
        else:
            copy[key] = _copied(source, part, names)
    if spared and isinstance(required := copy.get("required"), list):
        copy["required"] = [name for name in required if name not in spared]
    return copy
