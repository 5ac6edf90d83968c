"""The same request for another thing: texts of one request alone, where an app takes each only once."""

import itertools
import random
import uuid
from collections.abc import Collection, Iterable

from upheld.drive.mutate import parameter_names
from upheld.drive.sample import sample
from upheld.drive.shape import body_schema, members, take_apart
from upheld.model import Json, Operation, Parameter, Request, Schema
from upheld.pattern import matching
from upheld.schema import Judge

_SAMPLES_MOST = 8


def anew(
    request: Request, operation: Operation, judge: Judge, chance: random.Random, kept: Collection[str] = ()
) -> Request:
    """Return a request with other texts in its JSON body, as long as before where only a length is documented.

    Texts in `kept` stay as they are: they are what the thing is made for.
    """
    shape = take_apart(request, operation)
    if shape is None or not shape.has_json:
        return request
    for path, value in list(members(shape.body)):
        if isinstance(value, str) and value not in kept:
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


class Keys:
    """Makes requests that are sent once more count once more, where a key says which ones are the same.

    An app that is sent an idempotency key again answers as before and does nothing: whatever was to be done with a new
    thing would be done with the old one, which it was done with already.
    """

    def __init__(self, operations: Iterable[Operation], judge: Judge) -> None:
        """Take the operations and what reads their schemas."""
        self._judge = judge
        self._numbers = itertools.count()
        self._keys = {
            operation.label: [p for p in operation.parameters if _is_key(p.name) and p.location != "path"]
            for operation in operations
        }

    def renewed(self, request: Request, operation: Operation) -> Request:
        """Return a request without its key, or with another one where it must have one."""
        found = self._keys[operation.label]
        if not found and not _is_key((request.body or b"").decode(errors="replace")):
            return request  # most have none, and are not taken apart
        shape = take_apart(request, operation)
        keyed = [
            (path, value)
            for path, value in (members(shape.body) if shape is not None and shape.has_json else ())
            if isinstance(value, str) and path and _is_key(f"{path[-1]}")
        ]
        if shape is None or not (found or keyed):
            return request
        chance = random.Random(next(self._numbers))
        for key in found:
            value = dict(shape.pairs(key.location)).get(_written(key))
            if value is not None:
                other = _other(value, key.schema, self._judge, chance) if key.required else None
                shape = shape.with_pair(key.location, key.name, None if other is None else f"{other}")
        for path, value in keyed:
            schema = self._judge.within(body_schema(operation), path)
            shape = shape.with_member(path, _other(value, schema, self._judge, chance))
        return shape.built()


def _is_key(name: str) -> bool:
    return "idempoten" in name.lower()


def _written(key: Parameter) -> str:
    return key.name.lower() if key.location == "header" else key.name


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
