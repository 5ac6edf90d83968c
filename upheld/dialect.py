"""What OpenAPI fixes, and its schemas in the dialect that validators know: JSON Schema 2020-12, references absolute."""

from collections.abc import Mapping

from upheld.model import Json

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The members of a path item that are operations (OpenAPI 3.2.0, Path Item Object)."""
STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}
"""The default `style` of a parameter by its location (OpenAPI 3.1.1, Parameter Object)."""


def modern(node: Json) -> Json:
    """Translate OpenAPI 3.0's dialect: `nullable`, and bounds that are exclusive by a flag."""
    if isinstance(node, list):
        return [modern(part) for part in node]
    if not isinstance(node, Mapping):
        return node
    made = {key: modern(part) for key, part in node.items()}
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(flag := made.get(exclusive), bool):
            del made[exclusive]
            if flag and bound in made:
                made[exclusive] = made.pop(bound)
    if made.get("nullable") is True and not isinstance(made.get("nullable"), Mapping):
        del made["nullable"]
        if isinstance(made.get("type"), str):
            made["type"] = [made["type"], "null"]
            if isinstance(made.get("enum"), list) and None not in made["enum"]:
                made["enum"] = [*made["enum"], None]
        else:
            made = {"anyOf": [made, {"type": "null"}]}
    return made


def absolute(node: Json, document: str) -> Json:
    """Rewrite local references so that they point into the document of that URI from anywhere."""
    if isinstance(node, Mapping):
        return {
            key: f"{document}{part}"
            if key == "$ref" and isinstance(part, str) and part.startswith("#")
            else absolute(part, document)
            for key, part in node.items()
        }
    return [absolute(part, document) for part in node] if isinstance(node, list) else node
