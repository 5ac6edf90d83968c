"""Requests in which every member is at an end of its range, or the next value of its list.

What answers hold of a thing that was created so is as small, as long or as rare as the docs say it may be.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from upheld.drive.shape import Shape, body_schema, take_apart
from upheld.model import Json, Operation, Request, Schema
from upheld.pattern import sized
from upheld.schema import Judge

_LISTED_MOST = 6
_LENGTH_MOST = 2000
_ITEMS_MOST = 12
_DEEPEST = 6
_FORMATS = {"date": ("0001-01-01", "9999-12-31")}

Pick = Callable[[Mapping[str, Json], Json], Json]
"""Takes a schema that holds no other and the value that stands there, returns another."""


def extremes(request: Request, operation: Operation, judge: Judge) -> Iterator[Request]:
    """Yield a request with all members at their least, at their greatest, then at each value of those that list some.

    None comes twice, and none that is the request itself.
    """
    shape = take_apart(request, operation)
    if shape is None:
        return
    known = {shape.built()}
    turns = [lambda schema, old, turn=turn: _turn(schema, old, turn) for turn in range(_LISTED_MOST)]
    for pick in (_least, _greatest, *turns):
        made = _changed(shape, operation, judge, pick)
        if made not in known:
            known.add(made)
            yield made


def _changed(shape: Shape, operation: Operation, judge: Judge, pick: Pick) -> Request:
    for parameter in operation.parameters:
        old = dict(shape.pairs(parameter.location)).get(parameter.name) if parameter.location != "path" else None
        if parameter.location in ("query", "header", "cookie"):
            new = _made(parameter.schema, old, judge, pick, 0)
            if new != old and isinstance(new, str | int | float):
                name = parameter.name.lower() if parameter.location == "header" else parameter.name
                shape = shape.with_pair(parameter.location, name, new if isinstance(new, str) else json.dumps(new))
    schema = body_schema(operation)
    if shape.has_json:
        shape = shape.with_member((), _made(schema, shape.body, judge, pick, 0))
    elif shape.form:
        parts = []
        for part in shape.form:
            new = _made(judge.member(schema, part.name), part.data, judge, pick, 0)
            parts.append(replace(part, data=new if isinstance(new, str) else json.dumps(new)))
        shape = shape.with_parts(parts)
    return shape.built()


def _made(schema: Schema, old: Json, judge: Judge, pick: Pick, depth: int) -> Json:
    """Return a value with what `pick` makes of its innermost members; a member that may be left out is put in."""
    schema = judge.resolve(schema)
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return old
    for key in ("anyOf", "oneOf"):
        parts = [part for part in schema.get(key) or () if judge.types(part) != {"null"}]
        if parts:
            fitting = next((part for part in parts if judge.valid(part, old)), parts[0])
            return _made(fitting, old, judge, pick, depth)
    if schema.get("properties"):
        known = old if isinstance(old, dict) else {}
        made = {
            name: _made(part, known.get(name), judge, pick, depth + 1) for name, part in schema["properties"].items()
        }
        required = schema.get("required") or ()
        return {**known, **{name: value for name, value in made.items() if value is not None or name in required}}
    if judge.types(schema) == {"array"}:
        return _list(schema, old if isinstance(old, list) else [], judge, pick, depth)
    return pick(schema, old)


def _list(schema: Mapping[str, Json], old: list[Json], judge: Judge, pick: Pick, depth: int) -> list[Json]:
    wanted = pick(schema, len(old))
    if schema.get("uniqueItems") or not isinstance(wanted, int) or wanted > _ITEMS_MOST:
        wanted = len(old)
    items = [old[index % len(old)] if old else None for index in range(wanted)]
    return [_made(judge.member(schema, index), item, judge, pick, depth + 1) for index, item in enumerate(items)]


def _least(schema: Mapping[str, Json], old: Json) -> Json:
    if "minItems" in schema or "maxItems" in schema:
        return schema.get("minItems", 0)
    if "minLength" in schema or "maxLength" in schema:
        return _text(schema, old, schema.get("minLength", 0))
    limit = schema.get("exclusiveMinimum")
    return _end(schema, old, schema.get("minimum", limit + 1 if isinstance(limit, int) else None), 0)


def _greatest(schema: Mapping[str, Json], old: Json) -> Json:
    if "maxItems" in schema:
        return schema["maxItems"]
    if "maxLength" in schema:
        return _text(schema, old, schema["maxLength"])
    limit = schema.get("exclusiveMaximum")
    return _end(schema, old, schema.get("maximum", limit - 1 if isinstance(limit, int) else None), -1)


def _text(schema: Mapping[str, Json], old: Json, length: Json) -> Json:
    """Return a text of a length; the old one where it may not be any."""
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and isinstance(old, str) and isinstance(length, int):
        return sized(pattern, old, length) or old
    free = schema.keys().isdisjoint({"pattern", "format", "enum", "const"})
    return "a" * length if free and isinstance(length, int) and length <= _LENGTH_MOST else old


def _end(schema: Mapping[str, Json], old: Json, bound: Json, position: int) -> Json:
    """Return a bound, or the first or last value of a list or of a format's; the old value where there is none."""
    listed = schema.get("enum") or _FORMATS.get(str(schema.get("format")))
    if schema.get("type") == "integer" and isinstance(bound, float) and bound.is_integer():
        bound = int(bound)  # Pydantic writes large bounds as floats, and takes none for an integer
    return listed[position] if listed else old if bound is None else bound


def _turn(schema: Mapping[str, Json], old: Json, turn: int) -> Json:
    values = schema.get("enum") or ([False, True] if schema.get("type") == "boolean" else [old])
    return values[turn % len(values)]
