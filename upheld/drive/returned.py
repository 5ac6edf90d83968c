"""What belongs together in one answer, sent back together: a link with its signature, a thing with its version."""

import re
from collections.abc import Iterator, Mapping

from upheld.drive.documented import properties, required
from upheld.drive.seen import plain_name
from upheld.drive.shape import body_schema, take_apart
from upheld.model import Json, Operation, Request
from upheld.schema import Judge

_LEAST = 2
"""How many members have to come from one answer: one alone is tried anyhow."""

_VERSION = re.compile(
    r"(row|doc|document|expected|current|base|last|lock)?(version|revision|rev|etag|updatedat)(no|number)?"
)
"""What a member is called, plainly, that says which state of a thing somebody has seen."""


def returned(
    request: Request, operation: Operation, judge: Judge, answers: Mapping[str, list[Mapping[str, Json]]]
) -> Iterator[Request]:
    """Yield a request with all that it must say taken from one answer, where an answer has all of it.

    `answers` are the scalars of what other operations answered with, by label, each under its plain name.
    """
    shape = take_apart(request, operation)
    if shape is None:
        return
    documented = properties(operation, judge) if shape.has_object else {}
    told = [one for one in operation.parameters if one.location in ("path", "query")]
    needed = {plain_name(one.name) for one in told if one.required}
    needed |= {plain_name(name) for name in (required(operation, judge) if shape.has_object else ())}
    for label, found in answers.items():
        for answer in found if label != operation.label and len(needed) >= _LEAST else ():
            if not needed <= answer.keys():
                continue
            made = shape
            for one in told:
                value = answer.get(plain_name(one.name))
                if value is not None:
                    text = value if isinstance(value, str) else f"{value}"
                    made = made.with_path(one.name, text) if one.location == "path" else made.with_query(one.name, text)
            for name in documented:
                if (value := answer.get(plain_name(name))) is not None:
                    made = made.with_member((name,), value)
            yield made.built()


def versioned(request: Request, operation: Operation, judge: Judge, answer: Mapping[str, Json]) -> Request:
    """Return a request that says of a version what an answer has said of it; as it is where either says nothing."""
    shape = take_apart(request, operation)
    known = {name: value for name, value in answer.items() if _VERSION.fullmatch(name)}
    if shape is None or not known:
        return request
    if shape.has_object:
        schema = body_schema(operation)
        for name in properties(operation, judge):
            value = known.get(plain_name(name), next(iter(known.values())))
            if _VERSION.fullmatch(plain_name(name)) and judge.valid(judge.member(schema, name), value):
                shape = shape.with_member((name,), value)
    for one in operation.parameters:
        value = known.get(plain_name(one.name), next(iter(known.values())))
        if one.location == "query" and _VERSION.fullmatch(plain_name(one.name)) and judge.valid(one.schema, value):
            shape = shape.with_query(one.name, f"{value}")
    return shape.built()
