"""The same request for another thing: other texts where they are free, the rest as it was."""

import json
import random
import re

import pytest

from tests.build import body, operation, parameter, request
from upheld.drive.anew import Keys, anew, renamed
from upheld.model import Json
from upheld.schema import Judge

JSON = (("content-type", "application/json"),)
CASES: dict[str, tuple[Json, Json, str]] = {
    "a text": ({"type": "string", "maxLength": 5}, "Emma", "[0-9]{4}"),
    "a text that may be null": ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "Emma", "[0-9]{4}"),
    "a pattern": ({"type": "string", "pattern": "^[A-Z]-[0-9]+$"}, "A-1", "[A-Z]-[0-9]+"),
    "a pattern that cannot be made": ({"type": "string", "pattern": "^(?=A)A$"}, "A", "A"),
    "a pattern beside a length": ({"type": "string", "pattern": "^[0-9]+$", "maxLength": 0}, "1", "1"),
    "a UUID": ({"type": "string", "format": "uuid"}, "0", "[0-9a-f-]{36}"),
    "an address": ({"type": "string", "format": "email"}, "a@b.co", "[0-9]{8}@example.com"),
    "a moment": ({"type": "string", "format": "date"}, "2024-02-29", "2024-02-29"),
    "a choice": ({"enum": ["a", "b"]}, "a", "a"),
    "a constant": ({"const": "a"}, "a", "a"),
    "no text": ({"type": "integer"}, 7, "7"),
    "nothing is said": (True, "a", "a"),
}


@pytest.mark.parametrize(("schema", "value", "expected"), CASES.values(), ids=CASES)
def test_anew(schema: Json, value: Json, expected: str) -> None:
    described = operation(method="POST", path="/a", body=body({"properties": {"list": {"items": schema}}}))
    sent = request("POST", "/a", headers=JSON, body=json.dumps({"list": [value]}).encode())
    made = anew(sent, described, Judge({"openapi": "3.1.0"}), random.Random(0))
    assert re.fullmatch(expected, str(json.loads(made.body or b"")["list"][0]))


def test_what_it_is_made_for_is_kept() -> None:
    described = operation(method="POST", path="/a", body=body({"properties": {"b": {"type": "string"}}}))
    sent = request("POST", "/a", headers=JSON, body=b'{"b": "new", "c": "old"}')
    made = json.loads(anew(sent, described, Judge({"openapi": "3.1.0"}), random.Random(0), {"new"}).body or b"")
    assert made["b"] == "new"


NAMED: dict[str, tuple[str, Json, str, str]] = {
    "a text": ("/a/{name}", {"type": "string"}, "/a/abc", "/a/[0-9]{3}"),
    "a number": ("/a/{name}", {"type": "integer", "minimum": 10, "maximum": 99}, "/a/7", "/a/[0-9]{2}"),
    "the last of two": ("/a/{one}/b/{name}", {"type": "string"}, "/a/x/b/abc", "/a/x/b/[0-9]{3}"),
    "a choice": ("/a/{name}", {"enum": ["a", "b"]}, "/a/a", "/a/a"),
    "none": ("/a", {"type": "string"}, "/a", "/a"),
    "not at the end": ("/a/{name}/b", {"type": "string"}, "/a/abc/b", "/a/abc/b"),
}


@pytest.mark.parametrize(("path", "schema", "target", "expected"), NAMED.values(), ids=NAMED)
def test_renamed(path: str, schema: Json, target: str, expected: str) -> None:
    told = operation(method="PUT", path=path, parameters=(parameter("name", schema, "path", required=True),))
    made = renamed(request("PUT", target), told, Judge({"openapi": "3.1.0"}), random.Random(0))
    assert re.fullmatch(expected, made.target)


KEY = {"type": "string", "pattern": "^[0-9]{4}$"}
KEYS: dict[str, tuple[str, str, bool, str]] = {
    "one that may be left out": ("Idempotency-Key", "header", False, r"/a\?b=1 None"),
    "one that must be there": ("Idempotency-Key", "header", True, r"/a\?b=1 (?!1234)[0-9]{4}"),
    "by another name": ("X-Idempotency-Token", "header", False, r"/a\?b=1 None"),
    "in the query": ("idempotencyKey", "query", True, r"/a\?b=1&idempotencyKey=(?!1234)[0-9]{4} None"),
    "another header": ("X-Key", "header", True, r"/a\?b=1 1234"),
}


@pytest.mark.parametrize(("name", "location", "required", "expected"), KEYS.values(), ids=KEYS)
def test_keys(name: str, location: str, required: bool, expected: str) -> None:
    told = operation(method="POST", path="/a", parameters=(parameter(name, KEY, location, required=required),))
    keys = Keys([told], Judge({"openapi": "3.1.0"}))
    headers = ((name.lower(), "1234"),) if location == "header" else ()
    sent = request("POST", "/a?b=1" if headers else f"/a?b=1&{name}=1234", headers=headers)
    made = [keys.renewed(sent, told) for _ in range(2)]
    for one in made:
        assert re.fullmatch(expected, f"{one.target} {one.header(name.lower())}")
    assert (made[0] == made[1]) == ("[0-9]" not in expected)


def test_a_key_in_the_body() -> None:
    told = operation(method="POST", path="/a", body=body({"properties": {"idempotency_key": KEY}}))
    sent = request("POST", "/a", headers=JSON, body=b'{"idempotency_key": "1234", "name": "1234"}')
    made = json.loads(Keys([told], Judge({"openapi": "3.1.0"})).renewed(sent, told).body or b"")
    assert made["idempotency_key"] != "1234"
    assert made["name"] == "1234"


def test_without_a_json_body_it_stays() -> None:
    sent = request("POST", "/a?b=c")
    assert sent is anew(sent, operation(method="POST", path="/a"), Judge({"openapi": "3.1.0"}), random.Random(0))
