"""Values for examples: those that the document shows, else small ones that its schemas accept; the same each time."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache

from upheld.client import looking
from upheld.client.bodies import item_schema
from upheld.media import is_json, media_type
from upheld.model import Contract, Json, MediaType, Schema
from upheld.pattern import drawn
from upheld.schema import Judge

TEXTS = {
    "date-time": "2026-01-31T12:00:00Z",
    "date": "2026-01-31",
    "time": "12:00:00Z",
    "duration": "PT1H",
    "uuid": "6f2c1a9e-4b0d-4c1e-9f57-0d3a8f1b2c4d",
    "email": "ada@example.org",
    "idn-email": "ada@example.org",
    "hostname": "example.org",
    "uri": "https://example.org/",
    "uri-reference": "/",
    "url": "https://example.org/",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "json-pointer": "/a",
    "regex": "a",
    "byte": "YQ==",
}
PLAIN = ("text", "a", "1", "A", "abc", "2026-01-31", "1.5", "ab1", "a-b", "/a", '"1"')
"""What a text may be whose pattern does not ask for more."""
_DEEPEST = 12
_LONGEST = 300


class Values:
    """Makes values for the schemas of one document."""

    def __init__(self, contract: Contract) -> None:
        self._document = contract.document
        self._judge = Judge.of(contract.document)

    def example(self, schema: Schema, shown: Iterator[Json] | None = None) -> Json:
        """Return the first value shown that the schema accepts, else one that is made for it."""
        for value in shown or ():
            if self._judge.valid(schema, value) is not False:
                return value
        return self.made(schema, 0)

    def member(self, schema: Schema, name: str) -> Schema:
        """Return the schema of a member that an object's schema names; one that says nothing where it does not."""
        found: Schema = looking.properties(self._document, schema).get(name, True)
        return found

    def item(self, entry: MediaType) -> Schema:
        """Return the schema of each line."""
        return item_schema(self._document, entry)

    def made(self, node: Json, depth: int) -> Json:
        """Return a value that a schema accepts, if it can be found."""
        schema = looking.followed(self._document, node)
        for value in _told(schema):
            if self._judge.valid(schema, value) is not False:
                return value
        whole = self._whole(schema)
        alternatives = looking.bare_alternatives(self._document, whole)
        if alternatives:
            found = [self.made(one, depth + 1) for one in alternatives[:4] if depth < _DEEPEST]
            outer = self._typed(whole, depth) if "properties" in whole else None
            found = [{**one, **outer} if isinstance(one, dict) and isinstance(outer, dict) else one for one in found]
            return next(
                (value for value in found if self._judge.valid(schema, value) is not False), (found or [None])[0]
            )
        return self._typed(whole, depth)

    def _whole(self, schema: Mapping[str, Json]) -> Mapping[str, Json]:
        """Return a schema with what its `allOf` joins."""
        if not isinstance(schema.get("allOf"), list):
            return schema
        found: dict[str, Json] = {}
        for part in looking.parts(self._document, schema):
            for key, value in part.items():
                if key == "properties" and isinstance(value, Mapping):
                    found[key] = {**value, **found.get(key, {})}
                elif key == "required" and isinstance(value, list):
                    found[key] = [*found.get(key, []), *value]
                elif key != "allOf":
                    found.setdefault(key, value)
        return found

    def _typed(self, schema: Mapping[str, Json], depth: int) -> Json:
        kinds = schema.get("type")
        kind = next((one for one in kinds if one != "null"), "null") if isinstance(kinds, list) else kinds
        if kind is None:
            kind = next((name for key, name in _KEYWORDS.items() if key in schema), None)
        match kind:
            case "object":
                return self._object(schema, depth)
            case "array":
                return self._array(schema, depth)
            case "string":
                return self._text(schema, depth)
            case "integer" | "number":
                return _number(schema, whole=kind == "integer")
            case "boolean":
                return True
        return None if kind == "null" else "text"

    def _object(self, schema: Mapping[str, Json], depth: int) -> Json:
        members = schema.get("properties")
        known: Mapping[str, Json] = members if isinstance(members, Mapping) else {}
        needed = schema.get("required")
        names = [name for name in known if isinstance(needed, list) and name in needed]
        names += [name for name in (needed if isinstance(needed, list) else ()) if name not in known]
        if depth > _DEEPEST:
            return {}
        made = {name: self.made(known.get(name, True), depth + 1) for name in names}
        return made if "minProperties" not in schema else {**made, **self._more(schema, made, depth)}

    def _more(self, schema: Mapping[str, Json], made: Mapping[str, Json], depth: int) -> dict[str, Json]:
        """Return as many members as have to be there beside those that have a name."""
        least, spelled = schema["minProperties"], schema.get("propertyNames")
        allowed = looking.followed(self._document, spelled).get("enum") if spelled is not None else None
        names = allowed if isinstance(allowed, list) else ["key", *(f"key{number}" for number in range(2, 6))]
        lacking = max(0, least - len(made)) if isinstance(least, int) else 0
        extra = schema.get("additionalProperties", True)
        return {name: self.made(extra, depth + 1) for name in [one for one in names if one not in made][:lacking]}

    def _array(self, schema: Mapping[str, Json], depth: int) -> Json:
        first = [self.made(one, depth + 1) for one in schema.get("prefixItems") or ()]
        least = schema.get("minItems")
        count = least if isinstance(least, int) else 1
        if depth > 2 and not isinstance(least, int):  # an item shows what it is; a list in a list in a list need not
            count = 0
        items = schema.get("items", not first)
        while len(first) < min(count, 5) and items is not False:
            first.append(self.made(items, depth + 1))
        return first

    def _text(self, schema: Mapping[str, Json], depth: int) -> str:
        if is_json(media_type(str(schema.get("contentMediaType", "")))) and "contentEncoding" not in schema:
            return json.dumps(self.made(schema.get("contentSchema", True), depth + 1) if depth < _DEEPEST else None)
        candidates = [TEXTS[schema["format"]]] if schema.get("format") in TEXTS else list(PLAIN)
        pattern = schema.get("pattern")
        if isinstance(pattern, str):
            candidates += _matching(pattern)
        least = schema.get("minLength")
        if isinstance(least, int):
            # Before what would only be a longer text by chance.
            candidates[1:1] = [one.ljust(min(least, _LONGEST), "x") for one in candidates]
        most = schema.get("maxLength")
        if isinstance(most, int):
            candidates += [one[:most] for one in candidates]
        return next((one for one in candidates if self._judge.valid(schema, one) is not False), candidates[0])


_KEYWORDS = {
    "properties": "object",
    "additionalProperties": "object",
    "items": "array",
    "prefixItems": "array",
    "minLength": "string",
    "maxLength": "string",
    "pattern": "string",
    "format": "string",
    "minimum": "number",
    "maximum": "number",
}
"""What a schema is of that does not name its type."""


def _told(schema: Mapping[str, Json]) -> Iterator[Json]:
    """Yield the values that a schema shows itself."""
    shown = schema.get("examples")
    if isinstance(shown, list):
        yield from shown
    if "example" in schema:
        yield schema["example"]
    if "const" in schema:
        yield schema["const"]
    if schema.get("default") is not None:
        yield schema["default"]
    if isinstance(schema.get("enum"), list):
        yield from schema["enum"]


def _number(schema: Mapping[str, Json], *, whole: bool) -> Json:
    candidates: list[float] = [1, 0, *(schema[key] for key in ("minimum", "maximum") if key in schema)]
    for key, step in (("exclusiveMinimum", 1), ("exclusiveMaximum", -1)):
        bound = schema.get(key)
        if isinstance(bound, int | float) and not isinstance(bound, bool):
            candidates += [bound + step, bound + step / 2]
        limit = schema.get(key.replace("exclusive", "").lower())
        if bound is True and isinstance(limit, int | float):
            candidates.append(limit + step)
    multiple = schema.get("multipleOf")
    if isinstance(multiple, int | float) and multiple > 0:
        low = schema.get("minimum", schema.get("exclusiveMinimum", 0))
        candidates += [multiple, (low // multiple + 1) * multiple]
    fitting = (one for one in candidates if _within(schema, one) and (not whole or float(one).is_integer()))
    found = next(fitting, 1)
    return int(found) if whole or float(found).is_integer() else found


def _within(schema: Mapping[str, Json], value: float) -> bool:
    low, high = schema.get("minimum", value), schema.get("maximum", value)
    above, below = schema.get("exclusiveMinimum", value - 1), schema.get("exclusiveMaximum", value + 1)
    if above is True or below is True:  # OpenAPI 3.0 has flags instead
        above, below = (low if above is True else value - 1), (high if below is True else value + 1)
    multiple = schema.get("multipleOf", 1)
    return bool(low <= value <= high and above < value < below and (multiple == 1 or value % multiple == 0))


@cache
def _matching(pattern: str) -> list[str]:
    try:
        return sorted(drawn(pattern), key=lambda one: (not re.fullmatch(r"[ -~]*", one), len(one), one))
    except (re.error, RecursionError):
        return []
