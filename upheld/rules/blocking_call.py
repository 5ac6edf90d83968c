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

from collections.abc import Iterator, Sequence

from upheld.model import ClaimKind, Exchange, Fault, Level, Operation, Reading, Rule


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message for each line that blocked the loop."""
    for blocking in seen.seen.blocking:
        yield Fault(
            f"{blocking.call} blocks the event loop, and with it every other request",
            location=blocking.location,
            observed=blocking.call,
            level=Level.NOTE if blocking.call == "open" else None,
        )


def check_read(_: Operation, reading: Reading, exchanges: Sequence[Exchange]) -> Iterator[Fault]:
    """Yield a warning for a call that some request is certain to come to, where none could show it.

    A request that got through speaks for the others: what it takes was sent as well, and nothing blocked there.
    """
    if any(200 <= seen.status < 400 for seen in exchanges):
        return
    shown = {(one.location.path, one.location.line) for seen in exchanges for one in seen.seen.blocking}
    for claim in reading.claims:
        place = (claim.location.path, claim.location.line)
        if claim.kind is ClaimKind.BLOCKS and claim.certain and place not in shown:
            yield Fault(
                f"{claim.what} blocks the event loop, and with it every other request",
                location=claim.location,
                observed=claim.what,
                level=Level.WARNING,
            )


RULE = Rule(level=Level.ERROR, exchange=check, operation=check_read)
