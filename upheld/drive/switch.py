"""Switches: members of few values, such as a maintenance mode, that may change what the whole app does."""

import json
from collections.abc import Iterable, Iterator

from upheld.drive.documented import formats, properties, required
from upheld.drive.seen import plain_name
from upheld.drive.shape import Shape, body_schema, take_apart
from upheld.drive.wrong import MADE_UP
from upheld.model import Json, Operation, Request, Schema
from upheld.schema import Judge

_VALUES_MOST = 5
_DAYS = {"date": "", "date-time": "T12:00:00Z"}
"""What a member of each format has after its day."""
_BOOLEAN = ({"boolean"}, {"boolean", "null"})


def switches(request: Request, operation: Operation, judge: Judge, *, absent: bool = False) -> Iterator[Request]:
    """Yield a request with every value of each parameter and body member that has few, its own one last.

    With `absent`, of members that it does not have as well.
    """
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
    if shape.has_object:
        for name, last in {**(_properties(operation, judge, shape) if absent else {}), **shape.body}.items():
            for value in _values(judge.member(body_schema(operation), name), last, judge):
                yield shape.with_member((name,), value).built()


def worded(request: Request, operation: Operation, judge: Judge, words: Iterable[tuple[str, str]]) -> Iterator[Request]:
    """Yield a request with each of several words in the parameter or body member of its name, where that may be."""
    shape = take_apart(request, operation)
    if shape is None:
        return
    schema = body_schema(operation)
    body = shape.body if shape.has_object else {}
    documented = _properties(operation, judge, shape)
    for name, word in words:
        for parameter in operation.parameters:
            if plain_name(parameter.name) == plain_name(name) and judge.valid(parameter.schema, word):
                if parameter.location == "path":
                    yield shape.with_path(parameter.name, word).built()
                elif parameter.location == "query":
                    yield shape.with_query(parameter.name, word).built()
        for member in {**documented, **body}:
            if plain_name(member) == plain_name(name) and judge.valid(judge.member(schema, member), word):
                yield shape.with_member((member,), word).built()


def flagged(request: Request, operation: Operation, judge: Judge) -> Request:
    """Return a request in which every member of its body that may be true is, and every day is one to come."""
    shape = take_apart(request, operation)
    days = (f"2030-06-{day}" for day in range(15, 31))  # one after the other, as `start` and `end` are
    for name in _properties(operation, judge, shape):
        schema = judge.member(body_schema(operation), name)
        value: Json = judge.types(schema) in _BOOLEAN
        if not value and (form := next(iter(formats(schema, judge)), "")) in _DAYS:
            value = next(days, "2030-06-30") + _DAYS[form]
        if shape is not None and value:
            shape = shape.with_member((name,), value)
    return shape.built() if shape is not None else request


def told(request: Request, operation: Operation, judge: Judge) -> Request:
    """Return a request without empty texts in its query and its body, where the docs allow others: they say nothing."""
    shape = take_apart(request, operation)
    if shape is None:
        return request
    for parameter in operation.parameters:
        is_empty = parameter.location == "query" and dict(shape.query).get(parameter.name) == ""
        if is_empty and judge.valid(parameter.schema, MADE_UP):
            shape = shape.with_query(parameter.name, MADE_UP)
    for name, value in list(shape.body.items()) if shape.has_object else ():
        if value == "" and judge.valid(judge.member(body_schema(operation), name), MADE_UP):
            shape = shape.with_member((name,), MADE_UP)
    return shape.built()


def plainest(request: Request, operation: Operation, judge: Judge) -> Request:
    """Return a request with no other members in its body than those that the docs require."""
    shape = take_apart(request, operation)
    if shape is None or not shape.has_object or body_schema(operation) is True:
        return request
    kept = required(operation, judge)
    return shape.with_member((), {name: value for name, value in shape.body.items() if name in kept}).built()


def agreed(request: Request, operation: Operation, judge: Judge, other: Request, user: Operation) -> Request:
    """Return a request that says the same as another operation's where both have a member of one name."""
    shape, theirs = take_apart(request, operation), take_apart(other, user)
    if shape is None or theirs is None:
        return request
    said: dict[str, Json] = {plain_name(name): value for name, value in theirs.query}
    said |= {plain_name(name): value for name, value in (theirs.body.items() if theirs.has_object else ())}
    for parameter in operation.parameters:
        value = said.get(plain_name(parameter.name))
        if parameter.location == "query" and value is not None and judge.valid(parameter.schema, value):
            shape = shape.with_query(parameter.name, _text(value))
    for name in shape.body if shape.has_object else ():
        value = said.get(plain_name(name))
        if value is not None and judge.valid(judge.member(body_schema(operation), name), value):
            shape = shape.with_member((name,), value)
    return shape.built()


def _properties(operation: Operation, judge: Judge, shape: Shape | None) -> dict[str, Json]:
    """Return the documented members of a body, where a request has one of JSON."""
    return dict.fromkeys(properties(operation, judge)) if shape is not None and shape.has_object else {}


def _values(schema: Schema, last: Json, judge: Judge) -> list[Json]:
    resolved = judge.resolve(schema)
    values: list[Json] = [False, True] if judge.types(schema) in _BOOLEAN else []
    if isinstance(resolved, dict) and isinstance(resolved.get("enum"), list):
        values = resolved["enum"]
    few = 1 < len(values) <= _VALUES_MOST
    return sorted(values, key=lambda value: last in (value, _text(value))) if few else []


def _text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)
