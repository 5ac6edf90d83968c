"""Requests in which every member is at an end of its range, or the next value of its list; full ones, and deep ones.

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
_ITEMS_MOST = 60
_FILLED = 12
"""How many items a list gets that may have any number."""
_DEPTHS = (3, 6, 12, 30)
"""How deep a thing is put into others of its kind."""
_FULL_TURNS = 3
_LOOKED_AT = 200
_DEEPEST = 6
_FORMATS = {"date": ("0001-01-01", "9999-12-31")}

Pick = Callable[[Mapping[str, Json], Json], Json]
"""Takes a schema that holds no other and the value that stands there, returns another."""


def extremes(request: Request, operation: Operation, judge: Judge) -> Iterator[Request]:
    """Yield a request with all members at their least, at their greatest, then at each value of those that list some.

    Then with full lists of what is at its greatest, and with things inside of others of their kind. None comes twice,
    and none that is the request itself.
    """
    shape = take_apart(request, operation)
    if shape is None:
        return
    known = {shape.built()}
    turns = [lambda schema, old, turn=turn: _turn(schema, old, turn) for turn in range(_LISTED_MOST)]
    lists = shape.has_json and any(0 in path for path, _ in _within(body_schema(operation), judge))
    full = [lambda schema, old, turn=turn: _full(schema, old, turn) for turn in range(_FULL_TURNS if lists else 0)]
    changed = (_changed(shape, operation, judge, pick) for pick in (_least, _greatest, *turns, *full))
    for made in (*changed, *_deep(shape, operation, judge)):
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


def _full(schema: Mapping[str, Json], old: Json, turn: int) -> Json:
    if schema.get("type") == "array":
        return min(schema.get("maxItems", _FILLED), _ITEMS_MOST)
    if "enum" in schema or schema.get("type") == "boolean":
        return _turn(schema, old, turn)
    return _greatest(schema, old) if schema.get("type") in ("integer", "number") else old


def _deep(shape: Shape, operation: Operation, judge: Judge) -> Iterator[Request]:
    """Yield a request whose body is put into another of its kind, and that into another."""
    schema = judge.resolve(body_schema(operation))
    path = _to_itself(schema, judge) if shape.has_json else None
    if path is None:
        return
    least = _made(schema, shape.body, judge, _least, 0)
    for depth in _DEPTHS:
        body = least
        for _ in range(depth):
            body = _placed(least, path, body)
        yield shape.with_member((), body).built()


def _to_itself(schema: Schema, judge: Judge) -> tuple[str | int, ...] | None:
    """Return the path from a schema to the next one of its kind, the shortest; `None` where there is none."""
    return next((path for path, found in _within(schema, judge) if path and found is schema), None)


def _within(schema: Schema, judge: Judge) -> Iterator[tuple[tuple[str | int, ...], Schema]]:
    """Yield a schema and those of its members and items, with the paths to them, outer ones first."""
    waiting: list[tuple[tuple[str | int, ...], Schema]] = [((), schema)]
    for path, described in waiting:  # which grows meanwhile
        found = judge.resolve(described)
        yield path, found
        if not isinstance(found, dict) or len(path) > _DEEPEST or len(waiting) > _LOOKED_AT:
            continue
        waiting += [(path, part) for key in ("anyOf", "oneOf", "allOf") for part in found.get(key) or ()]
        waiting += [((*path, name), part) for name, part in (found.get("properties") or {}).items()]
        if isinstance(found.get("items"), dict):
            waiting.append(((*path, 0), found["items"]))


def _placed(whole: Json, path: tuple[str | int, ...], value: Json) -> Json:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return [_placed(None, rest, value)]
    known = whole if isinstance(whole, dict) else {}
    return {**known, step: _placed(known.get(step), rest, value)}


def _turn(schema: Mapping[str, Json], old: Json, turn: int) -> Json:
    values = schema.get("enum") or ([False, True] if schema.get("type") == "boolean" else [old])
    return values[turn % len(values)]
