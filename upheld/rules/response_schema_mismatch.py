"""A body that the documented schema of its status and media type rejects.

Why: a generated client parses what the schema promises, and fails on anything else.
Bad:
    @app.get("/pets/{id}", response_model=Pet)
    def pet(id: int): return JSONResponse({"nmae": "Rex"})
Good:
    @app.get("/pets/{id}", response_model=Pet)
    def pet(id: int): return Pet(name="Rex")
Source: OpenAPI 3.1.1, Media Type Object; JSON Schema 2020-12, formats asserted.
"""

from collections.abc import Iterator, Mapping

from upheld.media import documented_answer, items, single
from upheld.model import Exchange, Fault, Json, Level, MediaType, Rule
from upheld.schema import Judge, Problem, by_leaf

_JSON = "application/json"
_DECIMAL = "^(?!^[-+.]*$)"
_URL_MOST = 2083
"""The bound of Pydantic's `HttpUrl`, which a slash that it adds goes past (networks.py)."""
_WRITTEN_BY_PYDANTIC = frozenset({"date-time", "time", "duration", "date"})


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message for a body, or the first item of a stream, that its schema rejects."""
    response, sent, entry = documented_answer(seen)
    if response is None or seen.request.method == "HEAD" or seen.seen.escaped is not None or not response.content:
        return
    if entry is None:
        if not seen.body and seen.header("content-type") is None and seen.complete and _asks_for_body(response.content):
            yield _fault(seen, "an empty body", ", ".join(response.content), Level.ERROR)
        return
    for value, schema in _values(seen, sent, entry):
        problems = Judge.of(seen.operation.document).problems(schema, value, spared="writeOnly")
        if problems:
            level = _level(seen, problems)
            for leaf, part in (by_leaf(problems) if level is not Level.ERROR else {"": problems}).items():
                yield _fault(seen, _words(part), _expected(part[0]), level, leaf)
            return


def _asks_for_body(content: Mapping[str, MediaType]) -> bool:
    return any(entry.schema not in (None, {}, True) for entry in content.values())


def _values(seen: Exchange, sent: str, entry: MediaType) -> Iterator[tuple[Json, Json]]:
    """Yield what is to be judged, with its schema."""
    if entry.item_schema is not None:
        judge = Judge.of(seen.operation.document)
        for item in items(seen.body, sent, whole=seen.complete):
            yield item, entry.item_schema
            for member, text in item.items() if isinstance(item, dict) else ():
                # An event's data is a text that holds JSON; what the JSON is stands beside it (`contentSchema`).
                described = judge.member(entry.item_schema, member)
                if isinstance(described, Mapping) and "contentSchema" in described and isinstance(text, str):
                    yield from ((value, described["contentSchema"]) for value in single(text.encode(), _JSON))
    elif entry.schema is not None and seen.complete and not seen.cut:
        for value in single(seen.body, sent):
            yield value, entry.schema


def _words(problems: tuple[Problem, ...]) -> str:
    first = problems[0]
    place = "/".join(map(str, first.path))
    more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
    return f"{place}: {first.message}{more}" if place else f"{first.message}{more}"


def _expected(problem: Problem) -> str:
    return f"{problem.keyword} {problem.expected}" if problem.expected is not None else problem.keyword


def _level(seen: Exchange, problems: tuple[Problem, ...]) -> Level:
    """Tell what Pydantic wrote and its own documented format refuses (a naive datetime) from what the author wrote."""
    inside = seen.seen
    by_pydantic = inside.built is None and inside.raised is None and seen.operation.generated is not None
    if by_pydantic and all(p.keyword == "format" and p.expected in _WRITTEN_BY_PYDANTIC for p in problems):
        return Level.WARNING
    if by_pydantic and all(p.keyword == "pattern" and str(p.expected).startswith(_DECIMAL) for p in problems):
        return Level.NOTE  # `1E+3`: Pydantic writes decimals that its own documented pattern refuses
    if by_pydantic and all(p.keyword == "maxLength" and p.expected == _URL_MOST for p in problems):
        return Level.NOTE
    return Level.ERROR


def _fault(seen: Exchange, observed: str, documented: str, level: Level, leaf: str = "") -> Fault:
    return Fault(
        f"the body of {seen.status} breaks its schema: {observed}",
        status=seen.status,
        location=seen.seen.composed,
        documented=documented,
        observed=observed,
        level=level,
        leaf=leaf,
    )


RULE = Rule(level=Level.ERROR, exchange=check)
