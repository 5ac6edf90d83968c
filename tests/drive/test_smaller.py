"""A request loses what it does not need, in the same order each time, within the number of questions allowed."""

import json
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.build import operation, request
from upheld.drive.smaller import smaller
from upheld.model import Json, Operation, Padding, Request

JSON = (("content-type", "application/json"),)
FORM = (("content-type", "application/x-www-form-urlencoded"),)
GET, POST = operation(), operation(method="POST", path="/books")


def posted(value: Json, headers: tuple[tuple[str, str], ...] = JSON) -> Request:
    return request("POST", "/books", headers=headers, body=json.dumps(value).encode())


def body(asked: Request) -> Json:
    value: Json = json.loads(asked.body or b"null")
    return value


def query(asked: Request) -> dict[str, list[str]]:
    return parse_qs(urlsplit(asked.target).query)


CASES: dict[str, tuple[Request, Operation, Callable[[Request], bool], Request]] = {
    "nothing is needed": (
        request(target="/books/1234?a=b&c=d", headers=(("x-one", "1"), ("content-type", "text/plain"))),
        GET,
        lambda _: True,
        request(target="/books/0"),
    ),
    "everything is needed": (
        request(target="/books/1234?a=b", headers=(("x-one", "1"),)),
        GET,
        lambda _: False,
        request(target="/books/1234?a=b", headers=(("x-one", "1"),)),
    ),
    "a long body that need not be": (
        replace(posted({"a": 1}), padding=Padding(byte=b" ", length=99)),
        POST,
        lambda asked: body(asked).get("a") == 1,
        posted({"a": 1}),
    ),
    "a long body": (
        replace(posted({"a": 1, "b": 2}), padding=Padding(byte=b" ", length=99)),
        POST,
        lambda asked: asked.body_bytes > 99,
        replace(posted({}), padding=Padding(byte=b" ", length=99)),
    ),
    "credentials stay": (
        request(target="/books/1", headers=(("authorization", "Bearer x"), ("cookie", "a=b"))),
        GET,
        lambda _: True,
        request(target="/books/1", headers=(("authorization", "Bearer x"), ("cookie", "a=b"))),
    ),
    "one query value": (
        request(target="/books/1?a=b&limit=12345&c=d"),
        GET,
        lambda asked: "limit" in query(asked),
        request(target="/books/1?limit=0"),
    ),
    "a long text": (
        request(target="/books/abcdefghijklmnop"),
        GET,
        lambda asked: len(asked.target) >= len("/books/abcd"),
        request(target="/books/abcd"),
    ),
    "a number": (
        request(target="/books/98765"),
        GET,
        lambda asked: int(asked.target.rpartition("/")[2]) > 90,
        request(target="/books/98"),
    ),
    "a number that no word holds": (
        posted({"pages": 10**30}),
        POST,
        lambda asked: (body(asked) or {}).get("pages", 0) > 2**62,
        posted({"pages": 2**63}),
    ),
    "neither number nor text": (posted([float("nan"), None]), POST, lambda _: False, posted([float("nan"), None])),
    "a long number in a path": (
        request(target="/books/" + "9" * 500),
        GET,
        lambda asked: len(asked.target) > 20,
        request(target=f"/books/{2**63}"),
    ),
    "members that are not needed": (
        posted({"title": "Orlando", "pages": 328, "tags": ["a", "b"]}),
        POST,
        lambda asked: "pages" in (body(asked) or {}),
        posted({"pages": 0}),
    ),
    "one of the items": (
        posted({"tags": ["a", "", "c"]}),
        POST,
        lambda asked: "" in (body(asked) or {}).get("tags", ()),
        posted({"tags": [""]}),
    ),
    "what is nested": (
        posted({"author": {"name": "Woolf", "born": 1882}}),
        POST,
        lambda asked: "name" in (body(asked) or {}).get("author", {}),
        posted({"author": {"name": ""}}),
    ),
    "a form's members": (
        request("POST", "/books", headers=FORM, body=b"title=Orlando&pages=328"),
        POST,
        lambda asked: b"pages" in (asked.body or b""),
        request("POST", "/books", headers=FORM, body=b"pages=328"),
    ),
    "what fits no template": (request(target="/other/1?a=b"), GET, lambda _: True, request(target="/other/1?a=b")),
}


@pytest.mark.parametrize(("asked", "of", "keeps", "expected"), CASES.values(), ids=CASES)
def test_smaller(asked: Request, of: Operation, keeps: Callable[[Request], bool], expected: Request) -> None:
    assert expected == smaller(asked, of, keeps, most=100)


@pytest.mark.parametrize("most", [0, 1, 3])
def test_it_asks_no_more_than_allowed(most: int) -> None:
    asked: list[Request] = []

    def refused(made: Request) -> bool:
        asked.append(made)
        return False

    smaller(posted({f"m{n}": "abcd" for n in range(9)}), POST, refused, most=most)
    assert most == len(asked)
