"""Access tokens: signed statements (JWT, RFC 7519) of who may do what until when. The shop keeps none of them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt

from service.accounts.store import Scope
from service.settings import Settings

ALGORITHM = "HS256"


class TokenError(Exception):
    """A token that the shop did not sign, or whose time is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a token says."""

    account_id: int
    scopes: frozenset[Scope]


def issue(grant: Grant, settings: Settings) -> str:
    """Sign a grant."""
    now = datetime.now(UTC)
    claims = {
        "sub": str(grant.account_id),
        "scope": " ".join(sorted(grant.scopes)),
        "iat": now,
        "exp": now + timedelta(seconds=settings.token_lifetime_s),
    }
    return jwt.encode(claims, settings.secret_key.get_secret_value(), ALGORITHM)


def read(token: str, settings: Settings) -> Grant:
    """Return the grant that a token was issued for.

    Errors: TokenError, whatever is wrong with the token.
    """
    try:
        claims = jwt.decode(token, settings.secret_key.get_secret_value(), [ALGORITHM])
    except jwt.InvalidTokenError as error:
        raise TokenError(str(error)) from error
    return Grant(account_id=int(claims["sub"]), scopes=frozenset(map(Scope, claims["scope"].split())))
