"""Times without an offset: the format refuses them, a bare `datetime` takes them, and comparing them then fails."""

import re
from collections.abc import Iterator

from upheld.drive.documented import formats
from upheld.drive.shape import body_schema, members, take_apart
from upheld.model import Json, Operation, Request, Schema
from upheld.schema import Judge

_OFFSET = re.compile(r"(?i)(?<=\d)(z|[+-]\d\d:?\d\d)$")
_MOST = 4


def without_offsets(request: Request, operation: Operation, judge: Judge) -> Iterator[Request]:
    """Yield a request with its times without an offset: all of them, then one at a time."""
    shape = take_apart(request, operation)
    if shape is None:
        return
    queries = {p.name: p.schema for p in operation.parameters if p.location == "query"}
    asked = [(name, local) for name, value in shape.query if (local := _local(value, queries.get(name, False), judge))]
    schema = body_schema(operation)
    sent = [
        (path, local)
        for path, value in (members(shape.body) if shape.has_json else ())
        if (local := _local(value, judge.within(schema, path), judge))
    ]
    whole = shape
    for name, local in asked:
        whole = whole.with_query(name, local)
    for path, local in sent:
        whole = whole.with_member(path, local)
    if asked or sent:
        yield whole.built()
    if len(asked) + len(sent) > 1:
        yield from (shape.with_query(name, local).built() for name, local in asked[:_MOST])
        yield from (shape.with_member(path, local).built() for path, local in sent[:_MOST])


def _local(value: Json, schema: Schema, judge: Judge) -> str | None:
    """Return a documented time without its offset; `None` for anything else."""
    if not isinstance(value, str) or not _OFFSET.search(value):
        return None
    return _OFFSET.sub("", value) if "date-time" in formats(schema, judge) else None
