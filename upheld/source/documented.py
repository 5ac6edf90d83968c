"""What an operation's docs let the members of a request be."""

from collections.abc import Iterator

from upheld.model import Json, Operation, Schema, Where
from upheld.pattern import drawn
from upheld.schema import Judge

_BODILESS = ("GET", "HEAD", "DELETE")
_LENGTH_MOST = 200


class Documented:
    """The docs of one operation's requests."""

    def __init__(self, operation: Operation, judge: Judge) -> None:
        """Take the operation, and the judge of its document."""
        self._operation, self._judge = operation, judge
        body = operation.body
        schemas = [entry.schema for entry in body.content.values()] if body is not None else []
        self._body = schemas[0] if schemas and schemas[0] is not None else True

    def allows(self, where: Where, value: Json) -> bool:
        """Return whether a member may have a value; what the docs do not know, they allow."""
        if where[0] == "body" and self._operation.body is None and self._operation.method in _BODILESS:
            return False
        return self._judge.valid(self._schema(where), value) is not False

    def samples(self, where: Where) -> Iterator[Json]:
        """Yield values that a member may have, those at its ends and those listed; nothing where nothing is said."""
        schema = self._judge.resolve(self._schema(where))
        if not isinstance(schema, dict):
            return
        for part in (schema, *(schema.get("anyOf") or ()), *(schema.get("oneOf") or ())):
            found = self._judge.resolve(part)
            if isinstance(found, dict):
                yield from (value for value in _of(found) if self._judge.valid(schema, value))

    def _schema(self, where: Where) -> Schema:
        if where[0] == "body":
            return self._judge.within(self._body, where[1:])
        name = str(where[1]) if len(where) > 1 else ""
        for parameter in self._operation.parameters:
            known = parameter.name.lower() if where[0] == "header" else parameter.name
            if parameter.location == where[0] and known == name:
                return self._judge.within(parameter.schema, where[2:])
        return True


def _of(schema: dict[str, Json]) -> Iterator[Json]:
    for keyword in ("enum", "examples"):
        values = schema.get(keyword)
        yield from values if isinstance(values, list) else ()
    for keyword in ("const", "example", "default", "minimum", "maximum"):
        if schema.get(keyword) is not None:
            yield schema[keyword]
    for keyword, step in (("exclusiveMinimum", 1), ("exclusiveMaximum", -1)):
        if isinstance(bound := schema.get(keyword), int):
            yield bound + step
    if isinstance(pattern := schema.get("pattern"), str):
        yield from drawn(pattern)
    elif isinstance(length := schema.get("minLength"), int) and length <= _LENGTH_MOST and "format" not in schema:
        yield from ("a" * length, "1" * length)
