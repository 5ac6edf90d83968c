"""Switches: members of few values, such as a maintenance mode, that may change what the whole app does."""

import json
from collections.abc import Iterable, Iterator

from upheld.drive.seen import plain_name
from upheld.drive.shape import body_schema, take_apart
from upheld.model import Json, Operation, Request, Schema
from upheld.schema import Judge

_VALUES_MOST = 5


def switches(request: Request, operation: Operation, judge: Judge) -> Iterator[Request]:
    """Yield a request with every value of each parameter and body member that has few, its own one last."""
    shape = take_apart(request, operation)
    if shape is None:
        return
    for parameter in operation.parameters:
        if parameter.location == "path":
            for value in _values(parameter.schema, dict(shape.path).get(parameter.name), judge):
                yield shape.with_path(parameter.name, _text(value)).built()
        if parameter.location == "query":
            for value in _values(parameter.schema, dict(shape.query).get(parameter.name), judge):
                yield shape.with_query(parameter.name, _text(value)).built()
    if shape.has_json and isinstance(shape.body, dict):
        for name, last in shape.body.items():
            for value in _values(judge.member(body_schema(operation), name), last, judge):
                yield shape.with_member((name,), value).built()


def worded(request: Request, operation: Operation, judge: Judge, words: Iterable[tuple[str, str]]) -> Iterator[Request]:
    """Yield a request with each of several words in the parameter or body member of its name, where that may be."""
    shape = take_apart(request, operation)
    if shape is None:
        return
    schema = body_schema(operation)
    named = judge.resolve(schema)
    body = shape.body if shape.has_json and isinstance(shape.body, dict) else None
    documented = named.get("properties") if isinstance(named, dict) and body is not None else None
    for name, word in words:
        for parameter in operation.parameters:
            if plain_name(parameter.name) == plain_name(name) and judge.valid(parameter.schema, word):
                if parameter.location == "path":
                    yield shape.with_path(parameter.name, word).built()
                elif parameter.location == "query":
                    yield shape.with_query(parameter.name, word).built()
        for member in {**(documented or {}), **(body or {})}:
            if plain_name(member) == plain_name(name) and judge.valid(judge.member(schema, member), word):
                yield shape.with_member((member,), word).built()


def _values(schema: Schema, last: Json, judge: Judge) -> list[Json]:
    resolved = judge.resolve(schema)
    values: list[Json] = [False, True] if judge.types(schema) == {"boolean"} else []
    if isinstance(resolved, dict) and isinstance(resolved.get("enum"), list):
        values = resolved["enum"]
    few = 1 < len(values) <= _VALUES_MOST
    return sorted(values, key=lambda value: last in (value, _text(value))) if few else []


def _text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)
