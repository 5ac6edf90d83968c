"""A documented example that its own schema rejects, or that the app refuses.

Why: an example is what readers copy first, and what mock servers and generated tests send.
Bad:
    class Pet(BaseModel):
        name: Annotated[str, Field(max_length=9, examples=["Bartholomew"])]
    @app.post("/pets")
    def add(pet: Pet): return pet
Good:
    class Pet(BaseModel):
        name: Annotated[str, Field(max_length=9, examples=["Rex"])]
    @app.post("/pets")
    def add(pet: Pet): return pet
Source: OpenAPI 3.1.1, Example Object and Working with Examples; JSON Schema Validation 2020-12, 9.5.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl

from upheld.media import is_json, media_type, parse_json
from upheld.model import Example, Exchange, Fault, Json, Level, Operation, Reading, Rule
from upheld.schema import Judge, Problem, UndecidedError


def check(operation: Operation, _: Reading, exchanges: Sequence[Exchange]) -> Iterator[Fault]:
    """Yield one message for each example that its schema rejects, and for each that was sent and refused."""
    refused = [seen for seen in exchanges if seen.violations == () and 400 <= seen.status < 500 and seen.seen.refusals]
    for example in operation.examples:
        fault = _rejected(example, Judge.of(operation.document)) or _refused(example, refused)
        if fault is not None:
            text = json.dumps(example.value, ensure_ascii=False, default=str)
            told = f"{_place(example)}: {text if len(text) <= 80 else f'{text[:79]}…'}"
            yield replace(fault, documented=told, example=example)


def _rejected(example: Example, judge: Judge) -> Fault | None:
    problems = [
        problem
        for problem in judge.problems(example.schema, example.value) or ()
        if not (problem.keyword == "required" and _is_one_sided(example, problem, judge))
    ]
    if not problems or (isinstance(example.value, str) and _fits_as_text(example, judge)):
        return None
    place, message = "/".join(map(str, problems[0].path)), problems[0].message
    level = Level.WARNING if all(problem.keyword == "format" for problem in problems) else None
    told = f"the example of {_place(example)} breaks its own schema: {f'{place}: ' if place else ''}{message}"
    return Fault(told, observed=problems[0].keyword, level=level)


def _fits_as_text(example: Example, judge: Judge) -> bool:
    """Return whether a text stands for the value as it is written: `"5"`, a body's JSON or XML as a text."""
    try:
        if example.media_type is not None and not is_json(media_type(example.media_type)):
            return "string" not in judge.types(example.schema)
        if example.media_type is not None:
            return bool(judge.valid(example.schema, json.loads(example.value)))
        if judge.types(example.schema) & {"array", "object"}:
            return True  # it depends on the style
        return bool(judge.valid(example.schema, judge.reading(example.value, example.schema)))
    except (ValueError, RecursionError):
        return False
    except UndecidedError:
        return True


def _is_one_sided(example: Example, problem: Problem, judge: Judge) -> bool:
    """Return whether what is missing is there in answers alone, or in requests alone."""
    resolved = judge.resolve(judge.within(example.schema, problem.path))
    named = resolved.get("properties") if isinstance(resolved, Mapping) else None
    missing = [judge.resolve(part) for name, part in (named or {}).items() if f'"{name}"' in problem.message]
    return any(isinstance(part, Mapping) and (part.get("readOnly") or part.get("writeOnly")) for part in missing)


def _refused(example: Example, refused: Sequence[Exchange]) -> Fault | None:
    """Return a fault where validation refused a request for the very part that was sent as the example has it."""
    depth = len(example.where)
    for seen in refused:
        own = [one for one in seen.seen.refusals if one.where[:depth] == example.where and not one.bare]
        if own and _sent(example.where, seen) == example.value:
            told = f"the example of {_place(example)} is refused: {own[0].message}"
            return Fault(told, observed=f"{seen.status}: {own[0].message}", exchange=seen)
    return None


def _sent(where: tuple[str | int, ...], seen: Exchange) -> Json:
    if where[0] == "query":
        return dict(parse_qsl(seen.request.target.partition("?")[2], keep_blank_values=True)).get(str(where[1]))
    try:
        value: Json = parse_json(seen.request.body or b"") if where[0] == "body" else {}
        for step in where[1:]:
            value = value[step]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return value


def _place(example: Example) -> str:
    return ".".join(map(str, example.where)) + (f" ({example.name})" if example.name else "")


RULE = Rule(level=Level.ERROR, operation=check)
