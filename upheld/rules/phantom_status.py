"""An operation declares a status that neither a request produced nor any line of its code can produce.

Only what its own decorator declares is looked at, and only where every call on the way was followed to its end.

Why: a client handles an answer that never comes, and a reader looks for the case that it stands for.
Bad:
    @app.get("/pets/{id}", responses={409: {"model": Problem}})
    def pet(id: int): return PET
Good:
    @app.get("/pets/{id}", responses={409: {"model": Problem}})
    def pet(id: int):
        if id == 7:
            raise HTTPException(409)
        return PET
Source: OpenAPI 3.1.1, Responses Object.
"""

from collections.abc import Iterator, Sequence

from upheld.model import ClaimKind, Exchange, Fault, Level, Operation, Reading, Rule

ALWAYS = frozenset({422, 429})
"""What FastAPI answers by itself, and what only a limit somewhere in front may answer."""

RANGES = frozenset({206, 400, 416})
"""What an answer that offers ranges becomes where one is asked for (RFC 9110, 14.3; Starlette's FileResponse)."""


def check(operation: Operation, reading: Reading, exchanges: Sequence[Exchange]) -> Iterator[Fault]:
    """Yield one message for each declared status that nothing can produce."""
    if not reading.resolved or not exchanges or any(seen.timed_out or seen.status == 0 for seen in exchanges):
        return
    claimed = {claim.status for claim in reading.claims if claim.kind is ClaimKind.STATUS}
    possible = ALWAYS | reading.others | claimed | {seen.status for seen in exchanges}
    if any(seen.header("accept-ranges") == "bytes" for seen in exchanges):
        possible |= RANGES
    for status, location in reading.declared.items():
        if status < 500 and status not in possible and f"{status}" in operation.documented:
            yield Fault(
                f"declares {status}, which no request produced and no line of its code can produce",
                status=status,
                location=location,
                documented=f"{status}",
                observed=", ".join(map(str, sorted({seen.status for seen in exchanges}))),
            )


RULE = Rule(level=Level.WARNING, operation=check)
