"""Assignments to requests: what the conditions in the code ask, put into a request that keeps the docs."""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from upheld.drive.documented import required
from upheld.drive.sample import sample
from upheld.drive.shape import Shape, body_schema, members, take_apart
from upheld.drive.wrong import MADE_UP
from upheld.media import FORMS, media_type
from upheld.model import Assignment, Exactly, Json, Operation, Presence, Request, Schema, Shaped, Want, Where
from upheld.multipart import Part
from upheld.schema import Judge

_SAMPLES_MOST = 12
_FEW = 3
"""How many items of a list may all differ."""
_ABSENT = object()
_OF_FILES = ("filename", "content_type", "data")
"""What the code asks of a file."""
_BODILESS = ("GET", "HEAD", "DELETE")
"""Methods whose requests have no body that means anything (RFC 9110, 9.3)."""


class Assigner:
    """Puts assignments of one operation into its requests."""

    def __init__(self, operation: Operation, judge: Judge) -> None:
        """Take the operation, and the judge of its document."""
        self._operation, self._judge = operation, judge

    def requests(self, assignments: Iterable[Assignment], base: Request, turn: int = 0) -> Iterator[Request]:
        """Yield a request for each assignment that can be put into `base`, a request that keeps the docs.

        Each `turn` takes other values, where several would do.
        """
        shape = take_apart(base, self._operation)
        if shape is not None and shape.form:
            shape = self._told(shape)
        for assignment in assignments if shape is not None else ():
            wants = {where: _of_turn(want, turn) for where, want in assignment.items()}
            assigned = self._assigned(wants, shape) if shape is not None else None
            if assigned is not None:
                yield assigned.built()

    def _assigned(self, assignment: Assignment, shape: Shape) -> Shape | None:
        for where in sorted(assignment, key=len):  # a whole before its parts
            found = self._placed(shape, where, assignment[where])
            if found is None:
                return None
            shape = found
        return shape

    def _placed(self, shape: Shape, where: Where, want: Want) -> Shape | None:
        location, *rest = where
        if want is Presence.PRESENT and self._is_there(shape, where):
            return shape
        value = self._value(where, want)
        if location == "body":
            return self._in_body(shape, tuple(rest), value)
        if not rest:
            return None
        name = str(rest[0])
        if location == "path":
            return shape.with_path(name, _text(value)) if value is not _ABSENT else None
        if value is _ABSENT:
            return shape.with_pair(str(location), name, None)
        if location == "query" and isinstance(value, list):
            shape = shape.with_query(name, None)
            return replace(shape, query=(*shape.query, *((name, _text(one)) for one in value)))
        return shape.with_pair(str(location), name, _text(value))

    def _in_body(self, shape: Shape, path: Where, value: Json) -> Shape | None:
        sent = media_type(shape.request.header("content-type"))
        if self._operation.body is None and self._operation.method in _BODILESS:
            return None
        if sent in FORMS:
            return self._in_form(shape, path, value)
        if value is _ABSENT:
            if not path:
                return shape.without_body()
            return shape.without_member(path) if shape.has_json else None
        if not shape.has_json:
            shape = shape.without_body()
            headers = (*shape.request.headers, ("content-type", "application/json"))
            shape = replace(shape, request=replace(shape.request, headers=headers), body={})
        return replace(shape, body=self._grown(shape.body, path, value, body_schema(self._operation)))

    def _grown(self, node: Json, path: Where, value: Json, schema: Schema) -> Json:
        """Return a value with another member; what is missing on the way to it is made."""
        if not path:
            return value
        step, rest = path[0], path[1:]
        inner = self._judge.member(schema, step)
        if isinstance(step, int):
            items = list(node) if isinstance(node, list) else []
            while len(items) <= step:
                items.append(self._sampled(inner))
            items[step] = self._grown(items[step], rest, value, inner)
            return items
        made = dict(node) if isinstance(node, dict) else {}
        before = made.get(str(step))
        if before is None and rest and not isinstance(rest[0], int):  # of a list, one item will do
            before = self._sampled(inner)
        made[str(step)] = self._grown(before, rest, value, inner)
        return made

    def _in_form(self, shape: Shape, path: Where, value: Json) -> Shape | None:
        if not path:
            return None
        name = str(path[0])
        if len(path) > 1 and path[-1] in _OF_FILES:
            return _with_file(shape, name, str(path[-1]), value)
        others = [part for part in shape.form if part.name != name]
        if value is _ABSENT:
            return shape.with_parts(others)
        values = value if isinstance(value, list) else [value]
        same = next((part for part in shape.form if part.name == name), Part(name=name, data=""))
        return shape.with_parts([*others, *(replace(same, data=_text(one)) for one in values)])

    def _told(self, shape: Shape) -> Shape:
        """Return a form without empty texts where it must say something: FastAPI takes those for missing."""
        schema, needed = body_schema(self._operation), required(self._operation, self._judge)
        empty = [part for part in shape.form if part.filename is None and not part.data and part.name in needed]
        if not empty:
            return shape
        return shape.with_parts(
            replace(part, data=self._some(self._judge.member(schema, part.name))) if part in empty else part
            for part in shape.form
        )

    def _some(self, schema: Schema) -> str:
        return MADE_UP if self._judge.valid(schema, MADE_UP) else _text(self._sampled(schema, {"minLength": 1}))

    def _value(self, where: Where, want: Want) -> Json:
        match want:
            case Exactly(value=value):
                return value
            case Presence.ABSENT:
                return _ABSENT
            case Presence.PRESENT:
                return self._sampled(self._schema(where))
            case Shaped(schema=extra):
                return self._sampled(self._schema(where), extra)

    def _is_there(self, shape: Shape, where: Where) -> bool:
        match where:
            case ("path", _):
                return True
            case ("query" | "header" | "cookie" as location, name):
                return any(name == known for known, _ in shape.pairs(location))
        return False

    def _schema(self, where: Where) -> Schema:
        if where[0] == "body":
            schema = body_schema(self._operation)
            rest = where[1:]
        else:
            names = ((p.location, p.name.lower(), p.schema) for p in self._operation.parameters)
            schema = next((s for place, name, s in names if (place, name) == (where[0], str(where[1]).lower())), True)
            rest = where[2:]
        return self._judge.within(schema, rest)

    def _sampled(self, schema: Schema, extra: Schema | None = None) -> Json:
        """Return a value that keeps a documented schema and another one; the best there is where none does."""
        resolved = self._judge.resolve(schema)
        both: Schema = resolved
        if isinstance(resolved, dict) and isinstance(extra, dict):
            parts = [part for key in ("anyOf", "oneOf") for part in resolved.get(key) or ()]
            plain = next((part for part in map(self._judge.resolve, parts) if part != {"type": "null"}), resolved)
            both = {**(plain if isinstance(plain, dict) else {}), **extra}
        elif isinstance(extra, dict):
            both = {"type": "string", **extra}
        made = self._samples(both)
        if isinstance(made[0], list) and len(made[0]) > _FEW:
            made.insert(0, self._alike(made[0], schema))
        wanted: Schema = {"allOf": [schema, extra]} if extra is not None else schema
        return next((one for one in made if one is not None and self._judge.valid(wanted, one)), made[0])

    def _samples(self, schema: Schema) -> list[Json]:
        chance = random.Random(json.dumps([schema], sort_keys=True, default=str))
        return [sample(schema, self._judge, chance) for _ in range(_SAMPLES_MOST)]

    def _alike(self, items: list[Json], schema: Schema) -> list[Json]:
        """Return as many items, all the plainest one: of many that differ, one is refused soon."""
        inner = self._judge.member(schema, 0)
        good = [one for one in self._samples(inner) if self._judge.valid(inner, one)]
        return [min(good, key=_texts)] * len(items) if good else items


def _of_turn(want: Want, turn: int) -> Want:
    """Return what is wanted with another of the values that would do."""
    if not turn or not isinstance(want, Exactly):
        return want
    return Exactly(value=(want.value, *want.others)[turn % (len(want.others) + 1)])


def _with_file(shape: Shape, name: str, what: str, value: Json) -> Shape | None:
    """Return a form whose first file of a name says something else of itself, or holds something else."""
    at = next((at for at, part in enumerate(shape.form) if part.name == name and part.filename is not None), None)
    if at is None or (value is _ABSENT and what != "content_type"):
        return None  # without a name it is no file
    match what:
        case "filename":
            part = replace(shape.form[at], filename=_text(value))
        case "data":
            part = replace(shape.form[at], data=_text(value))
        case _:
            part = replace(shape.form[at], media_type=None if value is _ABSENT else _text(value))
    return shape.with_parts([*shape.form[:at], part, *shape.form[at + 1 :]])


def _texts(value: Json) -> tuple[int, int]:
    """Return how many texts a value has, which say less of what they may be than numbers do, and how long it is."""
    texts = sum(isinstance(member, str) for _, member in members(value))
    return texts, len(json.dumps(value))


def _text(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value)
