"""A body, or each item of a stream, is held against the schema of its status and media type."""

import json
from dataclasses import replace

import pytest

from tests.build import exchange, location, operation, request, response
from upheld.model import Fault, Json, Level, MediaType, Operation, Raised, Response, Sighting
from upheld.rules.response_schema_mismatch import check

PET = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
DOCUMENT = {"openapi": "3.1.0", "components": {"schemas": {"Pet": PET}}}
REF = {"$ref": "#/components/schemas/Pet"}
JSON = "application/json"
MISSING = '"name" is a required property'
BODIES: dict[str, tuple[Json, str, bytes, str | None]] = {
    "as documented": (REF, JSON, b'{"name": "Rex"}', None),
    "nothing is said of the content": (None, JSON, b'{"nmae": 1}', None),
    "anything goes": (True, JSON, b"null", None),
    "a suffix is JSON": (REF, "application/problem+json", b'{"name": "Rex"}', None),
    "a text": ({"type": "string", "minLength": 2}, "text/plain", b"ab", None),
    "a text in another charset": ({"type": "string"}, "text/plain; charset=latin-1", b"\xe4", None),
    "bytes": ({"type": "string"}, "image/png", b"\xff\xd8", None),
    "a pattern that is no expression judges nothing": ({"pattern": "("}, JSON, b'"x"', None),
    "a member is missing": (REF, JSON, b'{"nmae": "Rex"}', MISSING),
    "a member is wrong": (REF, JSON, b'{"name": 1}', 'name: 1 is not of type "string"'),
    "below others": (
        {"type": "array", "items": REF},
        JSON,
        b'[{"name": "a"}, {"name": 2}]',
        '1/name: 2 is not of type "string"',
    ),
    "more than one": (
        {"type": "array", "items": {"type": "integer"}},
        JSON,
        b'["a", "b", "c"]',
        '0: "a" is not of type "integer", and 2 more',
    ),
    "no JSON": (REF, JSON, b"Rex", '"Rex" is not of type "object"'),
    "empty": (REF, JSON, b"", '"" is not of type "object"'),
    "a format": ({"format": "date"}, JSON, b'"soon"', '"soon" is not a "date"'),
    "a text that is too short": (
        {"type": "string", "minLength": 2},
        "text/plain",
        b"a",
        '"a" is shorter than 2 characters',
    ),
}


def told(content: Response, **overrides: Json) -> Operation:
    return operation(responses={"200": content}, document=DOCUMENT, **overrides)


def said(content: Response, sent: str, body: bytes, /, **overrides: Json) -> list[Fault]:
    seen = {"operation": told(content), "headers": (("content-type", sent),), "body": body}
    return list(check(exchange(**{**seen, **overrides})))


@pytest.mark.parametrize(("schema", "sent", "body", "problem"), BODIES.values(), ids=BODIES)
def test_bodies(schema: Json, sent: str, body: bytes, problem: str | None) -> None:
    expected = [] if problem is None else [f"the body of 200 breaks its schema: {problem}"]
    assert expected == [fault.message for fault in said(response(schema, sent), sent, body)]


EVENT = {
    "type": "object",
    "properties": {
        "data": {"type": "string", "contentMediaType": JSON, "contentSchema": REF},
        "retry": {"type": "integer", "maximum": 9},
    },
}
STREAMS: dict[str, tuple[Json, str, bytes, dict[str, Json], str | None]] = {
    "lines": (REF, "application/jsonl", b'{"name": "a"}\n\n{"name": "b"}\n', {}, None),
    "the last line may lack its end": (REF, "application/jsonl", b'{"name": "a"}\n{"name"', {"complete": False}, None),
    "a cut stream": (REF, "application/jsonl", b'{"name": "a"}\n{', {"complete": False, "cut": True}, None),
    "events": (EVENT, "text/event-stream", b'data: {"name": "a"}\n\nretry: 3\n\n', {}, None),
    "a wrong line": (REF, "application/jsonl", b'{"name": "a"}\n{"nmae": "b"}\n', {}, MISSING),
    "a line that is no JSON": (REF, "application/jsonl", b"name\n", {}, '"name" is not of type "object"'),
    "a wrong line before the cut": (REF, "application/jsonl", b'{"nmae": 1}\n{', {"complete": False}, MISSING),
    "a wrong event": (EVENT, "text/event-stream", b"retry: 10\n\n", {}, "retry: 10 is greater than the maximum of 9"),
    "what an event's data holds": (EVENT, "text/event-stream", b'data: {"nmae": "a"}\n\n', {}, MISSING),
}


@pytest.mark.parametrize(("schema", "sent", "body", "overrides", "problem"), STREAMS.values(), ids=STREAMS)
def test_streams(schema: Json, sent: str, body: bytes, overrides: dict[str, Json], problem: str | None) -> None:
    content = Response(content={sent: MediaType(schema=None, item_schema=schema)}, headers={})
    expected = [] if problem is None else [f"the body of 200 breaks its schema: {problem}"]
    assert expected == [fault.message for fault in said(content, sent, body, **overrides)]


QUIET: dict[str, dict[str, Json]] = {
    "no head": {"status": 0},
    "another status": {"status": 404},
    "HEAD has no body": {"request": request("HEAD"), "body": b""},
    "an exception": {"seen": Sighting(escaped=Raised(kind="KeyError", message="", location=None))},
    "another media type": {"headers": (("content-type", "text/html"),)},
    "cut off": {"cut": True},
    "not ended": {"complete": False},
}


@pytest.mark.parametrize("overrides", QUIET.values(), ids=QUIET)
def test_what_is_not_judged(overrides: dict[str, Json]) -> None:
    assert [] == said(response(REF), JSON, b"{}", **overrides)


EMPTY: dict[str, tuple[Json, dict[str, Json], list[str]]] = {
    "no content is documented": (None, {}, []),
    "any content is": ({}, {}, []),
    "it did not end": (REF, {"complete": False}, []),
    "content is documented": (REF, {}, ["the body of 200 breaks its schema: an empty body"]),
}


@pytest.mark.parametrize(("schema", "overrides", "messages"), EMPTY.values(), ids=EMPTY)
def test_neither_body_nor_media_type(schema: Json, overrides: dict[str, Json], messages: list[str]) -> None:
    seen = {"operation": told(response(schema)), "headers": (), **overrides}
    assert messages == [fault.message for fault in check(exchange(**seen))]


NAIVE = ({"format": "date-time"}, b'"2024-02-29T12:00:00"')
DECIMAL = ({"type": "string", "pattern": r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$"}, b'"1E+3"')
LONG = b'"https://a/%s"' % (b"a" * 2075)
URL = ({"type": "string", "format": "uri", "maxLength": 2083}, LONG)
LEVELS: dict[str, tuple[tuple[Json, bytes], Sighting, Level]] = {
    "Pydantic wrote a naive datetime": (NAIVE, Sighting(), Level.WARNING),
    "the author wrote a naive datetime": (NAIVE, Sighting(built=location()), Level.ERROR),
    "an exception's handler did": (
        NAIVE,
        Sighting(raised=Raised(kind="HTTPException", message="", location=None)),
        Level.ERROR,
    ),
    "Pydantic wrote a decimal with an exponent": (DECIMAL, Sighting(), Level.NOTE),
    "the author wrote such a decimal": (DECIMAL, Sighting(built=location()), Level.ERROR),
    "Pydantic wrote a slash at the end of an address": (URL, Sighting(), Level.NOTE),
    "the author wrote such an address": (URL, Sighting(built=location()), Level.ERROR),
    "a text that is too long": (({"type": "string", "maxLength": 99}, LONG), Sighting(), Level.ERROR),
    "another format": (({"format": "email"}, b'"x"'), Sighting(), Level.ERROR),
    "another pattern": (({"pattern": "^a$"}, b'"x"'), Sighting(), Level.ERROR),
    "a type": (({"type": "integer"}, b'"x"'), Sighting(), Level.ERROR),
}


@pytest.mark.parametrize(("wrong", "inside", "level"), LEVELS.values(), ids=LEVELS)
def test_level(wrong: tuple[Json, bytes], inside: Sighting, level: Level) -> None:
    schema, body = wrong
    (fault,) = said(response(schema), JSON, body, operation=told(response(schema), generated=operation()), seen=inside)
    assert level == fault.level


def test_a_document_of_the_authors_own_is_always_the_authors() -> None:
    schema, body = NAIVE
    (fault,) = said(response(schema), JSON, body)
    assert Level.ERROR == fault.level


def test_fault() -> None:
    (fault,) = said(response({"maxLength": 1}), JSON, b'"ab"', seen=Sighting(built=location()))
    assert (200, location(), "maxLength 1", '"ab" is longer than 1 character') == (
        fault.status,
        fault.location,
        fault.documented,
        fault.observed,
    )


def test_once_a_leaf() -> None:
    """What Pydantic wrote is told of the part of the schema that it breaks, which operations share."""
    moment = {"type": "string", "format": "date-time"}
    train = {"properties": {"leaves": moment, "comes": moment}}
    whole = {"properties": {"trains": {"items": {"$ref": "#/components/schemas/Train"}}, "now": moment}}
    document = {"openapi": "3.1.0", "components": {"schemas": {"Train": train}}}
    told = operation(responses={"200": response(whole)}, document=document)
    naive = "2024-01-01T00:00:00"
    trains = json.dumps({"trains": [{"leaves": naive, "comes": naive}, {"leaves": naive}], "now": naive}).encode()
    for built, expected in {
        None: [
            "#/components/schemas/Train/properties/comes/format",
            "#/components/schemas/Train/properties/leaves/format",
            "",
        ],
        location(): [""],
    }.items():
        seen = exchange(
            operation=replace(told, generated=told),
            headers=(("content-type", JSON),),
            body=trains,
            seen=Sighting(built=built),
        )
        assert sorted(expected) == sorted(fault.leaf for fault in check(seen))
