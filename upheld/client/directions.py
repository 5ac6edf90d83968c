"""What depends on who sends a schema's values: members that only one side writes, and the tags of unions."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from upheld.client.plan import references
from upheld.model import Json

_MARKS = ("readOnly", "writeOnly")


def settled(
    schemas: Mapping[str, dict[str, Any]], *, sent: Iterable[Json], received: Iterable[Json]
) -> dict[str, dict[str, Any]]:
    """Return the schemas of the classes with all that can be said once it is known who sends which.

    A member that only the service writes need not be there when the client sends the object, nor one that only the
    client writes when it receives it. One class serves both ways, so that the member may then be left out of it.
    """
    made = copy.deepcopy(dict(schemas))
    out, back = _reached(made, sent), _reached(made, received)
    for name, schema in made.items():
        spared = {mark for mark, side in zip(_MARKS, (out, back), strict=True) if name in side}
        for part in _objects(schema):
            _release(part, spared)
    return made


def _reached(schemas: Mapping[str, Json], starts: Iterable[Json]) -> set[str]:
    found: set[str] = set()
    waiting = [name for start in starts for name in references(start)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += references(schemas.get(name))
    return found


def _objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
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
