"""An exception ended an answer, or a 5xx was sent that nobody documented.

Why: a client cannot tell its own mistake from the server's, and retries what will never succeed.
Bad:
    @app.get("/share")
    def share(parts: int): return {"each": 100 / parts}
Good:
    @app.get("/share")
    def share(parts: Annotated[int, Query(ge=1)]): return {"each": 100 / parts}
Source: RFC 9110, 15.6; OpenAPI 3.1.1, Responses Object.
"""

from collections.abc import Iterator

from upheld.model import Exchange, Fault, Level, Rule


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message for an exception that left the app, or for an undocumented 5xx."""
    escaped = seen.seen.escaped
    undocumented = seen.status >= 500 and seen.operation.response(seen.status) is None
    if escaped is not None:
        told = f"{escaped.kind}: {escaped.message}" if escaped.message else escaped.kind
        when = f"after a {seen.status} was begun" if 0 < seen.status < 500 else "and the answer is 500"
        yield Fault(
            f"raised {told}, {when}",
            status=seen.status or 500,
            location=escaped.location,
            documented=", ".join(sorted(seen.operation.documented)),
            observed=told,
        )
    elif undocumented:
        raised = seen.seen.raised
        told = f" after {raised.kind}: {raised.message}" if raised is not None else ""
        unsent = raised is not None and raised.location is None and raised.kind in _UNSENT
        yield Fault(
            f"answered {seen.status}{told}; the docs list {', '.join(sorted(seen.operation.documented))}",
            status=seen.status,
            location=None if unsent else seen.seen.decided,
            documented=", ".join(sorted(seen.operation.documented)),
            observed=str(seen.status),
        )


_UNSENT = ("ResponseValidationError", "PydanticSerializationError")
"""What was returned could not be sent: the `return` decides, and not the handler that caught this."""

RULE = Rule(level=Level.ERROR, exchange=check)
