"""What belongs together in one answer, sent back together: a link with its signature, a thing with its version."""

from collections.abc import Iterator, Mapping

from upheld.drive.seen import plain_name
from upheld.drive.shape import body_schema, take_apart
from upheld.model import Json, Operation, Request
from upheld.schema import Judge

_LEAST = 2
"""How many members have to come from one answer: one alone is tried anyhow."""


def returned(
    request: Request, operation: Operation, judge: Judge, answers: Mapping[str, list[Mapping[str, Json]]]
) -> Iterator[Request]:
    """Yield a request with all that it must say taken from one answer, where an answer has all of it.

    `answers` are the scalars of what other operations answered with, by label, each under its plain name.
    """
    shape = take_apart(request, operation)
    if shape is None:
        return
    schema = judge.resolve(body_schema(operation)) if shape.has_json and isinstance(shape.body, dict) else None
    properties = (schema.get("properties") or {}) if isinstance(schema, dict) else {}
    told = [one for one in operation.parameters if one.location in ("path", "query")]
    needed = {plain_name(one.name) for one in told if one.required}
    needed |= {plain_name(name) for name in (schema.get("required") or () if isinstance(schema, dict) else ())}
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
            for name in properties:
                if (value := answer.get(plain_name(name))) is not None:
                    made = made.with_member((name,), value)
            yield made.built()
