"""A body member that its object schema does not name: the leak nobody documented.

Why: what is not documented is not reviewed, and password hashes leave this way.
Bad:
    @app.get("/me", response_model=User)
    def me(): return JSONResponse({"name": "Ada", "password_hash": "..."})
Good:
    @app.get("/me", response_model=User)
    def me(): return {"name": "Ada", "password_hash": "..."}
Source: OWASP API Security Top 10 2023, API3; JSON Schema 2020-12, additionalProperties.
"""

from collections.abc import Iterator

from upheld.media import documented_media, items, media_type
from upheld.model import Exchange, Fault, Level, MediaType, Rule
from upheld.schema import Judge


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message with the members that the schema neither names, forbids nor declares as extra."""
    response = seen.operation.response(seen.status) if seen.status else None
    if response is None or not seen.complete or seen.cut or seen.seen.escaped is not None:
        return
    sent = media_type(seen.header("content-type"))
    entry = documented_media(response.content, sent)
    if entry is None or entry.schema is None:
        return
    judge = Judge.of(seen.operation.document)
    if listed := ", ".join(_extra(judge, entry, seen.body, sent)):
        yield Fault(
            f"the body of {seen.status} has undocumented members: {listed}",
            status=seen.status,
            location=seen.seen.composed,
            documented="not named",
            observed=listed,
        )


def _extra(judge: Judge, entry: MediaType, body: bytes, sent: str) -> list[str]:
    if entry.schema is None:
        return []
    values = items(body, sent, whole=True, single=True)
    return sorted({_name(path) for value in values for path in judge.extra_members(entry.schema, value)})


def _name(path: tuple[str | int, ...]) -> str:
    return ".".join("[]" if isinstance(step, int) else step for step in path).replace(".[]", "[]")


RULE = Rule(level=Level.WARNING, exchange=check)
