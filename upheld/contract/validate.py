"""Whether a document is valid OpenAPI: in full before it is exported, in milliseconds before a check.

FastAPI's event-stream and JSON-lines routes put `itemSchema`, a word of OpenAPI 3.2, into documents of 3.1, which every
validator refuses: it is set aside here and judged as the JSON Schema that it is.
"""

import functools
import importlib.util
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import jsonschema_rs

from upheld.contract.errors import ContractError
from upheld.contract.version import versioned
from upheld.model import Json
from upheld.pointer import pointed
from upheld.pointer import pointer as written

DIALECT = "https://json-schema.org/draft/2020-12/schema"
VALUES = frozenset({"example", "examples", "default", "enum", "const"})
DEEPEST = 200
"""How many lists and objects may stand within each other; the validator follows 255, Python some hundreds."""
NEWER = "OpenAPI 3.0, which the document names (FastAPI writes 3.1, whatever `openapi_version` says)"
LONGEST = 160
"""Characters of a message that are shown; it may quote the value that is wrong."""


def validate(document: Mapping[str, Json], source: str) -> None:
    """Judge a document with openapi-spec-validator, by the version that it names.

    Errors: ContractError, naming the first thing that is wrong: its JSON pointer, what stands there, what should.
    """
    seen = _glance(document, source)
    whole, streams = _set_aside(document, source, seen)
    _judge(source, chain(_dangling(whole, seen), streams, _structural(whole), _repeated(whole), _semantic(whole)))


def validate_quickly(document: Mapping[str, Json], source: str) -> None:
    """Judge a document by the published JSON Schema of its version alone; only a failure costs more.

    Shapes: operation ids that stand twice pass, since a check does not rest on them.
    Errors: as `validate`.
    """
    seen = _glance(document, source)
    whole, streams = _set_aside(document, source, seen)
    _judge(source, chain(_dangling(whole, seen), streams, _structural(whole)))


Problem = tuple[list[str | int], str, str]
"""Where, what is seen, what is expected."""


def _judge(source: str, problems: Iterable[Problem]) -> None:
    """Raise for the first problem; the later ones are not even looked for."""
    for where, seen, expected in problems:
        raise _error(source, where, seen, expected)


def _error(source: str, where: list[str | int], seen: str, expected: str) -> ContractError:
    text = " ".join(seen.split())
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return ContractError(f'{source}: {text} at {pointer(where)}, expected {expected}; mend it and run "upheld export"')


def pointer(tokens: list[str | int]) -> str:
    """Return a JSON pointer as a URI fragment shows it, `#/paths/~1books`."""
    return "#" + written(tokens)


def _structural(document: Mapping[str, Json]) -> Iterator[Problem]:
    version = _version(document)
    errors = list(_validator(version).iter_errors(document))
    if not errors:
        return
    if version == "3.0":
        yield from ((where, seen, NEWER) for where, seen in _newer(document, []))
    # The deepest one says most: those above it only say that something below is wrong.
    worst = max(errors, key=lambda error: (len(error.instance_path), error.kind.name not in ("anyOf", "oneOf")))
    yield list(worst.instance_path), _message(worst), f"OpenAPI {version}"


def _newer(node: Json, where: list[str | int]) -> Iterator[tuple[list[str | int], str]]:
    """Yield what schemas say in words of 3.1, which the published schema of 3.0 refuses somewhere above them."""
    if isinstance(node, list):
        for at, item in enumerate(node):
            yield from _newer(item, [*where, at])
    elif isinstance(node, Mapping):
        if node.get("type") == "null" or isinstance(node.get("type"), list):
            yield [*where, "type"], f'"type": {json.dumps(node["type"])}'
        for bound in ("exclusiveMinimum", "exclusiveMaximum"):
            if isinstance(said := node.get(bound), int | float) and not isinstance(said, bool):
                yield [*where, bound], f'"{bound}": {said}'
        for key, value in node.items():
            if key not in VALUES:
                yield from _newer(value, [*where, key])


def _message(error: jsonschema_rs.ValidationError) -> str:
    if isinstance(error.instance, dict) and error.kind.name in ("anyOf", "oneOf", "not", "if"):
        return f"{', '.join(error.instance) or 'an empty object'} ({error.kind.name})"
    return error.message


def _version(document: Mapping[str, Json]) -> str:
    return ".".join(str(document["openapi"]).split(".")[:2])


@functools.cache
def _validator(version: str) -> jsonschema_rs.Validator:
    """Return a validator for one version of OpenAPI, from the schemas that openapi-spec-validator brings.

    They are found without importing it, which takes half a second.
    """
    found = importlib.util.find_spec("openapi_spec_validator")
    home = Path((found.submodule_search_locations or [""])[0] if found else "") / "resources" / "schemas"
    path = home / f"v{version}" / "schema.json"
    try:
        schema = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        known = ", ".join(sorted(entry.name[1:] for entry in home.glob("v3.?"))) or "none"
        raise ContractError(
            f"OpenAPI {version} is not known to openapi-spec-validator, expected one of {known}; "
            'run "pip install --upgrade openapi-spec-validator"'
        ) from None
    if "$defs" in schema:  # since 3.1 the published schema leaves Schema Objects to JSON Schema
        schema["$defs"]["schema"] = {"$dynamicAnchor": "meta", "$ref": DIALECT}
    return jsonschema_rs.validator_for(schema, validate_formats=False)


@functools.cache
def _dialect() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for({"$ref": DIALECT}, validate_formats=False)


@dataclass(slots=True)
class _Glance:
    """What one look at a whole document shows; it sees more references than there are, those in examples, too."""

    references: set[str]
    streams: bool
    """Whether the word `itemSchema` stands in it."""


def _glance(document: Mapping[str, Json], source: str) -> _Glance:
    """Look at every part of a document once, level by level.

    Errors: ContractError where it is nested so deeply that nothing could be done with it.
    """
    seen = _Glance(references=set(), streams=False)
    level: list[Json] = [document]
    for _ in range(DEEPEST):
        below: list[Json] = []
        for node in level:
            if isinstance(node, list):
                below += [item for item in node if isinstance(item, dict | list)]
                continue
            if "$ref" in node and isinstance(node["$ref"], str):
                seen.references.add(node["$ref"])
            if "itemSchema" in node:
                seen.streams = True
            below += [value for value in node.values() if isinstance(value, dict | list)]
        if not below:
            return seen
        level = below
    raise ContractError(f"{source}: nested more than {DEEPEST} levels deep, expected fewer; mend the document")


def _set_aside(document: Mapping[str, Json], source: str, seen: _Glance) -> tuple[Mapping[str, Json], list[Problem]]:
    """Return a document of 3.0 or 3.1 without `itemSchema`, and what is wrong with those taken out."""
    version = versioned(document, source)
    problems: list[Problem] = []
    if seen.streams and version.startswith(("3.0", "3.1")):
        return _without(document, [], problems), problems
    return document, problems


def _without(node: Json, where: list[str | int], problems: list[Problem]) -> Json:
    if isinstance(node, list):
        return [_without(item, [*where, at], problems) for at, item in enumerate(node)]
    if not isinstance(node, Mapping):
        return node
    if "itemSchema" in node and len(where) > 1 and where[-2] == "content":
        schema = node["itemSchema"]
        # References lead out of this schema, and whether they lead somewhere is judged for the whole document.
        problems += [
            ([*where, "itemSchema", *error.instance_path], _message(error), "a JSON Schema")
            for error in _dialect().iter_errors(schema)
        ]
        node = {key: value for key, value in node.items() if key != "itemSchema"}
    return {key: value if key in VALUES else _without(value, [*where, key], problems) for key, value in node.items()}


def _dangling(document: Mapping[str, Json], seen: _Glance) -> Iterator[Problem]:
    if all(_leads_somewhere(document, reference) for reference in seen.references):
        return  # where they stand, and whether they are references at all, matters only if one does not
    for where, reference in _references(document, []):
        if reference.startswith("#/"):
            try:
                pointed(document, reference)
            except LookupError:
                yield where, f'"$ref": "{reference}" leads nowhere', "a part of the document"
        elif not reference.startswith(("#", "https://json-schema.org/")):
            yield where, f'"$ref": "{reference}" leads out of the document', "a part of the document"


def _leads_somewhere(document: Mapping[str, Json], reference: str) -> bool:
    try:
        return reference.startswith("#/") and pointed(document, reference) is not None
    except LookupError:
        return False


def _references(node: Json, where: list[str | int]) -> Iterator[tuple[list[str | int], str]]:
    if isinstance(node, list):
        for at, item in enumerate(node):
            yield from _references(item, [*where, at])
    elif isinstance(node, Mapping) and "$id" not in node:  # below an `$id`, references are relative to it
        if isinstance(reference := node.get("$ref"), str):
            yield [*where, "$ref"], reference
        for key, value in node.items():
            if key not in VALUES or (where and where[-1] in ("properties", "responses")):
                yield from _references(value, [*where, key])


def _repeated(document: Mapping[str, Json]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    paths = document.get("paths")
    for path, item in paths.items() if isinstance(paths, dict) else ():
        for method, raw in item.items() if isinstance(item, dict) else ():
            identity = raw.get("operationId") if isinstance(raw, dict) else None
            if not isinstance(identity, str):
                continue
            label = f"{method.upper()} {path}"
            if identity in seen:
                twice = f'"{identity}" names {seen[identity]} and {label}'
                yield ["paths", path, method, "operationId"], twice, "an operation id for each"
            seen[identity] = label
    return None


def _without_defaults(node: Json, where: tuple[str, ...]) -> Json:
    """Return a document whose schemas name no defaults: JSON Schema does not ask that they be valid, the judge does."""
    if isinstance(node, list):
        return [_without_defaults(item, where) for item in node]
    if not isinstance(node, Mapping):
        return node
    named = not where or where[-1] in ("properties", "responses", "schemas", "$defs") or "variables" in where
    return {
        key: value if key in VALUES else _without_defaults(value, (*where, key))
        for key, value in node.items()
        if named or key != "default"
    }


def _semantic(document: Mapping[str, Json]) -> Iterator[Problem]:
    from openapi_spec_validator import (  # noqa: PLC0415  # takes half a second
        OpenAPIV30SpecValidator,
        OpenAPIV31SpecValidator,
        OpenAPIV32SpecValidator,
    )
    from openapi_spec_validator.validation.exceptions import ExtraParametersError  # noqa: PLC0415

    version = _version(document)
    judge = {"3.0": OpenAPIV30SpecValidator, "3.1": OpenAPIV31SpecValidator, "3.2": OpenAPIV32SpecValidator}[version]
    try:
        for error in judge(_without_defaults(document, ())).iter_errors():
            # Members that `required` names and `properties` does not are good JSON Schema.
            if not isinstance(error, ExtraParametersError):
                yield list(error.absolute_path), error.message, f"OpenAPI {version}"
    except Exception:  # noqa: BLE001  # it stumbles over a document that its own schema accepts, such as one with `$id`
        return
