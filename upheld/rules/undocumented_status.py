"""An operation answered with a status its document never mentions.

Why: a generated client has no branch for an answer nobody documented.
Bad:
    @app.get("/pets/{id}")
    def pet(id: int): raise HTTPException(404)
Good:
    @app.get("/pets/{id}", responses={404: {"model": Problem}})
    def pet(id: int): raise HTTPException(404)
Source: OpenAPI 3.1.1, Responses Object.
"""

from collections.abc import Iterator

from upheld.model import Exchange, Fault, Level, Rule


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message when no `responses` key covers the status; a 5xx is a `server-error` instead."""
    told = seen.operation.documented
    if 0 < seen.status < 500 and told.isdisjoint({f"{seen.status}", f"{seen.status // 100}XX", "default"}):
        listed = ", ".join(sorted(told)) or "none"
        yield Fault(
            f"answered {seen.status}; the docs list {listed}",
            status=seen.status,
            location=seen.seen.decided,
            documented=listed,
            observed=str(seen.status),
        )


RULE = Rule(level=Level.ERROR, exchange=check)
