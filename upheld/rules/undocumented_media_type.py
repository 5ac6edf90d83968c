"""A content type that the documented response does not list.

Why: a client picks its parser by the documented media type.
Bad:
    @app.get("/report")
    def report(): return PlainTextResponse("date,sum")
Good:
    @app.get("/report", response_class=PlainTextResponse)
    def report(): return "date,sum"
Source: OpenAPI 3.1.1, Response Object, content; RFC 9110, 8.3.
"""

from collections.abc import Iterator

from upheld.media import documented_answer
from upheld.model import Exchange, Fault, Level, Rule


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message when the docs list media types for the status and the one sent is none of them."""
    response, sent, entry = documented_answer(seen)
    if response is None or entry is not None or not response.content or not sent or seen.seen.escaped is not None:
        return
    if seen.body or seen.request.method == "HEAD":
        listed = ", ".join(response.content)
        yield Fault(
            f"{seen.status} was answered as {sent}; the docs list {listed}",
            status=seen.status,
            location=seen.seen.composed,
            documented=listed,
            observed=sent,
        )


RULE = Rule(level=Level.ERROR, exchange=check)
