"""What the docs say of a body's members, and of texts."""

from collections.abc import Mapping

from upheld.drive.shape import body_schema
from upheld.model import Json, Operation, Schema
from upheld.schema import Judge


def properties(operation: Operation, judge: Judge) -> Mapping[str, Schema]:
    """Return the members that the docs give the object in an operation's body."""
    return _object(operation, judge).get("properties") or {}


def required(operation: Operation, judge: Judge) -> tuple[str, ...]:
    """Return the members that it must have."""
    return tuple(_object(operation, judge).get("required") or ())


def formats(schema: Schema, judge: Judge) -> tuple[str, ...]:
    """Return the formats of a text, its own first, also of one that may be null."""
    resolved = judge.resolve(schema)
    if not isinstance(resolved, dict):
        return ()
    own = (f"{resolved['format']}",) if resolved.get("format") else ()
    return (*own, *(found for part in resolved.get("anyOf") or () for found in formats(part, judge)))


def _object(operation: Operation, judge: Judge) -> Mapping[str, Json]:
    schema = judge.resolve(body_schema(operation))
    return schema if isinstance(schema, dict) else {}
