"""An operation that documents a security requirement answers 2xx without credentials, or to wrong ones.

Why: the docs say that it is locked, and the door is open.
Bad:
    @app.get("/me", openapi_extra={"security": [{"bearer": []}]})
    def me(): return {"name": "Ada"}
Good:
    @app.get("/me", responses={401: {"description": "Not signed in"}})
    def me(token: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]): return {"name": "Ada"}
Source: OpenAPI 3.1.1, Security Requirement Object.
"""

from collections.abc import Iterator

from upheld.model import Credentials, Exchange, Fault, Level, Rule


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message for a 2xx to a request that carried nothing that a documented scheme reads, or something wrong.

    Wrong is only what was made of right credentials: whatever is made up may be right to an app. A token that was asked
    for fewer scopes than it takes may have been given all of them.
    """
    lacking = seen.request.credentials in (Credentials.NONE, Credentials.WRONG)
    if seen.operation.secured and lacking and 200 <= seen.status < 300:
        schemes = sorted(set().union(*seen.operation.security))
        handler = seen.operation.handler
        how = "without credentials" if seen.request.credentials is Credentials.NONE else "to wrong credentials"
        yield Fault(
            f"answered {seen.status} {how}; the docs require {', '.join(schemes)}",
            location=handler.location if handler is not None else None,
            documented=f"security: {', '.join(schemes)}",
            observed=f"{seen.status} {how}",
        )


RULE = Rule(level=Level.ERROR, exchange=check)
