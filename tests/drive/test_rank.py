"""Reading comes first, and what may take the user from us last."""

import pytest

from tests.build import operation
from upheld.drive.rank import may_switch, parts, ranked

SECURED = (frozenset({"bearer"}),)


def test_ranked() -> None:
    labels = ("PUT /me/password", "DELETE /a", "POST /a", "POST /logout", "GET /a")
    operations = [operation(method=label.split()[0], path=label.split()[1], security=SECURED) for label in labels]
    assert ["GET /a", "POST /a", "DELETE /a", "PUT /me/password", "POST /logout"] == [
        one.label for one in ranked(operations)
    ]


PARTING: dict[str, tuple[str, str, bool]] = {
    "one's own account": ("DELETE", "/accounts/me", True),
    "somebody's account": ("DELETE", "/accounts/{id}", False),
    "something else": ("DELETE", "/basket", False),
    "a change": ("PUT", "/me", False),
}


@pytest.mark.parametrize(("method", "path", "expected"), PARTING.values(), ids=PARTING)
def test_parts(method: str, path: str, expected: bool) -> None:
    assert expected == parts(operation(method=method, path=path, security=SECURED))
    assert not parts(operation(method=method, path=path)), "nobody signs in to it"


def test_may_switch() -> None:
    assert [True, False, False] == [
        may_switch(operation(method=method, path=path))
        for method, path in (("PUT", "/mode"), ("PUT", "/modes/{id}"), ("GET", "/mode"))
    ]
