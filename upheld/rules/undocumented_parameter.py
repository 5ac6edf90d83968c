"""The code reads a query parameter, a header or a cookie that the docs do not mention, and the answer depends on it.

Why: nobody who reads the docs can use it, and nobody who sends it by chance knows what it does.
Bad:
    @app.get("/pets")
    def pets(request: Request) -> list[str]:
        return [] if request.query_params.get("hidden") == "yes" else ["Rex"]
Good:
    @app.get("/pets")
    def pets(hidden: str = "no") -> list[str]:
        return [] if hidden == "yes" else ["Rex"]
Source: OpenAPI 3.1.1, Parameter Object; it leaves Accept, Content-Type and Authorization to other parts.
"""

from collections.abc import Iterator

from upheld.model import Exchange, Fault, Level, Rule

_KINDS = {"query": "query parameter", "header": "header", "cookie": "cookie"}


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message for a name whose value changed the answer."""
    read = seen.seen.swayed
    if read is not None:
        documented = sorted(p.name for p in seen.operation.parameters if p.location == read.where)
        yield Fault(
            f"the {_KINDS[read.where]} {read.name!r} changes the answer; the docs do not mention it",
            location=read.location,
            documented=", ".join(documented),
            observed=read.name,
            compared=True,
        )


RULE = Rule(level=Level.WARNING, exchange=check)
