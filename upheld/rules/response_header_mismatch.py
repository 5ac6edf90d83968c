"""A documented response header is missing though required, or its value breaks its schema.

Why: clients page, cache and retry by headers, and generated ones read them as the documented type.
Bad:
    @app.get("/pets", responses={200: {"headers": {"X-Total": {"schema": {"type": "integer"}}}}})
    def pets(response: Response): response.headers["X-Total"] = "many"
Good:
    @app.get("/pets", responses={200: {"headers": {"X-Total": {"schema": {"type": "integer"}}}}})
    def pets(response: Response): response.headers["X-Total"] = "3"
Source: OpenAPI 3.1.1, Header Object.
"""

from collections.abc import Iterator

from upheld.model import Exchange, Fault, Header, Json, Level, Rule
from upheld.schema import Judge, UndecidedError


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message for each documented header that is missing or wrong."""
    response = seen.operation.response(seen.status) if seen.status else None
    if response is None or seen.seen.escaped is not None:
        return
    judge = Judge.of(seen.operation.document)
    for name, header in response.headers.items():
        texts = [value for key, value in seen.headers if key == name.lower()]
        if name.lower() == "content-type":
            continue  # OpenAPI ignores it here: `content` describes it
        if not texts:
            if header.required:
                yield _fault(seen, name, "is missing", "a required header")
            continue
        try:
            problems = judge.problems(header.schema, _value(texts, header, judge))
        except UndecidedError:
            continue
        if problems:
            yield _fault(seen, name, f"breaks its schema: {problems[0].message}", problems[0].keyword)


def _value(texts: list[str], header: Header, judge: Judge) -> Json:
    types = judge.types(header.schema)
    if "array" in types:
        schema = judge.resolve(header.schema)
        items = schema.get("items", True) if isinstance(schema, dict) else True
        return [judge.reading(part.strip(), items) for text in texts for part in text.split(",")]
    if "object" in types and "string" not in types:
        raise UndecidedError
    return judge.reading(texts[-1], header.schema)


def _fault(seen: Exchange, name: str, what: str, documented: str) -> Fault:
    return Fault(
        f"header {name} of {seen.status} {what}",
        status=seen.status,
        location=seen.seen.header_lines.get(name.lower()) or seen.seen.composed,
        documented=documented,
        observed=what,
        name=name,
    )


RULE = Rule(level=Level.ERROR, exchange=check)
