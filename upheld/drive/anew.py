"""The same request for another thing: texts of one request alone, where an app takes each only once."""

import random
import uuid

from upheld.drive.mutate import parameter_names
from upheld.drive.sample import sample
from upheld.drive.shape import body_schema, members, take_apart
from upheld.model import Json, Operation, Request, Schema
from upheld.pattern import matching
from upheld.schema import Judge

_SAMPLES_MOST = 8


def anew(request: Request, operation: Operation, judge: Judge, chance: random.Random) -> Request:
    """Return a request with other texts in its JSON body, as long as before where only a length is documented."""
    shape = take_apart(request, operation)
    if shape is None or not shape.has_json:
        return request
    for path, value in list(members(shape.body)):
        if isinstance(value, str):
            schema = judge.within(body_schema(operation), path)
            shape = shape.with_member(path, _other(value, schema, judge, chance))
    return shape.built()


def renamed(request: Request, operation: Operation, judge: Judge, chance: random.Random) -> Request:
    """Return a request for a thing of another name, where the path ends with the name that it is to have."""
    shape, names = take_apart(request, operation), parameter_names(operation.path)
    if shape is None or not names or not operation.path.rstrip("/").endswith("}"):
        return request
    schema: Schema = next((p.schema for p in operation.parameters if (p.location, p.name) == ("path", names[-1])), True)
    value = _other(dict(shape.path)[names[-1]], schema, judge, chance)
    if judge.types(schema).isdisjoint({"string", "null"}):
        made = (sample(schema, judge, chance) for _ in range(_SAMPLES_MOST))
        value = next((one for one in made if judge.valid(schema, one)), None)
    return shape.with_path(names[-1], f"{value}").built() if judge.valid(schema, value) else request


def _other(value: str, schema: Schema, judge: Judge, chance: random.Random) -> Json:
    """Return another text for a schema; the same one where texts are not free to be anything."""
    resolved = judge.resolve(schema)
    if not isinstance(resolved, dict) or not resolved.keys().isdisjoint({"enum", "const"}):
        return value
    for part in resolved.get("anyOf") or ():
        if judge.valid(part, value):
            return _other(value, part, judge, chance)
    if isinstance(pattern := resolved.get("pattern"), str):
        made = matching(pattern, chance)
        return made if made is not None and judge.valid(resolved, made) else value
    match resolved.get("format"):
        case None:
            return "".join(chance.choice("0123456789") for _ in value)
        case "uuid":
            return f"{uuid.UUID(int=chance.getrandbits(128), version=4)}"
        case "email":
            return f"{chance.randrange(10**8):08}@example.com"
    return value
