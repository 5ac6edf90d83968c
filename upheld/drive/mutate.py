"""Cheap requests made from drawn ones: what frameworks stumble over, and splices of values seen."""

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from upheld.drive.multipart import Part
from upheld.drive.sample import sample
from upheld.drive.seen import Seen
from upheld.drive.shape import Shape, members, take_apart
from upheld.media import FORMS, is_json, media_type
from upheld.model import Json, Operation, Request, Schema
from upheld.schema import Judge

_RENEWED = 0.3
_UNIQUE_DIGITS = 8
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:")
LONG_INTEGER = "9" * 5000
_PATHS = (
    "0",
    "-1",
    "1",
    " 1 ",
    "1_000",
    "+1",
    "1.0",
    "9223372036854775808",
    LONG_INTEGER,
    "a%2Fb",
    "%00",
    "%FF",
    "nan",
)
_QUERIES = (
    "",
    "0",
    "-1",
    " 1 ",
    "1_000",
    "+1",
    "yes",
    "1e999",
    "nan",
    "9223372036854775808",
    LONG_INTEGER,
    "\x00",
    "\U0001f600",
)


def probes(valid: Request, operation: Operation) -> Iterator[Request]:
    """Yield a valid request with less and less of what it says, then in every form that frameworks stumble over."""
    shape = take_apart(valid, operation)
    if shape is not None:
        yield from _less(shape)
        for name, _ in shape.path:
            for value in _PATHS:
                before = shape.with_path(name, "upheld-mark").built().target
                yield replace(
                    valid, target=before.replace("upheld-mark", value.replace(" ", "%20").replace("+", "%2B"))
                )
        for parameter in operation.parameters:
            if parameter.location == "query":
                for text in _QUERIES:
                    yield shape.with_query(parameter.name, text).built()
    if operation.body is None:
        return
    sent = media_type(valid.header("content-type"))
    if is_json(sent):
        yield from _json_probes(valid, shape)
    elif sent in FORMS and shape is not None:
        yield from _form_probes(valid, shape)
    yield replace(valid, body=None, headers=_without(valid, "content-type"))
    yield replace(valid, headers=_without(valid, "content-type"))
    yield replace(valid, headers=(*_without(valid, "content-type"), ("content-type", "text/plain")))


def _less(shape: Shape) -> Iterator[Request]:
    """Yield the request without one query value, header, cookie or body member at a time, and without any of them."""
    request = shape.request
    kept = tuple(pair for pair in request.headers if pair[0] in ("content-type", "authorization"))
    yield replace(replace(shape, query=()).built(), headers=kept)
    for name, _ in shape.query:
        yield shape.with_query(name, None).built()
    for pair in request.headers:
        if pair not in kept:
            yield replace(request, headers=tuple(other for other in request.headers if other != pair))
    if (cookies := request.header("cookie")) is not None:
        pairs = cookies.split("; ")
        for position in range(len(pairs)) if len(pairs) > 1 else ():
            rest = "; ".join([*pairs[:position], *pairs[position + 1 :]])
            yield replace(request, headers=(*_without(request, "cookie"), ("cookie", rest)))
    if shape.has_json:
        for path, _ in members(shape.body, 24):
            yield shape.without_member(path).built()


def _json_probes(valid: Request, shape: Shape | None) -> Iterator[Request]:
    for raw in (b"", b"{", b"\xff", b"null", b"[]", b'"text"', b"[" * 20_000, b"{}"):
        yield replace(valid, body=raw)
    if shape is None or not shape.has_json:
        return
    for place in ((), *(path for path, value in members(shape.body, 24) if isinstance(value, dict))):
        yield shape.with_member((*place, "upheld_extra"), "x").built()
    for member, value in members(shape.body, 24):
        mark = f"upheld-mark-{len(member)}"
        marked = json.dumps(shape.with_member(member, mark).body).encode()
        if isinstance(value, int | float) and not isinstance(value, bool):
            for text in (LONG_INTEGER, "1e999", "NaN", "-Infinity", "true", '"1.5"', "3.0"):
                yield replace(valid, body=marked.replace(f'"{mark}"'.encode(), text.encode()))
        elif isinstance(value, str) and _MOMENT.match(value):
            for text in ("2024-02-29T12:00:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2024-02-29"):
                yield shape.with_member(member, text).built()
        elif isinstance(value, str):
            for text in ('"\\ud800"', '"\\u0000"', "1", "null"):
                yield replace(valid, body=marked.replace(f'"{mark}"'.encode(), text.encode()))


def _form_probes(valid: Request, shape: Shape) -> Iterator[Request]:
    if media_type(valid.header("content-type")) == "multipart/form-data":
        yield replace(valid, headers=(*_without(valid, "content-type"), ("content-type", "multipart/form-data")))
    parts = shape.form
    for fill in ("a", "0", "true"):
        yield shape.with_parts(replace(part, data=part.data or fill) for part in parts).built()
    for position, part in enumerate(parts):
        variants: list[Part | None] = [replace(part, data=text) for text in ("", "a", "\x00", "\udcff")]
        if part.filename is not None:
            variants.append(replace(part, filename=None))
        for variant in (*variants, None):
            middle = [variant] if variant is not None else []
            yield shape.with_parts([*parts[:position], *middle, *parts[position + 1 :]]).built()


def _without(request: Request, name: str) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in request.headers if pair[0] != name)


def splices(
    requests: list[Request], operation: Operation, seen: Seen, judge: Judge, chance: random.Random
) -> Iterator[Request]:
    """Yield without end requests in which one or two members are exchanged for others drawn, seen or made up."""
    shapes = [shape for request in requests if (shape := take_apart(request, operation)) is not None]
    if not shapes:
        return
    schemas = {(p.location, p.name): p.schema for p in operation.parameters}
    splicer = _Splicer(operation, schemas, seen, judge, chance, _answer_names(operation, judge))
    while True:
        shape = chance.choice(shapes)
        for _ in range(chance.choice((1, 1, 2))):
            shape = splicer.spliced(shape, chance.choice(shapes))
        yield (splicer.renewed(shape) if chance.random() < _RENEWED else shape).built()


@dataclass(frozen=True, slots=True)
class _Splicer:
    operation: Operation
    schemas: Mapping[tuple[str, str], Schema]
    seen: Seen
    judge: Judge
    chance: random.Random
    names: tuple[str, ...]
    """What a text parameter may name: members of the answer, to sort or filter by."""

    def spliced(self, shape: Shape, other: Shape) -> Shape:
        """Exchange one member for another drawn, seen before, or made for its schema."""
        queries = [name for location, name in self.schemas if location == "query"]
        kinds = [
            *["path"] * bool(shape.path),
            *["query"] * bool(queries),
            *["body"] * 3 * shape.has_json,
            *["form"] * 2 * bool(shape.form),
        ]
        if not kinds:
            return shape
        match self.chance.choice(kinds):
            case "path":
                name, old = self.chance.choice(shape.path)
                return shape.with_path(name, self._text("path", name, [dict(other.path).get(name, old)]))
            case "query":
                name = self.chance.choice(queries)
                if self.chance.random() < 0.15:
                    return shape.with_query(name, None)
                return shape.with_query(name, self._text("query", name, [v for key, v in other.query if key == name]))
            case "form":
                return self._form(shape, other)
            case _:
                return self._body(shape, other)

    def renewed(self, shape: Shape) -> Shape:
        """Give every free text of a JSON body a value that was not sent before: names and addresses must be unique."""
        if not shape.has_json:
            return shape
        for path, value in list(members(shape.body)):
            if isinstance(value, str):
                schema = self.judge.resolve(self._member_schema(path))
                if isinstance(schema, dict) and schema.keys().isdisjoint({"enum", "const", "format", "pattern"}):
                    most = schema.get("maxLength", _UNIQUE_DIGITS)
                    text = f"{self.chance.randrange(10**_UNIQUE_DIGITS):0{_UNIQUE_DIGITS}}"
                    shape = shape.with_member(path, text[: max(1, most)])
        return shape

    def _text(self, location: str, name: str, theirs: list[str]) -> str:
        known = self.seen.texts(name, self.operation)
        roll = self.chance.random()
        schema = self.schemas.get((location, name), True)
        if location == "query" and roll > 0.7 and "string" in self.judge.types(schema):
            return self.chance.choice(("", "", "-", "+")) + self.chance.choice(self.names)
        if known and roll < 0.4:
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
        if known and roll < 0.35:
            return shape.with_member(path, self.chance.choice(known))
        theirs = [found for there, found in members(other.body) if there == path] if other.has_json else []
        if theirs and roll < 0.5:
            return shape.with_member(path, self.chance.choice(theirs))
        return shape.with_member(path, sample(self._member_schema(path), self.judge, self.chance))

    def _member_schema(self, path: tuple[str | int, ...]) -> Schema:
        entries = self.operation.body.content.values() if self.operation.body is not None else ()
        schema: Schema = next((entry.schema for entry in entries if entry.schema is not None), True)
        for step in path:
            schema = self.judge.member(schema, step)
        return schema


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


def _as_text(value: Json) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else json.dumps(value)


def parameter_names(path: str) -> list[str]:
    """Return the names in a path template, in order."""
    return re.findall(r"\{([^}:]*)", path)
