"""Notices when what signs in was deleted, changed or revoked by a request of ours, and signs in again.

A 401 may as well be what the app answers to that one request. So a request that was accepted before is sent once more,
and only if that is refused now, too, has the sign-in been lost.
"""

from collections.abc import Callable

from upheld.drive.auth import SignIn
from upheld.drive.register import Send
from upheld.model import Credentials, Exchange, Operation, Request, UpheldError

_IN_VAIN_MOST = 5
"""How often an operation's refusals are looked into without anything being lost."""
_LOST_BY_MOST = 3
"""How often an operation may lose the sign-in before it is asked no more."""
_REFUSED = (401, 403)


class Lost:
    """Watches the requests that are really signed in."""

    def __init__(self, sign_in: SignIn, send: Send, reset: Callable[[], None] | None) -> None:
        """Take what signs in, how a request is sent, and what puts the app's data back, where there is something."""
        self._sign_in, self._send, self._reset = sign_in, send, reset
        self._accepted: Request | None = None
        self._worked: set[str] = set()
        self._in_vain: dict[str, int] = {}
        self._culprit: Operation | None = None
        self._lost_by: dict[str, int] = {}
        self.for_good = False
        """Whether nothing signs in any more."""

    def watches(self, exchange: Exchange) -> bool:
        """Return whether an exchange was really signed in."""
        return exchange.request.credentials is Credentials.GIVEN and self._sign_in.is_real(exchange.operation)

    def suspects(self, exchange: Exchange) -> bool:
        """Learn from an exchange; return whether its refusal may mean that the sign-in was lost."""
        operation = exchange.operation
        if not self.watches(exchange):
            return False
        if 200 <= exchange.status < 300:
            self._worked.add(operation.label)
            if operation.method != "GET":
                self._culprit = operation
            elif self._accepted is None or ("{" not in operation.path and self._accepted.target.count("/") > 2):
                self._accepted = exchange.request
            return False
        # What is the user's own, such as `GET /me`, is gone with them.
        gone = exchange.status == 404 and "{" not in operation.path and operation.label in self._worked
        if not (gone or exchange.status in _REFUSED) or self._accepted is None or self.for_good:
            return False
        return self._in_vain.get(operation.label, 0) < _IN_VAIN_MOST

    def look_into(self, exchange: Exchange) -> Operation | bool:
        """Sign in again if that was lost: True, or the operation that loses it again and again; else False."""
        if self._is_accepted():
            self._in_vain[exchange.operation.label] = self._in_vain.get(exchange.operation.label, 0) + 1
            return False
        if not self._signs_in_again():
            self.for_good = True
            return True
        culprit = self._culprit
        if culprit is None:
            return True
        self._lost_by[culprit.label] = self._lost_by.get(culprit.label, 0) + 1
        return culprit if self._lost_by[culprit.label] >= _LOST_BY_MOST else True

    def _is_accepted(self) -> bool:
        if self._accepted is None:
            return False
        status, _ = self._send(self._sign_in.renewed(self._accepted))
        return status not in (*_REFUSED, 404)

    def _signs_in_again(self) -> bool:
        for put_back in (None, self._reset):
            if put_back is not None:
                put_back()
            elif self._sign_in.is_fixed and self._reset is not None:
                continue  # the same headers would be refused again
            try:
                self._sign_in.start()
            except UpheldError:
                continue
            if self._is_accepted():
                return True
        return False
