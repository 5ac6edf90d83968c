"""A success without credentials breaks a documented requirement, unless one of its alternatives is anonymous."""

import pytest

from tests.build import exchange, handler, operation, request
from upheld.model import Credentials
from upheld.rules.auth_not_enforced import check

LOCKED = (frozenset({"oauth"}), frozenset({"key"}))
CASES = {
    "refused": (LOCKED, 401, Credentials.NONE, None),
    "signed in": (LOCKED, 200, Credentials.GIVEN, None),
    "not secured": ((), 200, Credentials.NONE, None),
    "anonymous is one of the ways": ((frozenset({"key"}), frozenset()), 200, Credentials.NONE, None),
    "redirected to a sign-in": (LOCKED, 307, Credentials.NONE, None),
    "no answer": (LOCKED, 0, Credentials.NONE, None),
    "answered": (LOCKED, 200, Credentials.NONE, "answered 200 without credentials; the docs require key, oauth"),
    "created": (
        (frozenset({"key"}),),
        201,
        Credentials.NONE,
        "answered 201 without credentials; the docs require key",
    ),
}


@pytest.mark.parametrize(("security", "status", "credentials", "message"), CASES.values(), ids=CASES)
def test_check(
    security: tuple[frozenset[str], ...], status: int, credentials: Credentials, message: str | None
) -> None:
    seen = exchange(operation=operation(security=security), status=status, request=request(credentials=credentials))
    assert ([] if message is None else [message]) == [fault.message for fault in check(seen)]


def test_place() -> None:
    served = handler()
    (fault,) = check(exchange(operation=operation(security=LOCKED, handler=served)))
    assert (None, served.location) == (fault.status, fault.location)
