"""A content type is compared with those listed; parameters and case are ignored, ranges honoured."""

import pytest

from tests.build import exchange, operation, request
from upheld.model import MediaType, Raised, Response, Sighting
from upheld.rules.undocumented_media_type import check

JSON = "application/json"
CASES = {
    "the one listed": ([JSON], JSON, b"{}", None),
    "one of those listed": ([JSON, "text/csv"], "text/csv", b"a", None),
    "parameters are ignored": ([JSON], "application/json; charset=utf-8", b"{}", None),
    "parameters in the docs are ignored": (["text/csv; header=present"], "text/csv", b"a", None),
    "case is ignored": (["Application/JSON"], "APPLICATION/json", b"{}", None),
    "a range": (["image/*"], "image/png", b"x", None),
    "any": (["*/*"], "image/png", b"x", None),
    "none is listed": ([], "text/html", b"x", None),
    "none is sent": ([JSON], None, b"x", None),
    "no body": ([JSON], "text/plain", b"", None),
    "another one": ([JSON], "text/plain", b"x", "200 was answered as text/plain; the docs list application/json"),
    "another range": (["image/*"], "text/csv", b"x", "200 was answered as text/csv; the docs list image/*"),
    "a suffix is another type": (
        [JSON],
        "application/problem+json",
        b"{}",
        "200 was answered as application/problem+json; the docs list application/json",
    ),
    "neither of two": (
        [JSON, "text/csv"],
        "text/html",
        b"x",
        "200 was answered as text/html; the docs list application/json, text/csv",
    ),
}


@pytest.mark.parametrize(("listed", "sent", "body", "message"), CASES.values(), ids=CASES)
def test_check(listed: list[str], sent: str | None, body: bytes, message: str | None) -> None:
    headers = () if sent is None else (("content-type", sent),)
    told = {"200": Response(content={name: MediaType(schema=None) for name in listed}, headers={})}
    seen = exchange(operation=operation(responses=told), headers=headers, body=body)
    assert ([] if message is None else [message]) == [fault.message for fault in check(seen)]


def test_a_head_request_has_a_type_and_no_body() -> None:
    told = {"200": Response(content={JSON: MediaType(schema=None)}, headers={})}
    seen = exchange(operation=operation(responses=told), request=request("HEAD"), headers=(("content-type", "a/b"),))
    assert 1 == len(list(check(seen)))


@pytest.mark.parametrize("status", [0, 404])
def test_a_status_without_docs_is_another_rules(status: int) -> None:
    assert [] == list(check(exchange("200", status, headers=(("content-type", "a/b"),), body=b"x")))


def test_an_exception_is_another_rules() -> None:
    told = {"500": Response(content={JSON: MediaType(schema=None)}, headers={})}
    seen = exchange(
        operation=operation(responses=told),
        status=500,
        headers=(("content-type", "text/plain"),),
        body=b"Internal Server Error",
        seen=Sighting(escaped=Raised(kind="KeyError", message="", location=None)),
    )
    assert [] == list(check(seen))
