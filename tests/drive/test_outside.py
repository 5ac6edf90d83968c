"""From outside, what may be the framework's doing or the server's is told by its words, and not judged."""

import json

import pytest

from tests.build import body, operation, parameter, request
from upheld.drive.asgi import Answer
from upheld.drive.leniency import Types
from upheld.drive.outside import sighting, undecided
from upheld.model import Json, Operation, Request, Violation

JSON = (b"content-type", b"application/json")
TEXT = (b"content-type", b"text/plain; charset=utf-8")
FORM = (("content-type", "multipart/form-data"),)
BROKEN = (Violation(where=("body",), keyword="type", message="no"),)


def answer(status: int, raw: bytes = b"", *headers: tuple[bytes, bytes]) -> Answer:
    return Answer(status=status, body=bytearray(raw), headers=list(headers), complete=True)


def served(**overrides: Json) -> Operation:
    told = operation(**overrides)
    return operation(**{**overrides, "generated": told})


QUIRKS: dict[str, tuple[Answer, Request, tuple[Violation, ...], str | None]] = {
    "an answer": (answer(200), request(), (), None),
    "a handler's 404": (answer(404, b'{"detail": "Not Found"}', JSON), request(), (), None),
    "a path with a slash inside": (answer(404), request(target="/books/a%2Fb"), (), "router-not-found"),
    "a path that climbs": (answer(404), request(target="/books/.."), (), "router-not-found"),
    "a path without its parameter": (answer(404), request(target="/books/"), (), "router-not-found"),
    "a path that breaks the docs, and maybe its converter": (
        answer(404),
        request(target="/books/x"),
        (Violation(where=("path", "book_id"), keyword="type", message="no"),),
        "router-not-found",
    ),
    "another method": (answer(405, b"", (b"Allow", b"GET, HEAD")), request("PUT"), (), "method-not-allowed"),
    "a handler's 405": (answer(405, b"", (b"allow", b"GET")), request("GET"), (), None),
    "a 405 that names no method": (answer(405), request("PUT"), (), None),
    "a slash too few": (answer(307, b"", (b"location", b"http://h/books/1/")), request(), (), "redirect-slashes"),
    "a redirect elsewhere": (answer(307, b"", (b"location", b"/login")), request(), (), None),
    "to https": (answer(307, b"", (b"location", b"https://h/books/1")), request(), (), "scheme-redirected"),
    "a host": (answer(400, b"Invalid host header", TEXT), request(), (), "host-refused"),
    "the server": (answer(400, b"Invalid HTTP request received.", TEXT), request(), (), "server-refused"),
    "a long path": (answer(414), request(), (), "server-refused"),
    "a body": (
        answer(400, b'{"detail":"There was an error parsing the body"}', JSON),
        request("POST"),
        BROKEN,
        "body-unparsable",
    ),
    "a form": (answer(400, b'{"detail":"Missing boundary"}', JSON), request(headers=FORM), BROKEN, "form-unparsable"),
    "a good form": (answer(400, b'{"detail":"Too old"}', JSON), request(headers=FORM), (), None),
    "a handler's 400": (answer(400, b'{"detail":"Too old"}', JSON), request("POST"), BROKEN, None),
    "NaN": (answer(500), request(body=b'{"a": NaN}'), BROKEN, "json-nan"),
    "NaN that became null": (answer(200, b"null", JSON), request(body=b"NaN"), BROKEN, "json-null"),
    "a 500": (answer(500), request(), (), None),
}


@pytest.mark.parametrize(("given", "asked", "violations", "expected"), QUIRKS.values(), ids=QUIRKS)
def test_quirk(given: Answer, asked: Request, violations: tuple[Violation, ...], expected: str | None) -> None:
    told = served(method=asked.method)
    assert expected == sighting(given, asked, told, violations, Types(told)).quirk


def test_a_connection_that_was_closed() -> None:
    given = Answer(status=200, escaped=OSError("closed"))
    told = served()
    escaped = sighting(given, request(), told, (), Types(told)).escaped
    assert escaped is not None
    assert ("an exception", None) == (escaped.kind, escaped.location)


PET = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "mail": {"type": "string", "format": "email"},
        "age": {"type": "integer"},
        "code": {"type": "string", "maxLength": 3},
    },
}
BARE: dict[str, tuple[list[str], str, bool]] = {
    "an author's validator": (["body", "name"], "value_error", False),
    "an author's own kind": (["body", "name"], "no_rex", False),
    "an address, which the type itself checks": (["body", "mail"], "value_error", True),
    "an integer too long": (["body", "age"], "int_parsing_size", True),
    "a text where the docs say text and the code an integer": (["body", "name"], "int_parsing", False),
    "a length that nobody documented": (["body", "name"], "string_too_long", False),
    "a length that two readers count differently": (["body", "code"], "string_too_long", True),
    "a member that is not documented as needed": (["body", "name"], "missing", False),
    "no place": ([], "value_error", True),
    "a place that is none": (["session", "x"], "value_error", True),
    "a parameter that nobody documented": (["query", "q"], "missing", False),
}


@pytest.mark.parametrize(("where", "kind", "bare"), BARE.values(), ids=BARE)
def test_refusals(where: list[str], kind: str, bare: bool) -> None:
    told = served(method="POST", path="/pets", body=body(PET), parameters=(parameter("limit", {"type": "integer"}),))
    raw = json.dumps({"detail": [{"loc": where, "type": kind, "msg": "no", "input": "x"}]}).encode()
    asked = request("POST", "/pets", headers=(("content-type", "application/json"),), body=b'{"name": "x"}')
    seen = sighting(answer(422, raw, JSON), asked, told, (), Types(told))
    assert [(tuple(where), kind, bare)] == [(one.where, one.kind, one.bare) for one in seen.refusals]


UNDECIDED: dict[str, tuple[int, bytes, tuple[Violation, ...], bool]] = {
    "it says why": (422, b'{"detail": [{"loc": ["body"], "type": "missing", "msg": "x"}]}', (), False),
    "it does not": (422, b'{"detail": "no"}', (), True),
    "in words of its own": (422, b'{"title": "no", "errors": []}', (), True),
    "no JSON": (422, b"no", (), True),
    "a broken request": (422, b"no", BROKEN, False),
    "another status": (400, b"no", (), False),
}


@pytest.mark.parametrize(("status", "raw", "violations", "expected"), UNDECIDED.values(), ids=UNDECIDED)
def test_undecided(status: int, raw: bytes, violations: tuple[Violation, ...], expected: bool) -> None:
    told = served()
    seen = sighting(answer(status, raw, JSON), request(), told, violations, Types(told))
    assert expected == undecided(seen, status, violations)
