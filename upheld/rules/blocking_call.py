"""A call that blocks was made on the event loop: it slept, connected, started a program or asked a database.

Why: while one request waits there, the server answers nobody else. FastAPI runs a `def` endpoint in a thread, where
the same call harms no one. Reading a local file is a note.
Bad:
    @app.get("/report")
    async def report(): time.sleep(0.1)
Good:
    @app.get("/report")
    def report(): time.sleep(0.1)
Source: FastAPI, "Concurrency and async / await"; Python, "Developing with asyncio", Running Blocking Code.
"""

from collections.abc import Iterator

from upheld.model import Exchange, Fault, Level, Rule


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message for each line that blocked the loop."""
    for blocking in seen.seen.blocking:
        yield Fault(
            f"{blocking.call} blocks the event loop, and with it every other request",
            location=blocking.location,
            observed=blocking.call,
            level=Level.NOTE if blocking.call == "open" else None,
        )


RULE = Rule(level=Level.ERROR, exchange=check)
