"""A request that violates the documented schema is accepted.

Why: what the docs forbid and the code takes ends up in the database, and the next strict reader fails on it.
Bad:
    @app.post("/pets", openapi_extra={"requestBody": {"content": {"application/json": {"schema": PET}}}})
    async def add(request: Request): return await request.json()
Good:
    @app.post("/pets")
    async def add(pet: Pet): return pet
Source: OpenAPI 3.1.1, Parameter Object and Request Body Object.
"""

from collections.abc import Iterator

from upheld.model import Exchange, Fault, Level, Rule


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message for a success of a request that breaks the docs in a way no bare type would take."""
    if not seen.violations or not seen.operation.succeeds(seen.status):
        return
    broken = [violation for violation in seen.violations if not violation.lenient]
    if broken:
        first = broken[0]
        place = ".".join(map(str, first.where))
        handler = seen.operation.handler
        yield Fault(
            f"accepted a request that the docs forbid: {place}: {first.message}",
            status=seen.status,
            location=handler.location if handler is not None else None,
            documented=f"{place}: {first.keyword}",
            observed=f"{seen.status}",
        )


RULE = Rule(level=Level.ERROR, exchange=check)
