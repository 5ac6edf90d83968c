"""A database connection was taken from its pool for a request, and was still out when all was over.

Why: a pool has few of them; once the last one is out, every request waits and fails.
Bad:
    from sqlalchemy import StaticPool, create_engine
    engine = create_engine("sqlite://", poolclass=StaticPool)
    kept = []
    @app.get("/pets")
    def pets(): kept.append(engine.connect())
Good:
    from sqlalchemy import StaticPool, create_engine
    engine = create_engine("sqlite://", poolclass=StaticPool)
    @app.get("/pets")
    def pets():
        with engine.connect(): pass
Source: SQLAlchemy, "Connection Pooling"; FastAPI, "Dependencies with yield".
"""

from collections.abc import Iterator

from upheld.model import Exchange, Fault, Level, Rule


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message for each line whose connections stay out."""
    for location in seen.seen.leaked:
        yield Fault(
            "took a database connection and did not give it back, nor did an earlier request",
            location=location,
            observed="a connection that is still out",
        )


RULE = Rule(level=Level.ERROR, exchange=check)
