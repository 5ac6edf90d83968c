"""The statements of a document, and for each how it is made wrong: what the mutants are, and nothing about checking.

A statement counts as wrong when it promises more than the app keeps, of an answer, or when it allows or forbids
another request than the app does. So a bound of an answer is tightened and never dropped: what is promised less is true.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.mutants.edits import Change, Json, Place, changed, followed, schemas

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
UPPER = {"maximum": -1, "exclusiveMaximum": -1, "maxLength": -1, "maxItems": -1, "maxProperties": -1}
LOWER = {"minimum": 1, "exclusiveMinimum": 1, "minLength": 1, "minItems": 1, "minProperties": 1}
BOUNDS = {**UPPER, **LOWER}
"""By keyword, which way is tighter."""
OTHER_TYPE = {"string": "integer", "integer": "string", "number": "string", "boolean": "string", "array": "string"}
OTHER_TYPE["object"] = "array"
NEVER = "^upheld-[0-9]{9}$"
SCHEME = {"type": "http", "scheme": "bearer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One statement of a document made wrong."""

    kind: str
    operation: str
    """The operation concerned, as `METHOD /path`."""
    what: str
    """Where the statement stands below the operation, and what was done to it."""
    place: Place
    change: Change

    def written(self, document: Mapping[str, Json]) -> Json:
        """Return the document with this statement wrong."""
        wrong = changed(document, self.place, self.change)
        if self.kind != "security requirement added":
            return wrong
        components = wrong.get("components") or {}
        schemes = {**(components.get("securitySchemes") or {}), "mutant": SCHEME}
        return {**wrong, "components": {**components, "securitySchemes": schemes}}

    def __str__(self) -> str:
        return f"{self.operation}: {self.what}"


def mutants(document: Mapping[str, Json], most: int) -> Iterator[Mutant]:
    """Yield the mutants of a document, of each operation and kind at most so many: those whose names hash lowest."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                label, place = f"{method.upper()} {path}", ("paths", path, method)
                kinds: dict[str, list[tuple[str, Place, Change]]] = defaultdict(list)
                for kind, at, told, change in _statements(document, item[method], place):
                    kinds[kind].append((f"{_name(at[3:])} {told}", at, change))
                for kind, made in kinds.items():
                    for what, at, change in sorted(made, key=lambda one: (_hash(one[0]), one[0]))[:most]:
                        yield Mutant(kind=kind, operation=label, what=what, place=at, change=change)


Statement = tuple[str, Place, str, Change]
"""Kind of mutant, where it is made, what is done, and how."""


def _statements(document: Mapping[str, Json], operation: Json, place: Place) -> Iterator[Statement]:
    yield from _of_responses(document, operation.get("responses", {}), (*place, "responses"))
    parameters = [followed(document, parameter) for parameter in operation.get("parameters") or ()]
    for index, parameter in enumerate(parameters):
        if parameter["in"] == "header" and parameter["name"].lower() in {"accept", "content-type", "authorization"}:
            continue  # OpenAPI ignores them
        yield from _of_parameter(document, parameter, (*place, "parameters", index))
    if "requestBody" in operation:
        yield from _of_body(document, followed(document, operation["requestBody"]), (*place, "requestBody"))
    if not operation.get("security", document.get("security")):
        yield "security requirement added", place, "security", _put("security", [{"mutant": []}])


def _of_responses(document: Mapping[str, Json], responses: Json, place: Place) -> Iterator[Statement]:
    for status, node in responses.items():
        response, here = followed(document, node), (*place, status)
        if len(responses) > 1:
            yield "status dropped", place, f"less {status}", _without(status)
        yield "response header added", here, "X-Mutant", _with_header
        content = response.get("content") or {}
        for media, entry in content.items():
            at = (*here, "content")
            yield "response media type changed", at, f"{media} to text/x-mutant", _renamed(media, "text/x-mutant")
            if "schema" in entry:
                yield from _of_response_schema(document, entry["schema"], (*at, media, "schema"))
                yield from _of_examples(document, entry, (*at, media), "response")


def _of_response_schema(document: Mapping[str, Json], schema: Json, place: Place) -> Iterator[Statement]:
    for at, node in schemas(document, schema, place):
        yield from _types(node, at, "response")
        if isinstance(node.get("properties"), Mapping):
            yield "response member required", at, "and upheld_mutant", _requiring("upheld_mutant")
            for name in node["properties"]:
                if len(node["properties"]) > 1 and not node.get("additionalProperties") and not _in_union(at):
                    yield "response member dropped", (*at, "properties"), f"less {name}", _without(name)
        yield from _tightened(node, at, "response")


def _of_parameter(document: Mapping[str, Json], parameter: Json, place: Place) -> Iterator[Statement]:
    if parameter["in"] != "path":
        if parameter.get("required"):
            yield "request required dropped", place, "required", _put("required", value=False)
        else:
            yield "request required added", place, "required", _put("required", value=True)
    if "schema" in parameter:
        yield from _of_request_schema(document, parameter["schema"], (*place, "schema"))
        yield from _of_examples(document, parameter, place, "request")


def _of_body(document: Mapping[str, Json], body: Json, place: Place) -> Iterator[Statement]:
    if body.get("required"):
        yield "request required dropped", place, "required", _put("required", value=False)
    else:
        yield "request required added", place, "required", _put("required", value=True)
    for media, entry in body.get("content", {}).items():
        at = (*place, "content")
        yield "request media type changed", at, f"{media} to text/x-mutant", _renamed(media, "text/x-mutant")
        if "schema" in entry:
            yield from _of_request_schema(document, entry["schema"], (*at, media, "schema"))
            yield from _of_examples(document, entry, (*at, media), "request")


def _of_request_schema(document: Mapping[str, Json], schema: Json, place: Place) -> Iterator[Statement]:
    for at, node in schemas(document, schema, place):
        yield from _types(node, at, "request")
        yield from _tightened(node, at, "request")
        for keyword in (*BOUNDS, "pattern", "multipleOf", "enum", "const", "uniqueItems"):
            if keyword in node:
                yield f"request {_family(keyword)} dropped", at, f"less {keyword}", _without(keyword)
        if node.get("additionalProperties") is False:
            yield "request bound dropped", at, "less additionalProperties", _without("additionalProperties")
        required = node.get("required") or []
        for name in node.get("properties") or {}:
            if name in required:
                yield "request required dropped", at, f"less {name}", _not_requiring(name)
            else:
                yield "request required added", at, f"and {name}", _requiring(name)


def _types(node: Mapping[str, Json], at: Place, side: str) -> Iterator[Statement]:
    kind = node.get("type")
    if isinstance(kind, str) and kind in OTHER_TYPE:
        other = OTHER_TYPE[kind]
        yield f"{side} type changed", at, f"{kind} to {other}", _instead({"type": other})


def _tightened(node: Mapping[str, Json], at: Place, side: str) -> Iterator[Statement]:
    for keyword, step in BOUNDS.items():
        value = node.get(keyword)
        if isinstance(value, int | float) and not isinstance(value, bool) and value != value + step >= _least(keyword):
            yield f"{side} bound tightened", at, f"{keyword} {value} to {value + step}", _put(keyword, value + step)
    if "pattern" in node:
        yield f"{side} pattern tightened", at, "pattern", _put("pattern", NEVER)
    if isinstance(node.get("enum"), list) and len(node["enum"]) > 1:
        for value in node["enum"]:
            rest = [other for other in node["enum"] if other != value]
            yield f"{side} enum tightened", at, f"enum less {value!r}", _put("enum", rest)
    if isinstance(node.get("const"), str):
        yield f"{side} enum tightened", at, "const", _put("const", "upheld-mutant")


def _of_examples(document: Mapping[str, Json], holder: Json, place: Place, side: str) -> Iterator[Statement]:
    """Break the examples that there are, in every form; where a media type or parameter has none, give it one."""
    broken = {"upheld": "mutant"}
    schema = followed(document, holder["schema"])
    if not _forbids(document, schema, broken):
        broken_or_none: Json = "upheld-mutant"
        if not _forbids(document, schema, broken_or_none):
            return
    else:
        broken_or_none = broken
    held = False
    for name, example in (holder.get("examples") or {}).items():
        held = True
        if "value" not in followed(document, example):
            continue  # it lies elsewhere
        yield f"{side} example broken", (*place, "examples", name), "value", _put("value", broken_or_none)
    for at, node in ((place, holder), ((*place, "schema"), schema)):
        if "example" in node:
            held = True
            yield f"{side} example broken", at, "example", _put("example", broken_or_none)
    if isinstance(schema, Mapping) and schema.get("examples"):
        held = True
        yield f"{side} example broken", (*place, "schema"), "examples", _put("examples", [broken_or_none])
    if not held:
        yield f"{side} example broken", place, "a new example", _put("example", broken_or_none)


def _forbids(document: Mapping[str, Json], schema: Json, value: Json) -> bool:
    """Return whether a schema plainly refuses a value, by its type or its required members."""
    schema = followed(document, schema)
    if not isinstance(schema, Mapping):
        return False
    parts = schema.get("anyOf") or schema.get("oneOf")
    if parts:
        return all(_forbids(document, part, value) for part in parts)
    kind = schema.get("type")
    own = "object" if isinstance(value, Mapping) else "string"
    if isinstance(kind, str) and kind != own:
        return True
    return kind == "object" and bool(schema.get("required"))


def _family(keyword: str) -> str:
    if keyword in {"enum", "const"}:
        return "enum"
    return "pattern" if keyword == "pattern" else "bound"


def _least(keyword: str) -> float:
    return 0 if re.search("Length|Items|Properties", keyword) else float("-inf")


def _in_union(at: Place) -> bool:
    return not {"anyOf", "oneOf", "allOf"}.isdisjoint(at)


def _put(key: str, value: Json) -> Change:
    return lambda node: {**node, key: value}


def _instead(value: Json) -> Change:
    return lambda _: value


def _with_header(response: Json) -> Json:
    header = {"required": True, "schema": {"type": "string"}}
    return {**response, "headers": {**(response.get("headers") or {}), "X-Mutant": header}}


def _without(key: str) -> Change:
    return lambda node: {name: value for name, value in node.items() if name != key}


def _renamed(old: str, new: str) -> Change:
    return lambda node: {new if name == old else name: value for name, value in node.items()}


def _requiring(name: str) -> Change:
    return lambda node: {**node, "required": [*(node.get("required") or ()), name]}


def _not_requiring(name: str) -> Change:
    return lambda node: {**node, "required": [other for other in node["required"] if other != name]}


def _name(place: Iterable[str | int]) -> str:
    return "/".join(str(step).replace("/", "~1") for step in place)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
