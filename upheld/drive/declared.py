"""Requests at the ends of what the code declares, and just past them, where the docs were edited to say otherwise."""

import itertools
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

from upheld.drive.sample import sample
from upheld.drive.shape import Shape, body_schema, members, take_apart
from upheld.model import Json, Operation, Request, Schema
from upheld.multipart import Part
from upheld.pattern import matching, sized
from upheld.schema import Judge

_LISTED_MOST = 8
_LENGTH_MOST = 2000
_WORDS_MOST = 20
_DEEPEST = 6
_SAMPLES = 3
"""How many objects are made for each part of a union."""
_BOUNDS = (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"))


def declared(request: Request, operation: Operation, judge: Judge) -> Iterator[Request]:
    """Yield a request with one member at a time as the types allow or forbid it, and the docs may not."""
    generated = operation.generated
    shape = take_apart(request, operation)
    if generated is None or shape is None:
        return
    if generated.parameters is not operation.parameters:
        yield from _of_parameters(operation, generated, shape, judge)
    if generated.body is None and shape.has_json:
        yield from _by_hand(operation, shape, judge)
    if generated.body is not operation.body:
        yield from _of_body(operation, generated, shape, judge)


def _of_parameters(operation: Operation, generated: Operation, shape: Shape, judge: Judge) -> Iterator[Request]:
    documented = {(p.location, p.name): p.schema for p in operation.parameters}
    for parameter in generated.parameters:
        where = parameter.location, parameter.name
        if where in documented and documented[where] != parameter.schema:
            for value in _values(parameter.schema, None, judge):
                if isinstance(value, str | int | float):
                    yield _with(shape, where, value if isinstance(value, str) else json.dumps(value)).built()


def _of_body(operation: Operation, generated: Operation, shape: Shape, judge: Judge) -> Iterator[Request]:
    differing = _differing(body_schema(operation), body_schema(generated), judge, (), 0)
    if shape.has_json:
        mine = dict(members(shape.body))
        for path, schema in differing:
            for value in _values(schema, mine.get(path, shape.body if not path else None), judge):
                yield shape.with_member(path, value).built()
    elif shape.form:
        for path, schema in differing:
            if len(path) == 1:
                yield from _with_parts(shape, str(path[0]), schema, judge)


def _with(shape: Shape, where: tuple[str, str], text: str) -> Shape:
    location, name = where
    if location == "path":
        return shape.with_path(name, text)
    return shape.with_pair(location, name.lower() if location == "header" else name, text)


def _by_hand(operation: Operation, shape: Shape, judge: Judge) -> Iterator[Request]:
    """Yield a request with each text of a handler that reads the body itself, where the docs list what there may be."""
    code = getattr(operation.handler and operation.handler.function, "__code__", None)
    constants = code.co_consts if code is not None else ()
    parts = [part for constant in constants for part in (constant if isinstance(constant, tuple) else (constant,))]
    words = [part for part in dict.fromkeys(parts) if isinstance(part, str)][:_WORDS_MOST]
    for path, _ in members(shape.body):
        listed = judge.resolve(judge.within(body_schema(operation), path))
        if isinstance(listed, Mapping) and not listed.keys().isdisjoint({"enum", "const"}):
            yield from (shape.with_member(path, word).built() for word in words)


def _with_parts(shape: Shape, name: str, schema: Schema, judge: Judge) -> Iterator[Request]:
    same = next((part for part in shape.form if part.name == name), Part(name=name, data=""))
    others = [part for part in shape.form if part.name != name]
    for value in _values(schema, same.data, judge):
        if isinstance(value, str | int | float):
            text = value if isinstance(value, str) else json.dumps(value)
            yield shape.with_parts([*others, replace(same, data=text)]).built()


def _differing(
    mine: Schema, theirs: Schema, judge: Judge, path: tuple[str | int, ...], depth: int
) -> Iterator[tuple[tuple[str | int, ...], Schema]]:
    """Yield the innermost places at which two schemas differ, with what the second says there."""
    mine, theirs = judge.resolve(mine), judge.resolve(theirs)
    if mine == theirs or not isinstance(theirs, Mapping) or depth > _DEEPEST:
        return
    steps: list[str | int] = [*(theirs.get("properties") or {}), *([0] if "items" in theirs else [])]
    inner = [
        found
        for step in steps
        for found in _differing(judge.member(mine, step), judge.member(theirs, step), judge, (*path, step), depth + 1)
    ]
    yield from inner
    if not inner or not steps or "items" in theirs:
        yield path, theirs


def _values(schema: Schema, old: Json, judge: Judge) -> Iterator[Json]:
    """Yield the values that a schema lists, or those at its bounds and just past them."""
    schema = judge.resolve(schema)
    if not isinstance(schema, Mapping):
        return
    for part in (*(schema.get("anyOf") or ()), *(schema.get("oneOf") or ())):
        yield from _values(part, old, judge)
        if judge.types(part) == {"object"}:
            chance = random.Random(0)
            yield from (sample(part, judge, chance) for _ in range(_SAMPLES))
    yield from (schema.get("enum") or ([schema["const"]] if "const" in schema else []))[:_LISTED_MOST]
    for least, greatest in _BOUNDS:
        for key, step in ((least, -1), (greatest, 1)):
            bound = schema.get(key, schema.get(f"exclusive{key.capitalize()}"))
            if isinstance(bound, int | float) and not isinstance(bound, bool):
                for value in (bound, bound + step, bound - step):
                    yield from _of_size(schema, key, value, old)


def _of_size(schema: Mapping[str, Json], key: str, size: Json, old: Json) -> Iterator[Json]:
    if "imum" in key:
        yield size
    elif not isinstance(size, int) or not 0 <= size <= _LENGTH_MOST:
        return
    elif "Length" in key:
        if schema.keys().isdisjoint({"pattern", "format", "enum"}):
            yield "a" * size
        elif isinstance(pattern := schema.get("pattern"), str):
            chance = random.Random(0)
            made = (matching(pattern, chance) for _ in range(_SAMPLES))
            text = next((text for text in (old, *made) if isinstance(text, str) and text), "")
            other = sized(pattern, text, size)
            yield from [other] if other is not None else []
    elif isinstance(old, list) and old:
        yield list(itertools.islice(itertools.cycle(old), size))
