"""The value at a place: what the wire says there, as text, or as JSON in a JSON body."""

import pytest

from tests.build import request
from upheld.drive.members import value_at
from upheld.model import Json, Request
from upheld.multipart import Part, join

JSON = (("content-type", "application/json"),)
FORM = (("content-type", "application/x-www-form-urlencoded"),)
PARTS, MULTIPART = join([Part(name="a", data="1"), Part(name="up", data="x", filename="f")])
QUERY = request(target="/books?a=1&b=&c=x&c=y%20z")
HEADERS = request(headers=(("x-a", "1"), ("cookie", "sid=7; b=8")))
BODY = request("POST", headers=JSON, body=b'{"a": [{"b": null}, 2], "c": ""}')
POSTED = request("POST", headers=FORM, body=b"a=1&c=x&c=y")
CASES: dict[str, tuple[Request, tuple[str | int, ...], Json]] = {
    "nowhere": (QUERY, (), None),
    "a query value": (QUERY, ("query", "a"), "1"),
    "an empty one": (QUERY, ("query", "b"), ""),
    "one that stands twice": (QUERY, ("query", "c"), ["x", "y z"]),
    "the second of them": (QUERY, ("query", "c", 1), "y z"),
    "the third of two": (QUERY, ("query", "c", 2), None),
    "one that is not there": (QUERY, ("query", "d"), None),
    "a header, in any case": (HEADERS, ("header", "X-A"), "1"),
    "no such header": (HEADERS, ("header", "x-b"), None),
    "a cookie": (HEADERS, ("cookie", "sid"), "7"),
    "no cookies": (QUERY, ("cookie", "sid"), None),
    "a path value": (request(target="/a/x%2Fy/b/2?q"), ("path", "id"), "x/y"),
    "another path value": (request(target="/a/x/b/2"), ("path", "n"), "2"),
    "a path that does not fit": (request(target="/c"), ("path", "id"), None),
    "a body": (BODY, ("body",), {"a": [{"b": None}, 2], "c": ""}),
    "a member": (BODY, ("body", "a", 1), 2),
    "a member that is null": (BODY, ("body", "a", 0, "b"), None),
    "a member of no object": (BODY, ("body", "c", "x"), None),
    "an item too far": (BODY, ("body", "a", 2), None),
    "an item by name": (BODY, ("body", "a", "b"), None),
    "no such member": (BODY, ("body", "x"), None),
    "a body that is no JSON": (request("POST", headers=JSON, body=b"{"), ("body", "a"), None),
    "a body that is nested too deep": (request("POST", headers=JSON, body=b"[" * 100_000), ("body",), None),
    "no body": (request("POST", headers=JSON), ("body",), None),
    "a text": (request("POST", headers=(("content-type", "text/plain"),), body=b"x"), ("body",), None),
    "a form's member": (POSTED, ("body", "a"), "1"),
    "a form's list": (POSTED, ("body", "c"), ["x", "y"]),
    "a form's item": (POSTED, ("body", "c", 0), "x"),
    "a form as a whole": (POSTED, ("body",), None),
    "a part": (request("POST", headers=(("content-type", MULTIPART),), body=PARTS), ("body", "up"), "x"),
    "a part of what is none": (request("POST", headers=(("content-type", MULTIPART),), body=b"x"), ("body", "a"), None),
    "a form without a body": (request("POST", headers=(("content-type", MULTIPART),)), ("body", "a"), None),
}


@pytest.mark.parametrize(("sent", "where", "value"), CASES.values(), ids=CASES)
def test_value_at(sent: Request, where: tuple[str | int, ...], value: Json) -> None:
    assert value == value_at(sent, where, "/a/{id}/b/{n}")
