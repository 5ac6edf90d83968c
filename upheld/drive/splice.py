"""Splices: requests in which one or two members are exchanged for others drawn, seen in answers, or made up."""

import json
import random
import uuid
from collections.abc import Iterator
from dataclasses import replace

from upheld.drive.documented import formats
from upheld.drive.sample import sample
from upheld.drive.seen import Seen
from upheld.drive.shape import Shape, body_schema, members, take_apart
from upheld.model import Json, Operation, Request, Schema
from upheld.schema import Judge

_RENEWED = 0.3
_UNIQUE_DIGITS = 8
_FROM_THE_TYPES = 0.3
"""How often a member is made for what the code declares, where the docs were edited to say something else."""


def splices(requests: list[Request], accepted: list[Request], splicer: "Splicer") -> Iterator[Request]:
    """Yield without end splices of requests; those in `accepted`, which may grow meanwhile, are preferred."""
    operation, chance = splicer.operation, splicer.chance
    shapes = [shape for request in requests if (shape := take_apart(request, operation)) is not None]
    if not shapes:
        return
    while True:
        base = chance.choice(shapes)
        if accepted and chance.random() < 0.6:
            base = splicer.shape(chance.choice(accepted)) or base
        for _ in range(chance.choice((1, 1, 2))):
            base = splicer.spliced(base, chance.choice(shapes))
        yield (splicer.renewed(base) if chance.random() < _RENEWED else base).built()


class Splicer:
    """Exchanges members of one operation's requests."""

    def __init__(self, operation: Operation, seen: Seen, judge: Judge, chance: random.Random) -> None:
        """Take the operation, what the app answered with so far, the judge of its document, and a source of chance."""
        self.operation, self.seen, self.judge, self.chance = operation, seen, judge, chance
        self._by_location: dict[str, list[str]] = {}
        for location in ("query", "header", "cookie"):
            if names := [p.name for p in operation.parameters if p.location == location]:
                self._by_location[location] = names
        self._shapes: dict[Request, Shape | None] = {}
        self._schemas: dict[tuple[bool, str, tuple[str | int, ...]], Schema] = {}
        # What a text parameter may name: members of the answer, to sort or filter by.
        self.names = _answer_names(operation, judge)

    def shape(self, request: Request) -> Shape | None:
        """Take a request apart, once."""
        if request not in self._shapes:
            self._shapes[request] = take_apart(request, self.operation)
        return self._shapes[request]

    def spliced(self, shape: Shape, other: Shape) -> Shape:
        """Exchange one member for another drawn, seen before, or made for its schema."""
        kinds = [
            *["path"] * bool(shape.path),
            *self._by_location,
            *["body"] * 3 * shape.has_json,
            *["form"] * 2 * bool(shape.form),
        ]
        if not kinds:
            return shape
        kind = self.chance.choice(kinds)
        match kind:
            case "path":
                name, old = self.chance.choice(shape.path)
                return shape.with_path(name, self._text(kind, name, [dict(other.path).get(name, old)]))
            case "form":
                return self._form(shape, other)
            case "body":
                return self._body(shape, other)
        name = self.chance.choice(self._by_location[kind])
        theirs = [value for key, value in other.pairs(kind) if key == name]
        value = None if self.chance.random() < 0.15 else self._text(kind, name, [*theirs, *map(_value, shape.path)])
        return shape.with_pair(kind, name, value)

    def renewed(self, shape: Shape) -> Shape:
        """Give what must be unique a value that was not sent before: names, addresses, keys of one request alone."""
        for parameter in self.operation.parameters:
            once = parameter.name.lower() == "idempotency-key" or "uuid" in formats(parameter.schema, self.judge)[:1]
            if parameter.location == "header" and once and (new := self._new(parameter.schema)) is not None:
                shape = shape.with_pair("header", parameter.name, new)
        for path, value in list(members(shape.body)) if shape.has_json else ():
            if isinstance(value, str) and (new := self._new(self._member_schema(path))) is not None:
                shape = shape.with_member(path, new)
        return shape

    def _new(self, schema: Schema) -> str | None:
        """Return a text that is not likely to have been sent; `None` where texts are not free to be anything."""
        resolved = self.judge.resolve(schema)
        if not isinstance(resolved, dict) or not resolved.keys().isdisjoint({"enum", "const", "pattern"}):
            return None
        digits = f"{self.chance.randrange(10**_UNIQUE_DIGITS):0{_UNIQUE_DIGITS}}"
        match next(iter(formats(resolved, self.judge)), None):
            case None:
                return digits[: max(1, resolved.get("maxLength", _UNIQUE_DIGITS))]
            case "uuid":
                return f"{uuid.UUID(int=self.chance.getrandbits(128), version=4)}"
            case "email":
                return f"{digits}@example.com"
        return None

    def _text(self, location: str, name: str, theirs: list[str]) -> str:
        schema = self._parameter_schema(location, name)
        roll = self.chance.random()
        if location == "query" and roll > 0.8 and "string" in self.judge.types(schema):
            return self.chance.choice(("", "", "-", "+")) + self.chance.choice(self.names)
        if roll < 0.4 and (known := self.seen.texts(name, self.operation)):
            return self.chance.choice(known)
        if theirs and roll < 0.55:
            return self.chance.choice(theirs)
        return _as_text(sample(schema, self.judge, self.chance))

    def _form(self, shape: Shape, other: Shape) -> Shape:
        position = self.chance.randrange(len(shape.form))
        part = shape.form[position]
        theirs = [p.data for p in other.form if p.name == part.name]
        made = _as_text(sample(self._member_schema((part.name,)), self.judge, self.chance))
        options = [*theirs, *map(str, self.seen.values(part.name)), made, made]
        changed = replace(part, data=self.chance.choice(options))
        return shape.with_parts([*shape.form[:position], changed, *shape.form[position + 1 :]])

    def _body(self, shape: Shape, other: Shape) -> Shape:
        mine = list(members(shape.body))
        if not mine or self.chance.random() < 0.1:
            return shape.with_member((), sample(self._member_schema(()), self.judge, self.chance))
        path, _ = self.chance.choice(mine)
        roll = self.chance.random()
        if roll < 0.1:
            return shape.without_member(path)
        name = next((step for step in reversed(path) if isinstance(step, str)), "")
        known = self.seen.values(name)
        if not known and self.seen.uuids and "uuid" in formats(self._member_schema(path), self.judge)[:1]:
            known = self.seen.uuids
        if known and roll < 0.35:
            return shape.with_member(path, self.chance.choice(known))
        theirs = [found for there, found in members(other.body) if there == path] if other.has_json else []
        if theirs and roll < 0.45:
            return shape.with_member(path, self.chance.choice(theirs))
        if roll < 0.5:
            return shape.with_member(path, self.chance.choice(mine)[1])
        return shape.with_member(path, sample(self._member_schema(path), self.judge, self.chance))

    def _described(self) -> Operation:
        """Return the operation as documented, now and then as the types alone have it: the two may differ."""
        generated = self.operation.generated
        return generated if generated is not None and self.chance.random() < _FROM_THE_TYPES else self.operation

    def _parameter_schema(self, location: str, name: str) -> Schema:
        described = self._described()
        key = (described is self.operation, location, (name,))
        if key not in self._schemas:
            self._schemas[key] = self._of_parameter(described, location, name)
        return self._schemas[key]

    def _of_parameter(self, described: Operation, location: str, name: str) -> Schema:
        for operation in (described, self.operation):
            for parameter in operation.parameters:
                if (parameter.location, parameter.name) == (location, name):
                    return parameter.schema
        return True

    def _member_schema(self, path: tuple[str | int, ...]) -> Schema:
        described = self._described()
        key = (described is self.operation, "body", path)
        if key not in self._schemas:
            schema = body_schema(described if described.body is not None else self.operation)
            self._schemas[key] = self.judge.within(schema, path)
        return self._schemas[key]


def _answer_names(operation: Operation, judge: Judge) -> tuple[str, ...]:
    """Return the names of the members that a successful answer is documented to have, down to its items."""
    found: dict[str, None] = {"id": None, "name": None}
    for status, response in operation.responses.items():
        if status.startswith("2"):
            schemas = [entry.schema for entry in response.content.values() if entry.schema is not None]
            for _ in range(3):
                resolved = [schema for each in schemas if isinstance(schema := judge.resolve(each), dict)]
                for schema in resolved:
                    found.update(dict.fromkeys(schema.get("properties") or {}))
                schemas = [judge.member(schema, 0) for schema in resolved]
                schemas += [part for schema in resolved for part in (schema.get("properties") or {}).values()]
    return tuple(found)


def _value(pair: tuple[str, str]) -> str:
    return pair[1]


def _as_text(value: Json) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else json.dumps(value)
