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

from upheld.media import documented_answer, single
from upheld.model import Exchange, Fault, Level, Rule, Schema
from upheld.schema import Judge


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message with the members that the schema neither names, forbids nor declares as extra."""
    _, sent, entry = documented_answer(seen)
    if entry is None or entry.schema is None or not seen.complete or seen.cut or seen.seen.escaped is not None:
        return
    if listed := ", ".join(_extra(Judge.of(seen.operation.document), entry.schema, seen.body, sent)):
        yield Fault(
            f"the body of {seen.status} has undocumented members: {listed}",
            status=seen.status,
            location=seen.seen.composed,
            documented="not named",
            observed=listed,
        )


def _extra(judge: Judge, schema: Schema, body: bytes, sent: str) -> list[str]:
    return sorted({_name(path) for value in single(body, sent) for path in judge.extra_members(schema, value)})


def _name(path: tuple[str | int, ...]) -> str:
    return ".".join("[]" if isinstance(step, int) else step for step in path).replace(".[]", "[]")


RULE = Rule(level=Level.WARNING, exchange=check)
