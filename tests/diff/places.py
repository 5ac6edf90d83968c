"""Where a document has schemas of what is sent and what is answered, and whether a value shows that one of them changed.

This reads documents on its own, as plainly as can be: what it confirms is not confirmed by the code that it judges.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from upheld.contract.references import References
from upheld.model import Json, Schema, Side
from upheld.schema import Judge, UndecidedError

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
SPARED = {Side.REQUEST: "readOnly", Side.RESPONSE: "writeOnly"}
"""What need not be there under OpenAPI 3.0."""
OTHER = {Side.REQUEST: Side.RESPONSE, Side.RESPONSE: Side.REQUEST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A schema of a whole body, parameter or header."""

    label: str
    """Of its operation, without the names of path parameters: `GET /books/{}`."""
    side: Side
    part: str
    """Which body, parameter or header: `body`, `query author`, `200`, `200 x-rate-limit`."""
    wire: bool
    """Whether its values are texts: in an address, a header, a form."""
    called: bool
    """Whether the service is the one that calls: in a callback, a webhook."""
    schema: Schema


def confirmed(old: Mapping[str, Json], new: Mapping[str, Json], label: str, side: Side, value: Json) -> bool:
    """Return whether, somewhere on that side of an operation, one document accepts the value and the other refuses it."""
    sending, receiving = (old, new) if side is Side.REQUEST else (new, old)
    sender, receiver = Judge(sending), Judge(receiving)
    froms, tos = _of(sending, label, side), _of(receiving, label, side)
    parts = {place.part for place in froms} & {place.part for place in tos}
    return any(
        _accepted(sender, place, value) is True and _accepted(receiver, other, value) is False
        for place in froms
        for other in tos
        # What moved, from 200 to 201 or out of `default`, is found in another part.
        if place.part == other.part or not {place.part, other.part} <= parts
    )


def labels(document: Mapping[str, Json]) -> tuple[str, ...]:
    """Return the label of each operation that has a schema, once."""
    return tuple(dict.fromkeys(place.label for place in _places(document)))


def schemas(document: Mapping[str, Json]) -> tuple[Place, ...]:
    """Return every place of a document that has a schema."""
    return tuple(_places(document))


def _accepted(judge: Judge, place: Place, value: Json) -> bool | None:
    """Return whether a value is accepted in a place, in one of the ways to read it; `None` where nobody can tell."""
    try:
        readings = list(_readings(judge, place.schema, value)) if place.wire else [value]
    except UndecidedError:
        return None
    verdicts = [_kept(judge, place, reading) for reading in readings]
    return True if True in verdicts else None if None in verdicts else False


def _kept(judge: Judge, place: Place, value: Json) -> bool | None:
    problems = judge.problems(place.schema, value, spared=SPARED[place.side])
    if problems or problems is None or not isinstance(value, dict):
        return None if problems is None else not problems
    for name, text in value.items():
        described = judge.resolve(judge.member(place.schema, name))
        if isinstance(text, str) and isinstance(described, dict) and "contentSchema" in described:
            # A text that holds JSON, such as the data of an event: validators do not look into it.
            try:
                return judge.valid(described["contentSchema"], json.loads(text))
            except ValueError:
                return False
    return True


def _readings(judge: Judge, schema: Schema, value: Json) -> Iterator[Json]:
    """Yield what a value on the wire can be read as: texts are numbers, and one value is a list of one."""
    yield value
    yield _read(judge, schema, value)
    if isinstance(value, list):
        if len(value) == 1:
            yield _read(judge, schema, value[0])
    elif not isinstance(value, dict):
        yield _read(judge, schema, [value])


def _read(judge: Judge, schema: Schema, value: Json) -> Json:
    if isinstance(value, list):
        return [_read(judge, judge.member(schema, index), item) for index, item in enumerate(value)]
    if isinstance(value, dict):
        return {name: _read(judge, judge.member(schema, name), item) for name, item in value.items()}
    if value is None:
        return None
    return judge.reading(value if isinstance(value, str) else json.dumps(value), schema)


def _of(document: Mapping[str, Json], label: str, side: Side) -> list[Place]:
    found = [place for place in _places(document) if place.side is side]
    shape = _shape(label)
    # A callback may be named in more ways than one: where no operation has the name, any of them will do.
    return [place for place in found if place.label == shape] or [place for place in found if place.called]


def _shape(label: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", label)


def _places(document: Mapping[str, Json]) -> Iterator[Place]:
    references = References(document, "a pair")
    for path, item in (document.get("paths") or {}).items():
        for method, operation, shared in _operations(references, item):
            label = _shape(f"{method.upper()} {path}")
            for side, part, wire, schema in _schemas(references, operation, shared):
                yield Place(label=label, side=side, part=part, wire=wire, called=False, schema=schema)
            for callback in (operation.get("callbacks") or {}).values():
                for inner in references.follow(callback).values():
                    yield from _called(references, label, inner)
    for name, item in (document.get("webhooks") or {}).items():
        for method in METHODS & references.follow(item).keys():
            yield from _called(references, f"{method.upper()} {name}", item)


def _called(references: References, label: str, item: Json) -> Iterator[Place]:
    for _, operation, shared in _operations(references, item):
        for side, part, wire, schema in _schemas(references, operation, shared):
            yield Place(label=label, side=OTHER[side], part=part, wire=wire, called=True, schema=schema)


def _operations(references: References, item: Json) -> Iterator[tuple[str, Mapping[str, Json], list[Json]]]:
    whole = references.follow(item)
    for method, operation in whole.items():
        if method in METHODS:
            yield method, operation, whole.get("parameters") or []


def _schemas(
    references: References, operation: Mapping[str, Json], shared: list[Json]
) -> Iterator[tuple[Side, str, bool, Schema]]:
    for node in (*shared, *(operation.get("parameters") or ())):
        parameter = references.follow(node)
        # Parameters of a path have no name on the wire.
        part = "path" if parameter["in"] == "path" else f"{parameter['in']} {parameter['name'].lower()}"
        content = [(False, schema) for _, schema in _content(references, parameter)]
        for wire, schema in content or [(True, parameter.get("schema", True))]:
            yield Side.REQUEST, part, wire, schema
    if "requestBody" in operation:
        for media, schema in _content(references, references.follow(operation["requestBody"])):
            yield Side.REQUEST, "body", "form" in media, schema
    for status, node in operation["responses"].items():
        response = references.follow(node)
        for _, schema in _content(references, response):
            yield Side.RESPONSE, status, False, schema
        for name, header in (response.get("headers") or {}).items():
            yield Side.RESPONSE, f"{status} {name.lower()}", True, references.follow(header).get("schema", True)


def _content(references: References, holder: Mapping[str, Json]) -> Iterator[tuple[str, Schema]]:
    for media, node in (holder.get("content") or {}).items():
        described = references.follow(node)
        # A stream is judged item by item; what no schema describes may be anything.
        yield media, described.get("itemSchema", described.get("schema", True))
