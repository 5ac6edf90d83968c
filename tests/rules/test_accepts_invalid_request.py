"""Only a success counts as acceptance, and only a violation that no bare type would take counts as one."""

import pytest

from tests.build import exchange, handler, operation
from upheld.model import Violation
from upheld.rules.accepts_invalid_request import check

BOUND = Violation(where=("query", "limit"), keyword="maximum", message="101 is greater than the maximum of 100")
MEMBER = Violation(where=("body", "tags", 0), keyword="type", message='1 is not of type "string"')
LAX = Violation(where=("query", "page"), keyword="type", message='"1_000" is not an integer', lenient=True)
ACCEPTED = "accepted a request that the docs forbid: query.limit: 101 is greater than the maximum of 100"
CASES = {
    "valid": ((), 200, []),
    "undecided": (None, 200, []),
    "refused": ((BOUND,), 422, []),
    "not even looked at": ((BOUND,), 404, []),
    "redirected": ((BOUND,), 307, []),
    "no answer": ((BOUND,), 0, []),
    "a lax conversion": ((LAX,), 200, []),
    "accepted": ((BOUND,), 200, [ACCEPTED]),
    "created": ((BOUND,), 201, [ACCEPTED]),
    "beside a lax conversion": ((LAX, BOUND), 200, [ACCEPTED]),
    "a member of the body": (
        (MEMBER, BOUND),
        200,
        ['accepted a request that the docs forbid: body.tags.0: 1 is not of type "string"'],
    ),
}


@pytest.mark.parametrize(("violations", "status", "messages"), CASES.values(), ids=CASES)
def test_check(violations: tuple[Violation, ...] | None, status: int, messages: list[str]) -> None:
    assert messages == [fault.message for fault in check(exchange(status=status, violations=violations))]


REDIRECTS = {
    "what an address is for": ("GET", "307 404", 307, 1),
    "a redirect beside a success": ("GET", "200 307", 307, 0),
    "one of several": ("HEAD", "301 302", 302, 1),
    "one that is not documented": ("GET", "307", 302, 0),
    "after a change, it may lead to what went wrong": ("POST", "303", 303, 0),
    "nothing is new": ("GET", "304", 304, 0),
}


@pytest.mark.parametrize(("method", "documented", "status", "count"), REDIRECTS.values(), ids=REDIRECTS)
def test_redirects(method: str, documented: str, status: int, count: int) -> None:
    told = operation(documented, method=method)
    assert count == len(list(check(exchange(operation=told, status=status, violations=(BOUND,)))))


def test_place() -> None:
    served = handler()
    (fault,) = check(exchange(operation=operation(handler=served), violations=(BOUND,)))
    assert (200, served.location, "query.limit: maximum") == (fault.status, fault.location, fault.documented)
