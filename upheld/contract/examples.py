"""The examples that a document shows: of parameters and bodies, of answers and their headers, and of their schemas."""

from collections.abc import Iterator, Mapping

from upheld.contract.errors import ContractError
from upheld.contract.references import References
from upheld.model import Example, Json

_DEEPEST = 6
"""How many members deep a schema's examples are looked for."""
_UNIONS = ("allOf", "anyOf", "oneOf")

Where = tuple[str | int, ...]


def examples(references: References, item: Mapping[str, Json], raw: Mapping[str, Json]) -> Iterator[Example]:
    """Yield what is shown of one operation of a path item, requests before responses.

    Shapes: `example`, `examples` by name, and a schema's `examples` list or `example`, at any depth; references are
    followed. What lies elsewhere (`externalValue`) or is already a text on the wire (`serializedValue`) is left out.
    """
    for node in (*(item.get("parameters") or ()), *(raw.get("parameters") or ())):
        parameter = _followed(references, node)
        where = (parameter.get("in", ""), parameter.get("name", ""))
        yield from _held(references, parameter, where)
        for media, entry in _members(parameter.get("content")):
            yield from _held(references, _followed(references, entry), where, media)
    body = _followed(references, raw.get("requestBody"))
    for media, entry in _members(body.get("content")):
        yield from _held(references, _followed(references, entry), ("body",), media)
    for status, node in _members(raw.get("responses")):
        response = _followed(references, node)
        for media, entry in _members(response.get("content")):
            yield from _held(references, _followed(references, entry), (status,), media)


def _members(node: Json) -> Iterator[tuple[str, Json]]:
    if isinstance(node, Mapping):
        yield from ((key, value) for key, value in node.items() if not key.startswith("x-"))


def _held(
    references: References, holder: Mapping[str, Json], where: Where, media: str | None = None
) -> Iterator[Example]:
    """Yield the examples of a parameter or a media type, then those of its schema."""
    schema = holder.get("schema", True)
    if "example" in holder:
        yield Example(where=where, value=holder["example"], schema=schema, media_type=media)
    for name, node in _members(holder.get("examples")):
        whole = _followed(references, node)
        key = next((key for key in ("value", "dataValue") if key in whole), None)
        if key is not None:
            yield Example(where=where, value=whole[key], schema=schema, media_type=media, name=name)
    yield from _of_schema(references, schema, where, media, set(), 0)


def _of_schema(
    references: References, node: Json, where: Where, media: str | None, seen: set[str], depth: int
) -> Iterator[Example]:
    """Yield the examples of a schema and of what it is made of, those of one component once."""
    reference = node.get("$ref") if isinstance(node, Mapping) else None
    if reference in seen or depth > _DEEPEST:
        return
    if isinstance(reference, str):
        seen.add(reference)
    schema = _followed(references, node)
    shown = schema.get("examples")
    for value in (*(shown if isinstance(shown, list) else ()), *([schema["example"]] if "example" in schema else ())):
        yield Example(where=where, value=value, schema=node, media_type=media)
    for name, part in _members(schema.get("properties")):
        yield from _of_schema(references, part, (*where, name), media, seen, depth + 1)
    yield from _of_schema(references, schema.get("items"), (*where, 0), media, seen, depth + 1)
    for key in _UNIONS:
        for part in schema[key] if isinstance(schema.get(key), list) else ():
            yield from _of_schema(references, part, where, media, seen, depth)


def _followed(references: References, node: Json) -> Mapping[str, Json]:
    """Return what a node is or refers to; nothing where that cannot be told, which is no reason to judge nothing."""
    try:
        return references.follow(node)
    except ContractError:
        return {}
