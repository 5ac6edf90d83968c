"""The contract documents an operation that no route serves.

Why: a client is generated for it, compiles, and gets a 404.
Bad:
    @app.get("/pets/all")
    def pets(): return ["Rex"]
    written = get_openapi(title="Pets", version="1", routes=app.routes)
    written["paths"]["/pets"] = written["paths"].pop("/pets/all")
    app.openapi = lambda: written
Good:
    @app.get("/pets")
    def pets(): return ["Rex"]
Source: OpenAPI 3.1.1, Paths Object.
"""

from collections.abc import Iterator, Sequence

from upheld.model import Exchange, Fault, Level, Operation, Reading, Rule


def check(operation: Operation, _: Reading, exchanges: Sequence[Exchange]) -> Iterator[Fault]:
    """Yield one message when no route serves the operation and nothing but the router answered for it.

    Where routes cannot be seen only a 405 that allows other methods is certain: a 404 may be a handler's.
    """
    refused = [seen for seen in exchanges if seen.seen.quirk == "method-not-allowed"]
    if operation.unseen and not refused:
        return
    if operation.handler is None and all(seen.status in (0, 404, 405) for seen in exchanges):
        yield Fault(
            "is documented, and no route serves it",
            documented=operation.label,
            observed="the router's 404 or 405",
            exchange=next(iter((*refused, *exchanges)), None),
        )


RULE = Rule(level=Level.ERROR, operation=check)
