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

from collections.abc import Iterator, Sequence

from upheld.model import ClaimKind, Exchange, Fault, Level, Operation, Reading, Rule


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message when no `responses` key covers the status; a 5xx is a `server-error` instead."""
    if 0 < seen.status < 500 and seen.operation.response(seen.status) is None:
        listed = _listed(seen.operation)
        yield Fault(
            f"answered {seen.status}; the docs list {listed}",
            status=seen.status,
            location=seen.seen.decided,
            documented=listed,
            observed=str(seen.status),
        )


def check_read(operation: Operation, reading: Reading, exchanges: Sequence[Exchange]) -> Iterator[Fault]:
    """Yield a warning for a status that the code is certain to answer some request with, where none could show it.

    A request that got through speaks for the others: what it takes was sent as well, and the answer was another one.
    """
    if any(200 <= seen.status < 400 for seen in exchanges):
        return
    shown = {seen.status for seen in exchanges}
    for claim in reading.claims:
        status = claim.status if claim.kind is ClaimKind.STATUS and claim.certain else None
        if status is not None and status < 500 and status not in shown and operation.response(status) is None:
            yield Fault(
                f"can answer {status}; the docs list {_listed(operation)}",
                status=status,
                location=claim.location,
                documented=_listed(operation),
                level=Level.WARNING,
            )


def _listed(operation: Operation) -> str:
    return ", ".join(sorted(operation.documented)) or "none"


RULE = Rule(level=Level.ERROR, exchange=check, operation=check_read)
