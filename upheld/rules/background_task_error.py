"""A background task, or what a dependency does after its `yield`, raised when the answer was complete.

Why: the client was told that all is well, and nobody is told that it is not.
Bad:
    def notify(address: str): raise ConnectionError(address)
    @app.post("/orders")
    def order(tasks: BackgroundTasks): tasks.add_task(notify, "ada@example.org")
Good:
    failed = []
    def notify(address: str):
        try: raise ConnectionError(address)
        except ConnectionError: failed.append(address)
    @app.post("/orders")
    def order(tasks: BackgroundTasks): tasks.add_task(notify, "ada@example.org")
Source: Starlette, "Background Tasks"; FastAPI, "Dependencies with yield".
"""

from collections.abc import Iterator

from upheld.model import Exchange, Fault, Level, Rule


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message for an exception that left the app when its answer was complete."""
    late = seen.seen.late
    if late is not None:
        told = f"{late.kind}: {late.message}" if late.message else late.kind
        yield Fault(f"raised {told}, after the {seen.status} was complete", location=late.location, observed=told)


RULE = Rule(level=Level.ERROR, exchange=check)
