"""Which operations are asked first and which last."""

import re
from collections.abc import Iterable

from upheld.model import Operation

CREATING = ("POST", "PUT")
CHANGING = ("POST", "PUT", "PATCH")
_OF_THE_USER = re.compile(r"(?i)/(me|self|accounts?|profile|users?|sessions?|tokens?|.*password|.*log-?out)(/|$)")
_SIGNS_IN = re.compile(r"(?i)/[^/]*(log|sign)[-_]?in|/[^/]*token|/sessions?/?$|/auth[^/]*/?$")
_SIGNS_OUT = re.compile(r"(?i)/[^/]*(log|sign)[-_]?out|password|revoke")


def ranked(operations: Iterable[Operation]) -> list[Operation]:
    """Put signing in first, then reading, while everything is still empty, and last what deletes: others need it."""
    ranks = {"GET": 0, "HEAD": 0, "DELETE": 2}
    first, last = -1, 3
    return sorted(
        operations,
        key=lambda o: last if _may_sign_out(o) else first if _may_sign_in(o) else ranks.get(o.method, 1),
    )


def may_switch(operation: Operation) -> bool:
    """Return whether an operation may change how all others answer."""
    return operation.method in (*CREATING, "PATCH") and "{" not in operation.path


def parts(operation: Operation) -> bool:
    """Return whether an operation may take the user that requests sign in as for good: it is asked when all else is."""
    return operation.method == "DELETE" and "{" not in operation.path and _may_sign_out(operation)


def _may_sign_in(operation: Operation) -> bool:
    return operation.method == "POST" and not operation.security and _SIGNS_IN.search(operation.path) is not None


def _may_sign_out(operation: Operation) -> bool:
    """Return whether an operation, called as the user that requests sign in as, may take that user from us."""
    if not operation.security or operation.method in ("GET", "HEAD"):
        return False
    return (_OF_THE_USER if operation.method != "POST" else _SIGNS_OUT).search(operation.path) is not None
