"""Changes one place of a document: references on the way to it are replaced by what they refer to."""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Json = Any
Place = tuple[str | int, ...]
"""The steps from a document's root; those below a reference are steps into what it refers to."""
Change = Callable[[Json], Json]
DEEPEST = 5
"""How many members deep a schema is read."""


def changed(document: Mapping[str, Json], place: Place, change: Change) -> Json:
    """Return a document in which what stands at a place is what `change` returns for a copy of it.

    Whoever else refers to the same component keeps what it had: the statement is changed for one operation.
    """
    return _changed(document, document, place, change)


def _changed(document: Mapping[str, Json], node: Json, place: Place, change: Change) -> Json:
    node = followed(document, node)
    if not place:
        return change(copy.deepcopy(node))
    step, rest = place[0], place[1:]
    if isinstance(node, list) and isinstance(step, int):
        return [*node[:step], _changed(document, node[step], rest, change), *node[step + 1 :]]
    before = node.get(step, {}) if isinstance(node, Mapping) else {}
    return {**node, step: _changed(document, before, rest, change)}


def followed(document: Mapping[str, Json], node: Json) -> Json:
    """Return what a reference refers to, its siblings on top; anything else as it is."""
    while isinstance(node, Mapping) and isinstance(node.get("$ref"), str):
        target: Json = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def schemas(document: Mapping[str, Json], node: Json, place: Place = ()) -> Iterator[tuple[Place, Mapping[str, Json]]]:
    """Yield a schema and those within it, with their places; no further than a few members deep, and none twice."""
    yield from _schemas(document, node, place, (), DEEPEST)


def _schemas(
    document: Mapping[str, Json], node: Json, place: Place, within: tuple[str, ...], depth: int
) -> Iterator[tuple[Place, Mapping[str, Json]]]:
    reference = node.get("$ref") if isinstance(node, Mapping) else None
    if reference in within or depth < 0:
        return
    within = (*within, reference) if isinstance(reference, str) else within
    node = followed(document, node)
    if not isinstance(node, Mapping):
        return
    yield place, node
    for name, part in (node.get("properties") or {}).items():
        yield from _schemas(document, part, (*place, "properties", name), within, depth - 1)
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), Mapping):
            yield from _schemas(document, node[key], (*place, key), within, depth - 1)
    for key in ("anyOf", "oneOf", "allOf", "prefixItems"):
        for index, part in enumerate(node.get(key) or ()):
            yield from _schemas(document, part, (*place, key, index), within, depth)
