"""Schemas in one form where OpenAPI has several for the same values: who downgrades FastAPI's document uses others."""

from typing import Any

from upheld.model import Json

NULL = {"type": "null"}


def normal(schema: dict[str, Any]) -> dict[str, Json]:
    """Return a schema, whose parts are in that form already, in the form in which FastAPI writes it.

    That is a union with null, not a type `["string", "null"]`; an enum of one value for a constant; a part by itself,
    not alone in an `allOf`; and the format of OpenAPI 3.0 for a file.
    """
    made = dict(schema)
    if "const" in made and "enum" not in made:
        made["enum"] = [made.pop("const")]
    if made.get("contentMediaType") == "application/octet-stream" and "format" not in made:
        del made["contentMediaType"]
        made["format"] = "binary"
    kinds = made.get("type")
    if isinstance(kinds, list) and "null" in kinds and len(kinds) > 1:
        rest = [kind for kind in kinds if kind != "null"]
        made["type"] = rest[0] if len(rest) == 1 else rest
        if isinstance(values := made.get("enum"), list):
            made["enum"] = [value for value in values if value is not None]
        return {"anyOf": [made, NULL]}
    if made.keys() == {"allOf"} and isinstance(parts := made["allOf"], list) and len(parts) == 1:
        only = parts[0]
        return only if isinstance(only, dict) else made
    if isinstance(union := made.get("anyOf"), list):
        made["anyOf"] = [inner for part in union for inner in _alternatives(part)]
    return made


def _alternatives(part: Json) -> list[Json]:
    if isinstance(part, dict) and part.keys() == {"anyOf"} and isinstance(part["anyOf"], list):
        return part["anyOf"]
    return [part]
