"""Tells where a mutant is as true as the document was, as far as the document itself shows that."""

from collections.abc import Iterable, Mapping

from tests.mutants.edits import Json, Place, followed
from tests.mutants.statements import Mutant

_SAYS_NOTHING = frozenset({"type", "title", "description", "examples", "example", "default", "deprecated"})


def reason(mutant: Mutant, document: Mapping[str, Json]) -> str | None:
    """Return why a mutant is equivalent; `None` where the document does not show it.

    FastAPI documents a 422 for every operation that takes parameters. Where all that it takes are texts without a bound
    that may be anything, and there is no body, none of them can be refused: whatever is said of that 422 is true. An answer
    to HEAD has no body, so whatever is said of one is true as well. Pydantic gives an error a context where a bound or
    the like was broken; where all that is taken is of a bare type, none has one. A text that stands once in a query or a
    header is a list of one there.
    """
    where = mutant.place
    if where[2] == "head" and "content" in where[3:]:
        return "an answer to HEAD has no body"
    operation = document["paths"][where[1]][where[2]]
    if mutant.kind == "request type changed" and mutant.what.endswith(" array to string") and where[3] == "parameters":
        return "a text is a list of one" if _is_list_of_any_text(_at(document, where), document) else None
    if mutant.what.endswith(" less ctx") and _is_of_status(mutant, "422") and "requestBody" not in operation:
        return "no error of a bare type has a context" if _are_bare(_taken(document, mutant), document) else None
    if not _is_of_status(mutant, "422") or "requestBody" in operation or not _is_added(operation, document):
        return None
    taken = _taken(document, mutant)
    return "no parameter can be refused" if taken and _are_any_text(taken, document) else None


def _at(document: Mapping[str, Json], place: Place) -> Json:
    node: Json = document
    for step in place:
        node = followed(document, node)[step]
    return followed(document, node)


def _is_list_of_any_text(schema: Mapping[str, Json], document: Mapping[str, Json]) -> bool:
    one = "items" in schema and _is_any_text(followed(document, schema["items"]), document)
    return one and schema.get("minItems", 0) <= 1 <= schema.get("maxItems", 1)


def _taken(document: Mapping[str, Json], mutant: Mutant) -> list[Mapping[str, Json]]:
    item = document["paths"][mutant.place[1]]
    own = item[mutant.place[2]].get("parameters") or ()
    return [followed(document, parameter) for parameter in (*(item.get("parameters") or ()), *own)]


def _are_bare(parameters: Iterable[Mapping[str, Json]], document: Mapping[str, Json]) -> bool:
    return all("schema" in parameter and _is_bare(parameter["schema"], document) for parameter in parameters)


def _is_bare(schema: Json, document: Mapping[str, Json]) -> bool:
    schema = followed(document, schema)
    if not isinstance(schema, Mapping):
        return False
    if parts := schema.get("anyOf"):
        return all(_is_bare(part, document) for part in parts) and schema.keys() <= {*_SAYS_NOTHING, "anyOf"}
    kind = schema.get("type", "string")
    return kind in {"string", "integer", "number", "boolean", "null"} and schema.keys() <= _SAYS_NOTHING


def _is_of_status(mutant: Mutant, status: str) -> bool:
    place: Place = mutant.place
    return place[3:5] == ("responses", status) or (
        place[3:] == ("responses",) and mutant.what.endswith(f" less {status}")
    )


def _is_added(operation: Mapping[str, Json], document: Mapping[str, Json]) -> bool:
    response = followed(document, operation["responses"].get("422", {}))
    entry = (response.get("content") or {}).get("application/json", {})
    return str(entry.get("schema", {}).get("$ref", "")).endswith("/HTTPValidationError")


def _are_any_text(parameters: Iterable[Mapping[str, Json]], document: Mapping[str, Json]) -> bool:
    return all(
        (parameter["in"] == "path" or not parameter.get("required"))
        and "schema" in parameter
        and _is_any_text(followed(document, parameter["schema"]), document)
        for parameter in parameters
    )


def _is_any_text(schema: Json, document: Mapping[str, Json]) -> bool:
    if not isinstance(schema, Mapping):
        return False
    parts = [followed(document, part) for part in schema.get("anyOf") or ()]
    if parts:
        return any(_is_any_text(part, document) for part in parts) and schema.keys() <= {*_SAYS_NOTHING, "anyOf"}
    return schema.get("type") == "string" and schema.keys() <= _SAYS_NOTHING
