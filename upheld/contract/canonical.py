"""One spelling for a document: plain JSON values, keys in an order that keeps reviews small."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from upheld.contract.errors import ContractError
from upheld.contract.numbers import number
from upheld.dialect import METHODS
from upheld.model import Json

TOP = ("openapi", "info", "jsonSchemaDialect", "servers", "paths", "webhooks", "components", "security", "tags")
INFO = ("title", "summary", "version", "description")
ITEM = ("$ref", "summary", "description", "servers", "parameters", *METHODS)
PARAMETER = ("$ref", "name", "in", "required")

MAPS = {
    "callbacks",
    "content",
    "encoding",
    "examples",
    "headers",
    "links",
    "mapping",
    "responses",
    "scopes",
    "variables",
}
SCHEMAS = {"items", "not", "if", "then", "else", "contains", "propertyNames", "contentSchema"} | {
    "additionalProperties", "unevaluatedItems", "unevaluatedProperties", "additionalItems",
}  # fmt: skip
SCHEMA_LISTS = {"allOf", "anyOf", "oneOf", "prefixItems"}
SCHEMA_MAPS = {"patternProperties", "$defs", "definitions", "dependentSchemas"}
VALUES = {"default", "const", "enum", "example", "examples"}


def canonical(document: Mapping[str, Json]) -> str:
    """Return a document as the one text that stands for it; equal documents give equal bytes.

    Shapes: UTF-8 without escapes, two spaces, a newline at the end. Paths and names are sorted; parameters, media
    types, the members of a schema and values such as examples keep the order in which the author gave them.
    Errors: ContractError for what JSON cannot say, such as NaN.
    """
    text = json.dumps(arranged(plain(document)), ensure_ascii=False, indent=2) + "\n"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        seen = text.splitlines()[line - 1].strip().encode("ascii", "backslashreplace").decode()
        raise ContractError(
            f"the document holds half a character, {seen}, expected text that UTF-8 can say; mend that text"
        ) from error
    return text


def sha256(document: Mapping[str, Json]) -> str:
    """Return the hash of a document's canonical text: what it is known by. Errors: as `canonical`."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def plain(value: object, pointer: str = "") -> Json:
    """Return a value as `json.loads` would: string keys, lists, no enums, dates or sets.

    Errors: ContractError for NaN and infinities, and for what FastAPI's encoder cannot turn into JSON.
    """
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if isinstance(value, Mapping):
        return {key if type(key) is str else _key(key): plain(item, f"{pointer}/{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, f"{pointer}/{at}") for at, item in enumerate(value)]
    if isinstance(value, set | frozenset):
        return sorted((plain(item, pointer) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, float):
        return _number(float(value), pointer)
    return plain(_encoded(value, pointer), pointer)


def _key(key: object) -> str:
    # As `json.dumps` spells them, since that is what the app's own /openapi.json shows.
    spelled = json.dumps({key: 0}) if isinstance(key, int | float) or key is None else ""
    return spelled[2 : spelled.rindex('"')] if spelled else str(getattr(key, "value", key))


def _number(value: float, pointer: str) -> int | float:
    try:
        return number(value)
    except ValueError as error:
        raise ContractError(
            f"the document holds {value} at {pointer or '/'}, expected a number that JSON can say; mend that value"
        ) from error


def _encoded(value: object, pointer: str) -> Json:
    # Numbers and strings of other classes, enums among them, are told by their bare value.
    for bare in (int, str):
        if isinstance(value, bare):
            return bare(getattr(value, "value", value))
    from fastapi.encoders import jsonable_encoder  # noqa: PLC0415  # slow, and seldom needed

    try:
        return jsonable_encoder(value)
    except Exception as error:
        raise ContractError(
            f"the document holds {type(value).__name__} {value!r:.60} at {pointer or '/'}, expected a JSON value; "
            "mend that value"
        ) from error


def ordered(names: Iterable[str], first: tuple[str, ...]) -> list[str]:
    """Return names with some of them first, in the order given, and the rest sorted."""
    rank = {name: at for at, name in enumerate(first)}
    return sorted(names, key=lambda name: (rank.get(name, len(first)), name))


def arranged(node: Mapping[str, Any]) -> dict[str, Json]:
    """Return a document of plain values with its keys in canonical order."""
    return {key: _part(key, node[key]) for key in ordered(node, TOP)}


def _part(key: str, node: Json) -> Json:
    if not isinstance(node, dict):
        return _object(node)
    match key:
        case "info":
            return {name: _object(node[name]) for name in ordered(node, INFO)}
        case "paths" | "webhooks":
            return {path: _item(node[path]) for path in sorted(node)}
        case "components":
            return {kind: _components(kind, node[kind]) for kind in sorted(node)}
    return node if key.startswith("x-") else _object(node)


def _components(kind: str, node: Json) -> Json:
    if not isinstance(node, dict):
        return node
    convert = {"schemas": _schema, "pathItems": _item, "callbacks": _callback}.get(kind, _object)
    return {name: convert(node[name]) for name in sorted(node)}


def _item(node: Json) -> Json:
    return {key: _object(node[key]) for key in ordered(node, ITEM)} if isinstance(node, dict) else node


def _callback(node: Json) -> Json:
    if not isinstance(node, dict):
        return node
    return {key: node[key] if key.startswith("x-") else _item(node[key]) for key in sorted(node)}


def _object(node: Json) -> Json:
    """Order an object of OpenAPI that is not a schema."""
    if isinstance(node, list):
        return [_object(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: _member(key, node[key]) for key in ordered(node, PARAMETER)}


def _member(key: str, node: Json) -> Json:
    if key in ("schema", "itemSchema"):
        return _schema(node)
    if key in ("example", "value", "default", "enum", "const") or key.startswith("x-"):
        return node
    if isinstance(node, dict) and key in MAPS:
        convert = _callback if key == "callbacks" else _object
        return {name: convert(node[name]) for name in (node if key == "content" else sorted(node))}
    return _object(node)


def _schema(node: Json) -> Json:
    if not isinstance(node, dict):
        return node
    return {key: _keyword(key, node[key]) for key in sorted(node)}


def _keyword(key: str, node: Json) -> Json:
    if key in VALUES or key.startswith("x-"):
        return node
    if key == "properties" and isinstance(node, dict):
        return {name: _schema(node[name]) for name in node}
    if key in SCHEMA_MAPS and isinstance(node, dict):
        return {name: _schema(node[name]) for name in sorted(node)}
    if key in SCHEMAS:
        return _schema(node)
    if key in SCHEMA_LISTS and isinstance(node, list):
        return [_schema(item) for item in node]
    return _object(node)
