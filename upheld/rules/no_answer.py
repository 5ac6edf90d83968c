"""No answer came within the time limit, or one began and never ended.

Why: a client waits until its own timeout, and one such answer in an `async def` stops all the others.
Bad:
    @app.get("/report")
    async def report(): return await queue.get()
Good:
    @app.get("/report", responses={503: {"model": Problem}})
    async def report():
        try: return await asyncio.wait_for(queue.get(), timeout=0.2)
        except TimeoutError: raise HTTPException(503)
Source: RFC 9110, 15.5.9 and 15.6.5; `time_limit_s` of the settings.
"""

from collections.abc import Iterator

from upheld.media import STREAMS, media_type
from upheld.model import Exchange, Fault, Level, Rule


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message when the time limit passed first, and the answer is not documented as a stream."""
    if not seen.timed_out or (seen.status and _is_stream(seen)):
        return
    what = f"{seen.status} was begun and its body did not end" if seen.status else "no answer came"
    yield Fault(
        f"{what} within the time limit",
        location=seen.seen.stuck,
        documented=", ".join(sorted(seen.operation.documented)),
        observed=what,
    )


def _is_stream(seen: Exchange) -> bool:
    response = seen.operation.response(seen.status)
    sent = media_type(seen.header("content-type"))
    if response is None or sent not in map(media_type, response.content):
        return False
    return sent in STREAMS or any(entry.item_schema is not None for entry in response.content.values())


RULE = Rule(level=Level.ERROR, exchange=check)
